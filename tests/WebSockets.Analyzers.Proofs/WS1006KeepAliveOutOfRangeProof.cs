using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS1006: a keep-alive out of range throws where it is set, or fails every connect, or closes every connection of a server behind its 101.</summary>
public class WS1006KeepAliveOutOfRangeProof
{
    private const string Cut = "WebSocketException: The remote party closed the WebSocket connection without completing the close handshake.";

    private static readonly TimeSpan Negative = TimeSpan.FromSeconds(-1);
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(2);

    private static Exhibit Client => Exhibit.Of("WS1006");

    private static Exhibit Server => Exhibit.Of("WS1006", 1);

    [Proof]
    public async Task A_client_never_connects()
    {
        await using var server = await WebServer.EchoAsync();
        using var program = Client.Wrong.Load();
        for (int attempt = 0; attempt < 3; attempt++)
        {
            var e = await Assert.ThrowsAsync<WebSocketException>(() => program.CallAsync<ClientWebSocket>("Feed.OpenAsync", server.Uri, CancellationToken.None));
            Assert.Equal("Unable to connect to the remote server", e.Message);
            Assert.Equal("dueTime ('922337203685477') must be less than or equal to '4294967294'. (Parameter 'dueTime')", e.InnerException!.Message.ReplaceLineEndings("\n").Split('\n')[0]);
        }
    }

    [RemedyProof, Remedies]
    public async Task In_range_it_connects(Remedy remedy)
    {
        await using var server = await WebServer.EchoAsync();
        using var program = (await Client.CuredAsync(remedy)).Load();
        using var socket = await program.CallAsync<ClientWebSocket>("Feed.OpenAsync", server.Uri, CancellationToken.None);
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Proof]
    public async Task A_server_closes_every_connection_behind_its_101() => Assert.Equal(Cut, await ServedAsync(Server.Wrong));

    [RemedyProof, Remedies]
    public async Task In_range_a_server_serves(Remedy remedy) => Assert.Equal(Outcome.Alive, await ServedAsync(await Server.CuredAsync(remedy)));

    [Proof]
    public async Task A_negative_value_throws_where_it_is_set()
    {
        Assert.StartsWith("ArgumentOutOfRangeException: ", await Outcome.OfAsync(() => { new ClientWebSocket().Options.KeepAliveInterval = Negative; }, Within), StringComparison.Ordinal);
        Assert.StartsWith("ArgumentOutOfRangeException: ", await Outcome.OfAsync(() => { new ClientWebSocket().Options.KeepAliveTimeout = Negative; }, Within), StringComparison.Ordinal);
        Assert.StartsWith("ArgumentOutOfRangeException: ", await Outcome.OfAsync(() => { new WebSocketCreationOptions().KeepAliveInterval = Negative; }, Within), StringComparison.Ordinal);
        Assert.Equal(Outcome.Done, await Outcome.OfAsync(() => { new ClientWebSocket().Options.KeepAliveInterval = TimeSpan.FromMilliseconds(-1); }, Within));
    }

    [Proof]
    public async Task A_call_that_takes_it_throws()
    {
        foreach (var value in new[] { Negative, TimeSpan.MaxValue })
            Assert.StartsWith("ArgumentOutOfRangeException: ", await Outcome.OfAsync(() => { WebSocket.CreateFromStream(new MemoryStream(), true, null, value); }, Within), StringComparison.Ordinal);
        Assert.StartsWith("ArgumentOutOfRangeException: ", await Outcome.OfAsync(
            () => { WebSocket.CreateFromStream(new MemoryStream(), new WebSocketCreationOptions { KeepAliveInterval = TimeSpan.MaxValue }); }, Within), StringComparison.Ordinal);
    }

    [Proof]
    public async Task An_HttpListener_that_is_given_it_throws()
    {
        // A negative value is refused before the handshake is answered, too long a one behind the 101.
        foreach (var (value, connects) in new[] { (Negative, false), (TimeSpan.MaxValue, true) })
        {
            using var listener = Listen(out var uri);
            using var client = new ClientWebSocket();
            var connecting = Outcome.OfAsync(() => client.ConnectAsync(uri, CancellationToken.None), Within);
            var context = await listener.GetContextAsync();
            Assert.StartsWith("ArgumentOutOfRangeException: ", await Outcome.OfAsync(() => context.AcceptWebSocketAsync(null, value), Within), StringComparison.Ordinal);
            context.Response.Abort();
            Assert.Equal(connects, await connecting == Outcome.Done);
        }
    }

    [Proof]
    public async Task The_accept_context_and_negative_server_options_close_it_too()
    {
        foreach (var value in new[] { Negative, TimeSpan.MaxValue })
        {
            Assert.Equal(Cut, await ServedAsync(app => app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = value }), null));
            Assert.Equal(Cut, await ServedAsync(app => app.UseWebSockets(), value));
        }
    }

    /// <summary>The limit that the messages name: the longest interval that works, and one millisecond more.</summary>
    [Proof]
    public async Task The_range_ends_at_4294967294_ms()
    {
        await using var server = await WebServer.EchoAsync();
        foreach (var (milliseconds, outcome) in new[] { (4_294_967_294, Outcome.Done), (4_294_967_295, "WebSocketException: Unable to connect to the remote server") })
        {
            using var socket = new ClientWebSocket();
            socket.Options.KeepAliveInterval = TimeSpan.FromMilliseconds(milliseconds);
            Assert.Equal(outcome, await Outcome.OfAsync(() => socket.ConnectAsync(server.Uri, CancellationToken.None), Within));
        }
    }

    // An HttpListener does not choose its port itself.
    private static HttpListener Listen(out Uri uri)
    {
        for (int attempt = 1; ; attempt++)
        {
            using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            var listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
            try
            {
                listener.Start();
                uri = new($"ws://127.0.0.1:{port}/ws");
                return listener;
            }
            catch (HttpListenerException) when (attempt < 5)
            {
                // Somebody else took it in between.
            }
        }
    }

    private static Task<string> ServedAsync(Code code)
    {
        using var program = code.Load();
        return ServedAsync(app => program.Call("Startup.Configure", app), null);
    }

    private static async Task<string> ServedAsync(Action<WebApplication> use, TimeSpan? acceptWith)
    {
        await using var server = await WebServer.StartAsync(app =>
        {
            use(app);
            app.Map("/ws", async (HttpContext context) =>
            {
                using var accepted = acceptWith is { } interval
                    ? await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = interval })
                    : await context.WebSockets.AcceptWebSocketAsync();
                await WebServer.EchoAsync(context, accepted);
            });
        });
        using var client = new ClientWebSocket();
        client.Options.CollectHttpResponseDetails = true;
        await client.ConnectAsync(server.Uri, CancellationToken.None);
        Assert.Equal(HttpStatusCode.SwitchingProtocols, client.HttpStatusCode);
        return await Outcome.OfIdlenessAsync(client, TimeSpan.FromMilliseconds(200));
    }
}

using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS3001: a server that sends its keep-alive every two minutes loses the quiet clients that send none, as browsers.</summary>
public class WS3001ServerKeepAliveTooSlowProof
{
    private const string Cut = "WebSocketException: The remote party closed the WebSocket connection without completing the close handshake.";

    // A browser's socket has no keep-alive, and nothing that would switch it on.
    private static readonly TimeSpan Browser = Timeout.InfiniteTimeSpan;

    private static Exhibit Program => Exhibit.Of("WS3001");

    private static Exhibit Startup => Exhibit.Of("WS3001", 1);

    [Proof]
    public async Task The_default_of_two_minutes_comes_after_the_cut()
    {
        Assert.Equal(Cut, await HostedAsync(Program.Wrong, Browser));
        // The default cannot be scaled; that it is above the limit, unscaled, is what counts.
        Assert.Equal(TimeSpan.FromMinutes(2), new WebSocketOptions().KeepAliveInterval);
    }

    [Proof]
    public async Task A_client_that_sends_a_keep_alive_hides_it() => Assert.Equal(
        Outcome.Alive, await HostedAsync(Program.Wrong, Scale.MinuteInTwoSeconds.Of(new ClientWebSocket().Options.KeepAliveInterval)));

    [Proof]
    public async Task Nginx_cuts_it_as_well() => Assert.Equal(Cut, await BehindNginxAsync(Program.Wrong));

    [RemedyProof, Remedies]
    public async Task A_faster_one_comes_in_time_for_nginx(Remedy remedy) => Assert.Equal(Outcome.Alive, await BehindNginxAsync(await Program.CuredAsync(remedy)));

    [RemedyProof, Remedies]
    public async Task A_faster_one_comes_in_time(Remedy remedy) => Assert.Equal(Outcome.Alive, await HostedAsync(await Program.CuredAsync(remedy), Browser));

    [Proof]
    public async Task Two_minutes_that_are_written_come_after_the_cut_and_the_server_gets_the_exception_too()
    {
        var (client, server) = await StartedAsync(Startup.Wrong);
        Assert.Equal(Cut, client);
        Assert.Equal(Cut, server);
    }

    [RemedyProof, Remedies]
    public async Task A_faster_one_that_is_written_comes_in_time(Remedy remedy) => Assert.Equal(Outcome.Alive, (await StartedAsync(await Startup.CuredAsync(remedy))).Client);

    private static async Task<string> HostedAsync(Code code, TimeSpan clientInterval)
    {
        await using var server = await Hosted.StartAsync(code);
        return await IdleAsync(server.Port, clientInterval);
    }

    private static async Task<string> BehindNginxAsync(Code code)
    {
        var limit = code.Scale.IdleLimit;
        await using var server = await Hosted.StartAsync(code);
        await using var nginx = await Nginx.StartAsync(new Uri(server.Uri, "live"), $"{Nginx.Upgrades} proxy_read_timeout {limit.TotalMilliseconds:0}ms;");
        using var client = await OpenAsync(nginx.Uri, Browser);
        return await Outcome.OfIdlenessAsync(client, limit);
    }

    private static async Task<(string Client, string Server)> StartedAsync(Code code)
    {
        using var program = code.Load();
        var handled = new TaskCompletionSource<string>();
        await using var server = await WebServer.StartAsync(
            app =>
            {
                program.Call("Startup.Configure", app);
                app.Map("/live", async (HttpContext context) => handled.TrySetResult(await Outcome.OfAsync(() => program.CallAsync("Startup.Live", context), TimeSpan.FromMinutes(1))));
            },
            builder => program.Call("Startup.ConfigureServices", builder.Services));
        var client = await IdleAsync(server.Port, Browser);
        return (client, client == Outcome.Alive ? "" : await handled.Task);
    }

    private static async Task<string> IdleAsync(int port, TimeSpan clientInterval)
    {
        var limit = Scale.MinuteInTwoSeconds.IdleLimit;
        await using var proxy = new Proxy(port, limit);
        using var client = await OpenAsync(proxy.Uri, clientInterval);
        return await Outcome.OfIdlenessAsync(client, limit);
    }

    private static async Task<ClientWebSocket> OpenAsync(Uri uri, TimeSpan interval)
    {
        var client = new ClientWebSocket();
        client.Options.KeepAliveInterval = interval;
        await client.ConnectAsync(new Uri(uri, "live"), CancellationToken.None);
        return client;
    }
}

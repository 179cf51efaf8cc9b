using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS3007: when the handler ends, the connection does, whoever still uses the socket.</summary>
public class WS3007SocketOutlivesRequestProof
{
    [Proof]
    public async Task The_connection_is_cut_and_the_log_is_silent()
    {
        var (client, logged) = await GreetedAsync(Exhibit.Of("WS3007").Wrong);
        Assert.Equal("WebSocketException: The remote party closed the WebSocket connection without completing the close handshake.", client);
        Assert.DoesNotContain(logged, l => l.Contains("xception", StringComparison.Ordinal));
    }

    [RemedyProof, Remedies]
    public async Task The_greeting_arrives(Remedy remedy) => Assert.Equal("hello", (await GreetedAsync(await Exhibit.Of("WS3007").CuredAsync(remedy))).Client);

    private static async Task<(string Client, IReadOnlyCollection<string> Logged)> GreetedAsync(Code code)
    {
        using var program = code.Load();
        await using var server = await WebServer.StartAsync(app =>
        {
            app.UseWebSockets();
            program.Call("Chat.MapTo", app);
        });
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(server.Uri, CancellationToken.None);
        var buffer = new byte[64];
        string? greeting = null;
        var outcome = await Outcome.OfAsync(
            async () => greeting = Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, CancellationToken.None)).Count), TimeSpan.FromSeconds(20));
        return (greeting ?? outcome, server.Logged);
    }
}

using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS3011: a 101 that is written into the status is no answer to a handshake, and nobody hears of it.</summary>
public class WS3011SwitchingProtocolsByHandProof
{
    [Proof]
    public async Task The_client_fails_and_the_log_is_silent()
    {
        var (client, logged) = await ConnectAsync(Exhibit.Of("WS3011").Wrong);
        Assert.StartsWith("WebSocketException: ", client, StringComparison.Ordinal);
        Assert.DoesNotContain(logged, l => l.Contains("xception", StringComparison.Ordinal));
    }

    [RemedyProof, Remedies]
    public async Task Accepted_it_is_connected(Remedy remedy) => Assert.Equal(Outcome.Done, (await ConnectAsync(await Exhibit.Of("WS3011").CuredAsync(remedy))).Client);

    private static async Task<(string Client, IReadOnlyCollection<string> Logged)> ConnectAsync(Code code)
    {
        using var program = code.Load();
        await using var server = await WebServer.StartAsync(app =>
        {
            app.UseWebSockets();
            app.Map("/ws", (HttpContext context) => program.CallAsync("Chat.Handle", context));
        });
        using var socket = new ClientWebSocket();
        return (await Outcome.OfAsync(() => socket.ConnectAsync(server.Uri, CancellationToken.None), TimeSpan.FromSeconds(20)), server.Logged);
    }
}

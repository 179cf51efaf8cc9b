using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS3009: an endpoint for POST never gets a handshake.</summary>
public class WS3009VerbCannotUpgradeProof
{
    [Proof]
    public async Task The_handshake_gets_405() => Assert.Equal(
        "WebSocketException: The server returned status code '405' when status code '101' was expected.", await ConnectAsync(Exhibit.Of("WS3009").Wrong));

    [RemedyProof, Remedies]
    public async Task It_is_connected(Remedy remedy) => Assert.Equal(Outcome.Done, await ConnectAsync(await Exhibit.Of("WS3009").CuredAsync(remedy)));

    private static async Task<string> ConnectAsync(Code code)
    {
        using var program = code.Load();
        await using var server = await WebServer.StartAsync(app =>
        {
            app.UseWebSockets();
            program.Call("Chat.MapTo", app);
        });
        using var socket = new ClientWebSocket();
        return await Outcome.OfAsync(() => socket.ConnectAsync(server.Uri, CancellationToken.None), TimeSpan.FromSeconds(20));
    }
}

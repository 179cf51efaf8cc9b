using System.Net.WebSockets;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS3015: without its Connection header a handshake is a plain request.</summary>
public class WS3015HandshakeHeaderStrippedProof
{
    [Proof]
    public async Task The_handshake_fails() => Assert.Equal(
        "WebSocketException: The server returned status code '500' when status code '101' was expected.", await ConnectAsync(Exhibit.Of("WS3015").Wrong));

    [RemedyProof, Remedies]
    public async Task It_is_connected(Remedy remedy) => Assert.Equal(Outcome.Done, await ConnectAsync(await Exhibit.Of("WS3015").CuredAsync(remedy)));

    private static async Task<string> ConnectAsync(Code code)
    {
        using var program = code.Load();
        await using var server = await WebServer.StartAsync(app => program.Call("Server.Configure", app));
        using var socket = new ClientWebSocket();
        return await Outcome.OfAsync(() => socket.ConnectAsync(server.Uri, CancellationToken.None), TimeSpan.FromSeconds(20));
    }
}

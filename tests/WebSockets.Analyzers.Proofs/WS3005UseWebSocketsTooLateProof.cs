using System.Net.WebSockets;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS3005: a branch above UseWebSockets sees no WebSocket.</summary>
public class WS3005UseWebSocketsTooLateProof
{
    private static Exhibit Program => Exhibit.Of("WS3005");

    [Proof]
    public async Task Above_it_the_handshake_is_refused() => Assert.Equal("400", await HandshakeAsync(Program.Wrong));

    [RemedyProof, Remedies]
    public async Task Below_it_the_client_is_connected(Remedy remedy) => Assert.Equal("connected", await HandshakeAsync(await Program.CuredAsync(remedy)));

    private static async Task<string> HandshakeAsync(Code code)
    {
        await using var server = await Hosted.StartAsync(code);
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(server.Uri, CancellationToken.None);
            // The handler ends with the first message.
            await socket.SendAsync("end"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
            return "connected";
        }
        catch (WebSocketException)
        {
            return $"{(int)socket.HttpStatusCode}";
        }
    }
}

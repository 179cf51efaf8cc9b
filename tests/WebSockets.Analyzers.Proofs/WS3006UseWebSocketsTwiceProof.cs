using System.Net.WebSockets;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS3006: the origins of a second UseWebSockets are not asked.</summary>
public class WS3006UseWebSocketsTwiceProof
{
    private static Exhibit Program => Exhibit.Of("WS3006");

    [Proof]
    public async Task Any_origin_is_accepted() => Assert.Equal("connected", await HandshakeAsync(Program.Wrong));

    [RemedyProof, Remedies]
    public async Task Another_origin_is_refused(Remedy remedy) => Assert.Equal("403", await HandshakeAsync(await Program.CuredAsync(remedy)));

    private static async Task<string> HandshakeAsync(Code code)
    {
        await using var server = await Hosted.StartAsync(code);
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            socket.Options.SetRequestHeader("Origin", "https://evil.example");
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

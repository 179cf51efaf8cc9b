using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS3016: a client that gets a sub-protocol which it did not offer fails the connection.</summary>
public class WS3016SubProtocolNotOfferedProof
{
    [Proof]
    public async Task A_client_that_offers_none_fails()
    {
        Assert.Equal("WebSocketException: The WebSocket client request requested '' protocol(s), but server is only accepting 'chat' protocol(s).", await ConnectAsync(Exhibit.Of("WS3016").Wrong, null));
        Assert.Equal("chat", await ConnectAsync(Exhibit.Of("WS3016").Wrong, "chat"));
    }

    [RemedyProof, Remedies]
    public async Task It_is_connected_without_one(Remedy remedy)
    {
        var code = await Exhibit.Of("WS3016").CuredAsync(remedy);
        Assert.Equal("none", await ConnectAsync(code, null));
        Assert.Equal("chat", await ConnectAsync(code, "chat"));
    }

    private static async Task<string> ConnectAsync(Code code, string? offered)
    {
        using var program = code.Load();
        await using var server = await WebServer.StartAsync(app =>
        {
            app.UseWebSockets();
            app.Map("/ws", (HttpContext context) => program.CallAsync("Chat.Handle", context));
        });
        using var socket = new ClientWebSocket();
        if (offered is not null) socket.Options.AddSubProtocol(offered);
        var outcome = await Outcome.OfAsync(() => socket.ConnectAsync(server.Uri, CancellationToken.None), TimeSpan.FromSeconds(20));
        return outcome == Outcome.Done ? socket.SubProtocol ?? "none" : outcome;
    }
}

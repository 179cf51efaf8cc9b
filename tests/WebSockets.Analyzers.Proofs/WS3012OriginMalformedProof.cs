using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS3012: an allowed origin with a slash at its end refuses the origin that was meant.</summary>
public class WS3012OriginMalformedProof
{
    [Proof]
    public async Task The_origin_that_was_meant_is_refused() => Assert.Equal(
        "WebSocketException: The server returned status code '403' when status code '101' was expected.", await ConnectAsync(Exhibit.Of("WS3012").Wrong));

    [RemedyProof, Remedies]
    public async Task It_is_connected(Remedy remedy) => Assert.Equal(Outcome.Done, await ConnectAsync(await Exhibit.Of("WS3012").CuredAsync(remedy)));

    private static async Task<string> ConnectAsync(Code code)
    {
        using var program = code.Load();
        await using var server = await WebServer.StartAsync(app =>
        {
            program.Call("Startup.Configure", app);
            app.Map("/ws", async (HttpContext context) =>
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
            });
        });
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "https://example.org");
        return await Outcome.OfAsync(() => socket.ConnectAsync(server.Uri, CancellationToken.None), TimeSpan.FromSeconds(20));
    }
}

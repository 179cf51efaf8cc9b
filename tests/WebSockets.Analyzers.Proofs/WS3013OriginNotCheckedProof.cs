using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS3013: without a list of origins a page of any origin is connected.</summary>
public class WS3013OriginNotCheckedProof
{
    [Proof]
    public async Task Any_origin_is_connected() => Assert.Equal(Outcome.Done, await ConnectAsync(Exhibit.Of("WS3013").Wrong));

    [RemedyProof, Remedies]
    public async Task Another_origin_is_refused(Remedy remedy) => Assert.Equal(
        "WebSocketException: The server returned status code '403' when status code '101' was expected.", await ConnectAsync(await Exhibit.Of("WS3013").CuredAsync(remedy)));

    private static async Task<string> ConnectAsync(Code code)
    {
        using var program = code.Load();
        await using var server = await WebServer.StartAsync(
            app =>
            {
                program.Call("Startup.Configure", app);
                app.Map("/ws", (HttpContext context) => program.CallAsync("Startup.Handle", context));
            },
            builder => program.Call("Startup.ConfigureServices", builder.Services));
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "https://evil.example");
        return await Outcome.OfAsync(() => socket.ConnectAsync(server.Uri, CancellationToken.None), TimeSpan.FromSeconds(20));
    }
}

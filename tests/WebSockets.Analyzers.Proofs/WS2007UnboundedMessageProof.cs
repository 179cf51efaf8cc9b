using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS2007: a message without end is collected for as long as it comes, or refused at a limit.</summary>
public class WS2007UnboundedMessageProof
{
    private const int Limit = 1024 * 1024;

    private static Exhibit Page => Exhibit.Of("WS2007");

    [Proof]
    public async Task It_reads_twice_the_limit_and_goes_on()
    {
        var (outcome, read, _) = await RunAsync(Page.Wrong);
        Assert.Equal(Outcome.Waiting, outcome);
        Assert.True(read >= 2 * Limit, $"{read} bytes were taken.");
    }

    [RemedyProof, Remedies]
    public async Task It_refuses_the_message(Remedy remedy)
    {
        var (outcome, _, close) = await RunAsync(await Page.CuredAsync(remedy));
        Assert.Equal($"InvalidDataException: The message is longer than {Limit} bytes.", outcome);
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, close);
    }

    /// <summary>Runs the code against an endless message.</summary>
    private static async Task<(string Outcome, long Read, WebSocketCloseStatus? Close)> RunAsync(Code code)
    {
        long sent = 0;
        await using var server = await WebServer.StartAsync(app =>
        {
            app.UseWebSockets();
            app.Map("/ws", async (HttpContext context) =>
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                var part = new byte[64 * 1024];
                // The end of the proof is that of the client.
                try
                {
                    while (Interlocked.Read(ref sent) < 3 * Limit)
                    {
                        await socket.SendAsync(part, WebSocketMessageType.Binary, endOfMessage: false, context.RequestAborted);
                        Interlocked.Add(ref sent, part.Length);
                    }
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                }
                catch (Exception e) when (e is WebSocketException or OperationCanceledException)
                {
                }
            });
        });
        using var program = code.Load();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(server.Uri, CancellationToken.None);
        Action<string> handle = _ => { };
        var outcome = await Outcome.OfAsync(() => program.CallAsync("Feed.RunAsync", socket, handle, CancellationToken.None), TimeSpan.FromSeconds(3));
        WebSocketCloseStatus? close = socket.State == WebSocketState.CloseSent ? WebSocketCloseStatus.MessageTooBig : null;
        return (outcome, Interlocked.Read(ref sent), close);
    }
}

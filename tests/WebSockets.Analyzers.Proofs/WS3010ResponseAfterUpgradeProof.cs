using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS3010: what writes into the response after the accept throws; what writes before it makes the accept throw.</summary>
public class WS3010ResponseAfterUpgradeProof
{
    private const int After = 0, Before = 1;

    [Proof]
    public async Task A_result_after_it_is_an_exception_in_the_log()
    {
        var (client, log) = await ServeAsync(Exhibit.Of("WS3010", After).Wrong);
        Assert.Equal(Outcome.Done, client);
        Assert.Contains("StatusCode cannot be set because the response has already started.", log, StringComparison.Ordinal);
    }

    [Proof]
    public async Task A_body_before_it_makes_the_handshake_fail()
    {
        var (client, log) = await ServeAsync(Exhibit.Of("WS3010", Before).Wrong);
        Assert.Equal("WebSocketException: The server returned status code '200' when status code '101' was expected.", client);
        Assert.Contains("response has already started", log, StringComparison.Ordinal);
    }

    [RemedyProof, Remedies(After, Before)]
    public async Task Without_it_all_is_well(Remedy remedy, int example)
    {
        var (client, log) = await ServeAsync(await Exhibit.Of("WS3010", example).CuredAsync(remedy));
        Assert.Equal(Outcome.Done, client);
        Assert.DoesNotContain("already started", log, StringComparison.Ordinal);
    }

    private static async Task<(string Client, string Log)> ServeAsync(Code code)
    {
        using var program = code.Load();
        var ended = new TaskCompletionSource();
        await using var server = await WebServer.StartAsync(app =>
        {
            // Around the handler: its end is the end of the request.
            app.Use(async (context, next) =>
            {
                try
                {
                    await next(context);
                }
                finally
                {
                    ended.TrySetResult();
                }
            });
            app.UseWebSockets();
            app.Map("/ws", async Task (HttpContext context) =>
            {
                var handled = program.Call("Chat.Handle", context);
                await (handled is Task<IResult> result ? (await result).ExecuteAsync(context) : (Task)handled!);
            });
        });
        using var socket = new ClientWebSocket();
        var client = await Outcome.OfAsync(
            async () =>
            {
                await socket.ConnectAsync(server.Uri, CancellationToken.None);
                await socket.SendAsync("end"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
            },
            TimeSpan.FromSeconds(20));
        await ended.Task;
        // The log is written when the exception has passed all middleware.
        for (int i = 0; i < 20 && !server.Logged.Any(l => l.Contains("already started", StringComparison.Ordinal)); i++) await Task.Delay(25);
        return (client, string.Join("\n", server.Logged));
    }
}

using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS3003: a handler that does nothing for plain requests answers 200.</summary>
public class WS3003RefusalLooksLikeSuccessProof
{
    private const int BadRequest = 0, UpgradeRequired = 1;

    [ProofTheory, InlineData(BadRequest), InlineData(UpgradeRequired)]
    public async Task A_plain_request_gets_200(int example) => Assert.Equal(
        (200, "WebSocketException: The server returned status code '200' when status code '101' was expected."), await AnswersAsync(Exhibit.Of("WS3003", example).Wrong));

    [RemedyProof, Remedies(BadRequest, UpgradeRequired)]
    public async Task It_is_refused(Remedy remedy, int example)
    {
        int status = example == BadRequest ? 400 : 426;
        Assert.Equal((status, $"WebSocketException: The server returned status code '{status}' when status code '101' was expected."), await AnswersAsync(await Exhibit.Of("WS3003", example).CuredAsync(remedy)));
    }

    private static async Task<(int Plain, string Handshake)> AnswersAsync(Code code)
    {
        using var program = code.Load();
        await using var server = await WebServer.StartAsync(app =>
        {
            // What a proxy does that knows nothing of WebSockets.
            app.Use((context, next) =>
            {
                context.Request.Headers.Remove("Upgrade");
                return next(context);
            });
            app.UseWebSockets();
            app.UseRouting();
            program.Call("Chat.MapTo", app);
        });
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(server.HttpUri, "ws"));
        using var socket = new ClientWebSocket();
        return ((int)response.StatusCode, await Outcome.OfAsync(() => socket.ConnectAsync(server.Uri, CancellationToken.None), TimeSpan.FromSeconds(20)));
    }
}

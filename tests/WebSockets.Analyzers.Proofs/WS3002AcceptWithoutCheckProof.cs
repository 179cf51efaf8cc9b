using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS3002: a plain request to an endpoint that accepts without a check gets 500 and is logged as an error.</summary>
public class WS3002AcceptWithoutCheckProof
{
    private const int BadRequest = 0, UpgradeRequired = 1, GoesOn = 2;

    [ProofTheory, InlineData(BadRequest), InlineData(UpgradeRequired), InlineData(GoesOn)]
    public async Task A_plain_request_gets_500_and_is_logged(int example)
    {
        var (answer, logged) = await PlainAsync(Exhibit.Of("WS3002", example).Wrong);
        Assert.StartsWith("500", answer, StringComparison.Ordinal);
        Assert.Contains(logged, line => line.Contains("Not a WebSocket request.", StringComparison.Ordinal));
    }

    [RemedyProof, Remedies(BadRequest, UpgradeRequired, GoesOn)]
    public async Task With_the_check_it_is_refused_and_nothing_is_logged(Remedy remedy, int example)
    {
        var (answer, logged) = await PlainAsync(await Exhibit.Of("WS3002", example).CuredAsync(remedy));
        Assert.Equal(example == UpgradeRequired ? "426 Upgrade: websocket, Connection: Upgrade" : "400", answer);
        Assert.DoesNotContain(logged, line => line.Contains("WebSocket", StringComparison.Ordinal));
    }

    private static async Task<(string Answer, IReadOnlyCollection<string> Logged)> PlainAsync(Code code)
    {
        using var program = code.Load();
        await using var server = await WebServer.StartAsync(app =>
        {
            app.UseWebSockets();
            app.Map("/ws", (HttpContext context) => program.CallAsync("Chat.Handle", context));
        });
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(server.HttpUri, "ws"));
        var logged = server.Logged.ToList();

        // Whoever asks for a WebSocket gets it.
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(server.Uri, CancellationToken.None);
        await socket.SendAsync("end"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        return ($"{(int)response.StatusCode}" + (response.Headers.Upgrade.Count > 0 ? $" Upgrade: {response.Headers.Upgrade}, Connection: {response.Headers.Connection}" : ""), logged);
    }
}

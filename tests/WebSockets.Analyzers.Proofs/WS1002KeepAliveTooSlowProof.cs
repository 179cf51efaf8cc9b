using System.Net.WebSockets;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS1002: an interval above the idle limit is cut as if there were none.</summary>
public class WS1002KeepAliveTooSlowProof
{
    private static Exhibit Page => Exhibit.Of("WS1002");

    [Proof]
    public async Task The_keep_alive_comes_after_the_cut() => Assert.Equal(
        "WebSocketException: The remote party closed the WebSocket connection without completing the close handshake.",
        await IdleAsync(Page.Wrong));

    [RemedyProof, Remedies]
    public async Task A_faster_one_comes_in_time(Remedy remedy) => Assert.Equal(Outcome.Alive, await IdleAsync(await Page.CuredAsync(remedy)));

    private static async Task<string> IdleAsync(Code code)
    {
        await using var server = await WebServer.EchoAsync();
        await using var proxy = new Proxy(server.Port, code.Scale.IdleLimit);
        using var program = code.Load();
        using var socket = await program.CallAsync<ClientWebSocket>("Feed.OpenAsync", proxy.Uri, CancellationToken.None);
        return await Outcome.OfIdlenessAsync(socket, code.Scale.IdleLimit);
    }
}

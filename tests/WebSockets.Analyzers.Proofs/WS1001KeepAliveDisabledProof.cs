using System.Net.WebSockets;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS1001: without a keep-alive a proxy ends the idle connection; with one, it outlives three idle limits.</summary>
public class WS1001KeepAliveDisabledProof
{
    private static Exhibit Page => Exhibit.Of("WS1001");

    [Proof]
    public async Task The_idle_connection_is_cut() => Assert.Equal(
        "WebSocketException: The remote party closed the WebSocket connection without completing the close handshake.",
        await IdleAsync(Page.Wrong));

    [RemedyProof, Remedies]
    public async Task With_a_keep_alive_it_lives_on(Remedy remedy) => Assert.Equal(Outcome.Alive, await IdleAsync(await Page.CuredAsync(remedy)));

    private static async Task<string> IdleAsync(Code code)
    {
        await using var server = await WebServer.EchoAsync();
        await using var proxy = new Proxy(server.Port, code.Scale.IdleLimit);
        using var program = code.Load();
        using var socket = await program.CallAsync<ClientWebSocket>("Feed.OpenAsync", proxy.Uri, CancellationToken.None);
        return await Outcome.OfIdlenessAsync(socket, code.Scale.IdleLimit);
    }
}

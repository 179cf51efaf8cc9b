using System.Net.WebSockets;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS2006: a peer that never answers keeps a close waiting, unless its token ends the wait.</summary>
public class WS2006CloseWithoutTimeoutProof
{
    private static Exhibit Page => Exhibit.Of("WS2006");

    [Proof]
    public async Task It_waits_for_ever() => Assert.Equal(Outcome.Waiting, await CloseAsync(Page.Wrong, TimeSpan.FromSeconds(3)));

    [RemedyProof, Remedies]
    public async Task It_gives_up(Remedy remedy) => Assert.Equal(Outcome.Done, await CloseAsync(await Page.CuredAsync(remedy), TimeSpan.FromSeconds(10)));

    private static async Task<string> CloseAsync(Code code, TimeSpan within)
    {
        await using var peer = new Peer(Behave.IgnoreClose);
        using var program = code.Load();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(peer.Uri, CancellationToken.None);
        return await Outcome.OfAsync(() => program.CallAsync("Feed.StopAsync", socket), within);
    }
}

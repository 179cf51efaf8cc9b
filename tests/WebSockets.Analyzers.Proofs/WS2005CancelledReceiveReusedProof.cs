using System.Net.WebSockets;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS2005: cancelling a pending receive aborts the socket; a close after it never reaches the other end.</summary>
public class WS2005CancelledReceiveReusedProof
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);

    private static Exhibit Page => Exhibit.Of("WS2005");

    [Proof]
    public async Task The_close_comes_too_late()
    {
        var (outcome, closes) = await StopAsync(Page.Wrong);
        Assert.StartsWith("WebSocketException: ", outcome, StringComparison.Ordinal);
        Assert.False(closes);
    }

    [RemedyProof, Remedies]
    public async Task The_close_arrives(Remedy remedy) => Assert.Equal((Outcome.Done, true), await StopAsync(await Page.CuredAsync(remedy)));

    private static async Task<(string Outcome, bool IsClosed)> StopAsync(Code code)
    {
        await using var peer = new Peer(Behave.IgnoreClose);
        using var program = code.Load();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(peer.Uri, CancellationToken.None);
        var outcome = await Outcome.OfAsync(() => program.CallAsync("Feed.StopAsync", socket, CancellationToken.None), Within);
        return (outcome, await peer.Connections[0].GetsAsync(Opcode.Close, Within));
    }
}

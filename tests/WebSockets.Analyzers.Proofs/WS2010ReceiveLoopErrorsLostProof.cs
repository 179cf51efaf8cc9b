using System.Net.WebSockets;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS2010: the task of StartNew is done before the loop is, and has no exception of it.</summary>
public class WS2010ReceiveLoopErrorsLostProof
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);

    private static Exhibit Page => Exhibit.Of("WS2010");

    [Proof]
    public async Task It_is_done_while_the_loop_waits() => Assert.Equal(Outcome.Done, await RunAsync(Page.Wrong));

    [RemedyProof, Remedies]
    public async Task It_ends_as_the_loop_does(Remedy remedy) => Assert.Equal(
        "WebSocketException: The remote party closed the WebSocket connection without completing the close handshake.", await RunAsync(await Page.CuredAsync(remedy)));

    private static async Task<string> RunAsync(Code code)
    {
        await using var peer = new Peer(Behave.DropAfter(1, TimeSpan.FromMilliseconds(300)));
        using var program = code.Load();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(peer.Uri, CancellationToken.None);
        return await Outcome.OfAsync(() => program.CallAsync("Feed.RunAsync", socket, CancellationToken.None), Within);
    }
}

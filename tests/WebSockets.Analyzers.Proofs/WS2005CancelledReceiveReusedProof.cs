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

    [Proof]
    public async Task A_token_that_is_cancelled_already_aborts_at_a_receive_and_sends_nothing_elsewhere()
    {
        var cancelled = new CancellationToken(canceled: true);
        Assert.Equal(WebSocketState.Aborted, await AfterAsync(s => s.ReceiveAsync(new byte[9], cancelled)));
        Assert.Equal(WebSocketState.Open, await AfterAsync(s => s.SendAsync(new byte[9], WebSocketMessageType.Binary, true, cancelled)));
        Assert.Equal(WebSocketState.Open, await AfterAsync(s => s.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancelled)));
        Assert.Equal(WebSocketState.Open, await AfterAsync(s => s.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancelled)));

        async Task<WebSocketState> AfterAsync(Func<ClientWebSocket, Task> call)
        {
            await using var peer = new Peer(Behave.IgnoreClose);
            using var socket = new ClientWebSocket();
            await socket.ConnectAsync(peer.Uri, CancellationToken.None);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call(socket));
            var state = socket.State;
            socket.Abort();
            await peer.Connections[0].IsEndedByClientAsync(Within);
            Assert.Empty(peer.Connections[0].Frames);
            return state;
        }
    }

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

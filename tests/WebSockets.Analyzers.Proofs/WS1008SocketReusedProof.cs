using System.Net.WebSockets;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS1008: a ClientWebSocket connects once. A second ConnectAsync throws, whatever became of the first.</summary>
public class WS1008SocketReusedProof
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);

    private static Exhibit Page => Exhibit.Of("WS1008");

    [Proof]
    public async Task The_second_attempt_cannot_succeed()
    {
        await using var peer = new Peer(Behave.Refuse, Behave.Well);
        using var program = Page.Wrong.Load();
        Assert.Equal("ObjectDisposedException: Cannot access a disposed object.", await Outcome.OfAsync(() => program.CallAsync("Feed.OpenAsync", peer.Uri, CancellationToken.None), Within));
        // The server was there at the second attempt; it was never asked.
        Assert.Single(peer.Connections);
    }

    [RemedyProof, Remedies]
    public async Task A_new_socket_connects(Remedy remedy)
    {
        await using var peer = new Peer(Behave.Refuse, Behave.Refuse, Behave.Well);
        using var program = (await Page.CuredAsync(remedy)).Load();
        using var socket = await program.CallAsync<ClientWebSocket>("Feed.OpenAsync", peer.Uri, CancellationToken.None);
        Assert.Equal(WebSocketState.Open, socket.State);
        Assert.Equal(3, peer.Connections.Count);
    }

    [Proof]
    public async Task What_the_second_connect_says_tells_what_became_of_the_first()
    {
        const string Started = "InvalidOperationException: The WebSocket has already been started.";
        const string Disposed = "ObjectDisposedException: Cannot access a disposed object.";
        await using var well = new Peer(Behave.Well);
        await using var silent = new Peer(Behave.IgnoreHandshake);

        Assert.Equal(Started, await SecondAsync(s => s.ConnectAsync(well.Uri, CancellationToken.None)));
        Assert.Equal(Started, await SecondAsync(async s =>
        {
            await s.ConnectAsync(well.Uri, CancellationToken.None);
            await s.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }));
        Assert.Equal(Disposed, await SecondAsync(async s =>
        {
            using var soon = new CancellationTokenSource(100);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => s.ConnectAsync(silent.Uri, soon.Token));
        }));
        Assert.Equal(Disposed, await SecondAsync(async s =>
        {
            await s.ConnectAsync(well.Uri, CancellationToken.None);
            s.Abort();
        }));

        async Task<string> SecondAsync(Func<ClientWebSocket, Task> first)
        {
            using var socket = new ClientWebSocket();
            await first(socket);
            return await Outcome.OfAsync(() => socket.ConnectAsync(well.Uri, CancellationToken.None), Within);
        }
    }
}

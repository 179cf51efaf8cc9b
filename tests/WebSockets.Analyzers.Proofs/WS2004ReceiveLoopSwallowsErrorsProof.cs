using System.Net.WebSockets;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS2004: a loop that swallows the end of its connection spins.</summary>
public class WS2004ReceiveLoopSwallowsErrorsProof
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    private static Exhibit Page => Exhibit.Of("WS2004");

    [Proof(DisableParallelization = true)]
    public async Task The_loop_spins()
    {
        await using var peer = new Peer(Behave.DropAfter(1));
        using var program = Page.Wrong.Load();
        using var stop = new CancellationTokenSource();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(peer.Uri, CancellationToken.None);
        Task running = Task.CompletedTask;
        Assert.True(await Cpu.BurnsAsync(() => running = Task.Run(() => program.CallAsync("Feed.RunAsync", socket, new MemoryStream(), stop.Token)), TimeSpan.FromMilliseconds(500), Within));
        Assert.False(running.IsCompleted);
        await stop.CancelAsync();
        Assert.Equal(Outcome.Done, await Outcome.OfAsync(() => running, Within));
    }

    [RemedyProof, Remedies]
    public async Task The_loop_ends(Remedy remedy)
    {
        await using var peer = new Peer(Behave.DropAfter(1));
        using var program = (await Page.CuredAsync(remedy)).Load();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(peer.Uri, CancellationToken.None);
        Assert.Equal(Outcome.Done, await Outcome.OfAsync(() => program.CallAsync("Feed.RunAsync", socket, new MemoryStream(), CancellationToken.None), Within));
    }
}

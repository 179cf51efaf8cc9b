namespace WebSockets.Analyzers.Proofs;

/// <summary>WS1010: after one drop nothing connects again; the reconnect loop gets through refusals, drops and silence, with delays that grow, differ and are bounded.</summary>
public class WS1010NoReconnectProof
{
    // What a connect on loopback and a busy machine add to a delay.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(15);

    // The first delay is at most 50 ms, the longest at most 1.5 s.
    private static readonly Scale Scale = new(20);

    private static Exhibit Page => Exhibit.Of("WS1010", scale: Scale);

    [Proof]
    public async Task After_the_drop_nothing_connects_again()
    {
        await using var peer = new Peer(Behave.DropAfter(1), Behave.Well);
        using var program = Page.Wrong.Load();
        Assert.Equal(
            "WebSocketException: The remote party closed the WebSocket connection without completing the close handshake.",
            await Outcome.OfAsync(() => program.CallAsync("Feed.RunAsync", peer.Uri, CancellationToken.None), Within));
        await Task.Delay(Scale.ReconnectMax * 2);
        Assert.Single(peer.Connections);
    }

    [RemedyProof, Remedies]
    public async Task It_gets_through_everything_and_lets_go_of_every_connection(Remedy remedy)
    {
        var silence = TimeSpan.FromSeconds(1);
        await using var peer = new Peer(
            Scale.ReconnectBase * 3,
            Behave.Refuse, Behave.Answer("404 Not Found"), Behave.Answer("429 Too Many Requests"),
            Behave.DropAfter(1), Behave.DropAfter(0),
            Behave.GoSilentUntilReset(silence),
            Behave.Well);
        using var program = (await Page.CuredAsync(remedy)).Load();
        using var stop = new CancellationTokenSource();
        var running = program.CallAsync("Feed.RunAsync", peer.Uri, stop.Token);

        var connections = await peer.ConnectionsAsync(7, Within);
        // Silence alone is not noticed: only the reset that ends it is.
        Assert.InRange(connections[6].At - connections[5].At, silence, silence + Scale.ReconnectBase + Slack);
        await Task.Delay(Scale.ReconnectMax);
        Assert.Equal(7, peer.Connections.Count);
        foreach (var earlier in connections.Take(6)) Assert.True(await earlier.IsEndedByClientAsync(Slack), "A dropped connection is still held.");
        Assert.Null(connections[6].Ended);
        Assert.False(running.IsCompleted);

        await stop.CancelAsync();
        Assert.NotEqual(Outcome.Waiting, await Outcome.OfAsync(() => running, Slack));
        Assert.True(await connections[6].IsEndedByClientAsync(Slack), "The last connection outlives the cancellation.");
    }

    [RemedyProof, Remedies]
    public async Task The_delays_grow_differ_and_are_bounded_and_begin_anew_after_a_success(Remedy remedy)
    {
        const int Clients = 20;
        const int Refusals = 7;
        var script = Enumerable.Repeat<Behaviour>(Behave.Refuse, Refusals).Append(Behave.DropAfter(1)).Append(Behave.Well).ToArray();
        var code = await Page.CuredAsync(remedy);
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(_ => (Peer: new Peer(script), Program: code.Load())).ToList();
        var running = clients.Select(c => c.Program.CallAsync("Feed.RunAsync", c.Peer.Uri, stop.Token)).ToList();
        var gaps = new List<IReadOnlyList<TimeSpan>>();
        foreach (var (peer, _) in clients) gaps.Add(Times.Gaps(await peer.ConnectionsAsync(Refusals + 2, Within)));
        await stop.CancelAsync();
        foreach (var task in running) Assert.NotEqual(Outcome.Waiting, await Outcome.OfAsync(() => task, Within));
        foreach (var (peer, program) in clients)
        {
            await peer.DisposeAsync();
            program.Dispose();
        }

        for (int failure = 0; failure < Refusals; failure++)
        {
            var bound = TimeSpan.FromTicks(Math.Min(Scale.ReconnectMax.Ticks, Scale.ReconnectBase.Ticks << failure));
            Assert.All(gaps, g => Assert.InRange(g[failure], TimeSpan.Zero, bound + Slack));
        }
        Assert.True(Times.Median(gaps.Select(g => g[Refusals - 1])) > 3 * Times.Median(gaps.Select(g => g[0])), "The delays do not grow.");
        Assert.True(gaps.Max(g => g[Refusals - 1]) - gaps.Min(g => g[Refusals - 1]) > Scale.ReconnectMax / 4, "All clients wait the same.");
        // Without the reset one in twenty would wait longer than the first bound and the slack: up to the longest delay.
        Assert.All(gaps, g => Assert.InRange(g[Refusals], TimeSpan.Zero, Scale.ReconnectBase + Slack));
    }

    [RemedyProof, Remedies]
    public async Task A_cancellation_ends_the_wait_between_attempts(Remedy remedy)
    {
        await using var peer = new Peer(Behave.Refuse);
        using var program = (await Page.CuredAsync(remedy)).Load();
        using var stop = new CancellationTokenSource();
        var running = program.CallAsync("Feed.RunAsync", peer.Uri, stop.Token);
        await peer.ConnectionsAsync(7, Within);
        await stop.CancelAsync();
        Assert.NotEqual(Outcome.Waiting, await Outcome.OfAsync(() => running, Slack));
        var attempts = peer.Connections.Count;
        await Task.Delay(Scale.ReconnectMax * 2);
        Assert.Equal(attempts, peer.Connections.Count);
    }
}

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS1011: fifty clients that lose their server at once come back at once where the delay is constant, and spread where it is random.</summary>
public class WS1011ReconnectWithoutBackoffProof
{
    private const int Clients = 50;
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    // The real time: what spreads over a second must be told from what comes within 100 ms.
    private static Exhibit Page => Exhibit.Of("WS1011", scale: Scale.None);

    [Proof(DisableParallelization = true)]
    public Task All_come_back_in_the_same_tenth_of_a_second() => HerdIsAsync(Page.Wrong, Clients * 8 / 10, Clients);

    [RemedyProof(DisableParallelization = true), Remedies]
    public async Task They_spread(Remedy remedy) => await HerdIsAsync(await Page.CuredAsync(remedy), 1, Clients * 4 / 10);

    // A machine that stalls for a moment smears a herd, and gathers what is spread: it gets five chances.
    private static async Task HerdIsAsync(Code code, int least, int most)
    {
        var fullest = new List<int>();
        while (fullest.Count < 5)
        {
            fullest.Add(await HerdAsync(code));
            if (fullest[^1] >= least && fullest[^1] <= most) return;
        }
        Assert.Fail($"The fullest tenth of a second held {string.Join(", ", fullest)} of {Clients} attempts; expected were {least} to {most}.");
    }

    /// <summary>The most attempts within any 100 ms after the cut.</summary>
    private static async Task<int> HerdAsync(Code code)
    {
        await using var server = new Peer(Behave.Well);
        await using var proxy = new Proxy(server.Port);
        using var program = code.Load();
        using var stop = new CancellationTokenSource();
        var running = Enumerable.Range(0, Clients).Select(_ => program.CallAsync("Feed.RunAsync", proxy.Uri, stop.Token)).ToList();
        foreach (var connection in await server.ConnectionsAsync(Clients, Within)) await connection.AcceptedAsync(Within);

        proxy.CutAll();
        var cut = proxy.Now;
        await server.ConnectionsAsync(2 * Clients, Within);
        var attempts = proxy.Attempts.Where(at => at > cut).Take(Clients).ToList();

        await stop.CancelAsync();
        foreach (var task in running) Assert.NotEqual(Outcome.Waiting, await Outcome.OfAsync(() => task, Within));
        TestContext.Current.TestOutputHelper?.WriteLine("attempts at " + string.Join(' ', attempts.Select(at => (at - cut).TotalMilliseconds.ToString("0", null))));
        return Times.FullestWindow(attempts);
    }
}

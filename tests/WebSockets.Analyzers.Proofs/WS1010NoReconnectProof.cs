using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS1010: after one drop nothing connects again; the reconnect loop gets through refusals, drops and silence, with delays that grow, differ and are bounded.</summary>
public class WS1010NoReconnectProof
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(25);

    // What a connect on loopback and a busy machine add to a delay.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(300);

    // The first delay is at most 50 ms, the longest at most 1.5 s.
    private static readonly Scale Scale = new(20);

    private static Exhibit Page => Shape(Local);

    // The examples of the page.
    private const int Local = 0;
    private const int Field = 1;
    private const int Worker = 2;
    private const int TopLevel = 3;
    private const int Polly = 4;

    [ProofTheory]
    [InlineData(Local)]
    [InlineData(Field)]
    [InlineData(Worker)]
    [InlineData(TopLevel)]
    [InlineData(Polly)]
    public async Task After_the_drop_nothing_connects_again(int shape)
    {
        await using var peer = new Peer(Behave.DropAfter(1), Behave.Well);
        await using var run = Running.Start(Shape(shape).Wrong, shape, peer);
        await run.EndsAsync(Within);
        Assert.Equal("WebSocketException: The remote party closed the WebSocket connection without completing the close handshake.", run.Error);
        await Task.Delay(Scale.ReconnectMax * 2, TestContext.Current.CancellationToken);
        Assert.Single(peer.Connections);
    }

    [RemedyProof, Remedies(Local, Field, Worker, TopLevel, Polly)]
    public async Task It_gets_through_everything_and_lets_go_of_every_connection(Remedy remedy, int shape)
    {
        var silence = TimeSpan.FromSeconds(1);
        await using var peer = new Peer(
            isThere: false,
            Behave.Refuse, Behave.Answer("404 Not Found"), Behave.Answer("429 Too Many Requests"),
            Behave.DropAfter(1), Behave.DropAfter(0),
            Behave.GoSilentUntilReset(silence),
            Behave.Well);
        await using var run = Running.Start(await Shape(shape).CuredAsync(remedy), shape, peer);
        await Task.Delay(Scale.ReconnectBase * 3);
        peer.Appear();

        var connections = await peer.ConnectionsAsync(7, Within);
        // Silence alone is not noticed: only the reset that ends it is.
        Assert.True(connections[6].At - connections[5].At > silence, "The silence was noticed before its end.");
        await Task.Delay(Scale.ReconnectMax);
        Assert.Equal(7, peer.Connections.Count);
        foreach (var earlier in connections.Take(6)) Assert.True(await earlier.IsEndedByClientAsync(Within), "A dropped connection is still held.");
        Assert.Null(connections[6].Ended);
        Assert.False(run.HasEnded);

        run.Stop();
        await run.EndsAsync(Within);
        Assert.True(await connections[6].IsEndedByClientAsync(Within), "The last connection outlives the cancellation.");
    }

    [RemedyProof, Remedies(Local, Polly)]
    public async Task The_delays_grow_differ_and_are_bounded_and_begin_anew_after_a_success(Remedy remedy, int shape)
    {
        const int Clients = 20;
        // Without the bound the last delay would be up to 13 s.
        const int Refusals = 9;
        var script = Enumerable.Repeat<Behaviour>(Behave.Refuse, Refusals).Append(Behave.DropAfter(1)).Append(Behave.Well).ToArray();
        var code = await Shape(shape).CuredAsync(remedy);
        var clients = new List<(Peer Peer, Running Run)>();
        var gaps = new List<IReadOnlyList<TimeSpan>>();
        try
        {
            for (int i = 0; i < Clients; i++)
            {
                var peer = new Peer(script);
                clients.Add((peer, Running.Start(code, shape, peer)));
            }
            foreach (var (peer, _) in clients) gaps.Add(Times.Gaps(await peer.ConnectionsAsync(Refusals + 2, Within)));
        }
        finally
        {
            foreach (var (peer, run) in clients)
            {
                await run.DisposeAsync();
                await peer.DisposeAsync();
            }
        }

        for (int failure = 0; failure < Refusals; failure++)
        {
            var bound = TimeSpan.FromTicks(Math.Min(Scale.ReconnectMax.Ticks, Scale.ReconnectBase.Ticks << failure));
            // The median, which one stalled client does not move; of a random delay it is half the bound.
            Assert.InRange(Times.Median(gaps.Select(g => g[failure])), TimeSpan.Zero, bound + Slack);
        }
        Assert.True(Times.Median(gaps.Select(g => g[Refusals - 1])) - Times.Median(gaps.Select(g => g[0])) > Scale.ReconnectMax / 6, "The delays do not grow.");
        Assert.True(gaps.Max(g => g[Refusals - 1]) - gaps.Min(g => g[Refusals - 1]) > Scale.ReconnectMax / 4, "All clients wait the same.");
        // Without the new beginning the median would be half of the longest delay.
        Assert.InRange(Times.Median(gaps.Select(g => g[Refusals])), TimeSpan.Zero, Scale.ReconnectBase + Slack);
    }

    [RemedyProof, Remedies]
    public async Task A_cancellation_ends_the_wait_between_attempts(Remedy remedy)
    {
        // The sixth delay is at most 6 s, and the end must come within 2.
        var page = Exhibit.Of("WS1010", Local, new(5));
        await using var peer = new Peer(Behave.Refuse);
        using var program = (await page.CuredAsync(remedy)).Load();
        using var stop = new CancellationTokenSource();
        var running = program.CallAsync("Feed.RunAsync", peer.Uri, stop.Token);
        await peer.ConnectionsAsync(6, Within);
        await stop.CancelAsync();
        Assert.NotEqual(Outcome.Waiting, await Outcome.OfAsync(() => running, TimeSpan.FromSeconds(2)));
        var attempts = peer.Connections.Count;
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.Equal(attempts, peer.Connections.Count);
    }

    private static Exhibit Shape(int example) => Exhibit.Of("WS1010", example, Scale);

    /// <summary>A shape of the program, running: called, as a service of a host, or as a process.</summary>
    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Loaded? _program;
        private readonly Child? _child;
        private readonly IHost? _host;
        private readonly Task _task;

        private Running(Code code, int shape, Peer peer)
        {
            switch (shape)
            {
                case TopLevel:
                    _child = Child.Start(code, peer.Uri);
                    _task = _child.ExitsAsync(Timeout.InfiniteTimeSpan);
                    break;
                case Worker or Polly:
                    _program = code.Load(peer.Uri);
                    var builder = Host.CreateApplicationBuilder();
                    builder.Services.AddSingleton((IHostedService)_program.The("Worker"));
                    _host = builder.Build();
                    _host.Start();
                    _task = ((BackgroundService)_program.The("Worker")).ExecuteTask!;
                    break;
                default:
                    _program = code.Load(peer.Uri);
                    _task = _program.CallAsync("Feed.RunAsync", peer.Uri, _stop.Token);
                    break;
            }
        }

        public bool HasEnded => _task.IsCompleted;

        /// <summary>How it ended, in the words of <see cref="Outcome"/>.</summary>
        public string Error { get; private set; } = "";

        public static Running Start(Code code, int shape, Peer peer) => new(code, shape, peer);

        public void Stop()
        {
            _stop.Cancel();
            _host?.StopAsync(CancellationToken.None);
            // A program without a token has no other end.
            _child?.Kill();
        }

        public async Task EndsAsync(TimeSpan within)
        {
            Error = await Outcome.OfAsync(() => _task, within);
            Assert.NotEqual(Outcome.Waiting, Error);
            if (_child is not null) Error = _child.Exception;
        }

        public async ValueTask DisposeAsync()
        {
            Stop();
            await Outcome.OfAsync(() => _task, Within);
            if (_child is not null) await _child.DisposeAsync();
            _host?.Dispose();
            _program?.Dispose();
            _stop.Dispose();
        }
    }
}

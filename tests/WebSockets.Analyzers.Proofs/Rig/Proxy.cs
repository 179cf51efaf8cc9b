using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace WebSockets.Analyzers.Proofs.Rig;

/// <summary>
/// A TCP proxy in front of a port on loopback. It ends a connection that was silent in both directions for the idle limit, as load balancers do,
/// and it can end all connections at once or refuse the next ones.
/// </summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly TimeSpan _idleLimit;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Relay, Task> _relays = new();
    private readonly ConcurrentBag<Task> _refusals = [];
    private readonly ConcurrentQueue<TimeSpan> _attempts = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Task _accepting;
    private int _toRefuse;

    public Proxy(int target, TimeSpan? idleLimit = null)
    {
        _target = target;
        _idleLimit = idleLimit ?? Timeout.InfiniteTimeSpan;
        _listener.Start(512);
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Uri => new($"ws://127.0.0.1:{Port}/ws");

    public Uri HttpUri => new($"http://127.0.0.1:{Port}/");

    /// <summary>When connections were attempted, refused ones included, since the proxy began.</summary>
    public IReadOnlyCollection<TimeSpan> Attempts => _attempts;

    /// <summary>The time of the proxy's clock.</summary>
    public TimeSpan Now => _clock.Elapsed;

    /// <summary>How many connections were ended for being idle.</summary>
    public int IdleCuts { get; private set; }

    /// <summary>Turns the next connections away with a 503.</summary>
    public void Refuse(int next) => Interlocked.Exchange(ref _toRefuse, next);

    /// <summary>Ends every connection now, without a word.</summary>
    public void CutAll()
    {
        foreach (var relay in _relays.Keys) relay.Cut();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        CutAll();
        await Task.WhenAll([.. _relays.Values, .. _refusals]);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync(_stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
            _attempts.Enqueue(_clock.Elapsed);
            if (Interlocked.Decrement(ref _toRefuse) >= 0)
            {
                _refusals.Add(TurnAwayAsync(client, _stop.Token));
                continue;
            }
            var relay = new Relay(client, _target, _idleLimit, () => IdleCuts++);
            _relays[relay] = relay.RunAsync(_stop.Token);
        }
    }

    // With an answer, for the reason that Behave.Refuse gives.
    private static async Task TurnAwayAsync(Socket client, CancellationToken stop)
    {
        using (client)
        {
            try
            {
                var buffer = new byte[16 * 1024];
                await client.ReceiveAsync(buffer, stop);
                await client.SendAsync("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), stop);
                client.Shutdown(SocketShutdown.Send);
                while (await client.ReceiveAsync(buffer, stop) > 0) { }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // The client went away first, or the proof is over.
            }
        }
    }

    private sealed class Relay(Socket client, int target, TimeSpan idleLimit, Action onIdle)
    {
        private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp);
        // The limit counts from the server's first answer on: a slow start of either end is not what proofs are about.
        private long _last = long.MaxValue;

        public async Task RunAsync(CancellationToken stop)
        {
            try
            {
                await _server.ConnectAsync(IPAddress.Loopback, target, stop);
                var pumps = Task.WhenAny(PumpAsync(client, _server, stop), PumpAsync(_server, client, stop, isAnswer: true));
                while (idleLimit != Timeout.InfiniteTimeSpan)
                {
                    var last = Interlocked.Read(ref _last);
                    var left = last == long.MaxValue ? idleLimit : idleLimit - Stopwatch.GetElapsedTime(last);
                    if (left <= TimeSpan.Zero)
                    {
                        onIdle();
                        break;
                    }
                    if (await Task.WhenAny(pumps, Task.Delay(left, CancellationToken.None)) == pumps) break;
                }
                if (idleLimit == Timeout.InfiniteTimeSpan) await pumps;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One of the ends is gone.
            }
            Cut();
        }

        public void Cut()
        {
            client.Dispose();
            _server.Dispose();
        }

        private async Task PumpAsync(Socket from, Socket to, CancellationToken stop, bool isAnswer = false)
        {
            var buffer = new byte[16 * 1024];
            try
            {
                while (await from.ReceiveAsync(buffer, stop) is > 0 and var count)
                {
                    if (isAnswer || Interlocked.Read(ref _last) != long.MaxValue) Interlocked.Exchange(ref _last, Stopwatch.GetTimestamp());
                    await to.SendAsync(buffer.AsMemory(0, count), stop);
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The end of one is the end of both.
            }
        }
    }
}

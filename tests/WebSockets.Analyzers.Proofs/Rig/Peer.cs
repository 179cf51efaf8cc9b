using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace WebSockets.Analyzers.Proofs.Rig;

/// <summary>
/// The other end, made by hand so that it can misbehave: a listener on loopback whose nth connection gets the nth behaviour, and every one after them the last.
/// The behaviours are in <see cref="Behave"/>. It remembers each connection: when it came, its request, its frames, its end.
/// </summary>
internal sealed class Peer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Behaviour[] _script;
    private readonly List<Connection> _connections = [];
    private readonly ConcurrentBag<Task> _tasks = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private Task _accepting = Task.CompletedTask;

    public Peer(params Behaviour[] script)
        : this(isThere: true, script)
    {
    }

    /// <param name="isThere">False: connections are refused until <see cref="Appear"/>.</param>
    public Peer(bool isThere, params Behaviour[] script)
    {
        _script = script;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        if (isThere) Appear();
    }

    public int Port { get; }

    public Uri Uri => new($"ws://127.0.0.1:{Port}/ws");

    /// <summary>The connections so far, in the order in which they came.</summary>
    public IReadOnlyList<Connection> Connections
    {
        get { lock (_connections) return [.. _connections]; }
    }

    /// <summary>Begins to accept connections.</summary>
    public void Appear()
    {
        _listener.Listen(512);
        _accepting = AcceptAsync();
    }

    /// <summary>The connections, when there are that many; fails where they do not come.</summary>
    public async Task<IReadOnlyList<Connection>> ConnectionsAsync(int count, TimeSpan within)
    {
        var waited = Stopwatch.StartNew();
        while (Connections.Count < count)
        {
            Assert.True(waited.Elapsed < within, $"{Connections.Count} connections instead of {count} within {within}.");
            await Task.Delay(5);
        }
        return Connections;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        foreach (var connection in Connections) connection.Dispose();
        await Task.WhenAll(_tasks);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = new Connection(await _listener.AcceptAsync(_stop.Token), _clock.Elapsed, _clock);
                int count;
                lock (_connections)
                {
                    _connections.Add(connection);
                    count = _connections.Count;
                }
                var behaviour = _script[Math.Min(count, _script.Length) - 1];
                _tasks.Add(Task.Run(() => ServeAsync(connection, behaviour)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The proof is over.
        }
    }

    private async Task ServeAsync(Connection connection, Behaviour behaviour)
    {
        try
        {
            await behaviour(connection, _stop.Token);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException or SocketException)
        {
            // The client went away, or the proof is over.
        }
    }
}

/// <summary>What a <see cref="Peer"/> does with a connection.</summary>
internal delegate Task Behaviour(Connection connection, CancellationToken stop);

/// <summary>A WebSocket frame that a peer received.</summary>
internal sealed record Frame(Opcode Opcode, bool IsFinal, byte[] Payload, TimeSpan At);

internal enum Opcode
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

/// <summary>One connection of a <see cref="Peer"/>, with just enough of the protocol to keep to it or to break it.</summary>
internal sealed class Connection(Socket socket, TimeSpan at, Stopwatch clock) : IDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private readonly ConcurrentQueue<Frame> _frames = new();
    private readonly TaskCompletionSource _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When it came, since the peer began.</summary>
    public TimeSpan At => at;

    /// <summary>When its end was seen; null while the client holds it.</summary>
    public TimeSpan? Ended { get; private set; }

    /// <summary>The request line and headers.</summary>
    public string Request { get; private set; } = "";

    public IReadOnlyCollection<Frame> Frames => _frames;

    /// <summary>Reads the request.</summary>
    public async Task ReadRequestAsync(CancellationToken stop)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await _stream.ReadAsync(one, stop) == 0) throw new IOException("The client ended before its request did.");
            text.Append((char)one[0]);
        }
        Request = text.ToString();
    }

    /// <summary>Reads the request and accepts it.</summary>
    public async Task ShakeHandsAsync(CancellationToken stop)
    {
        await ReadRequestAsync(stop);
        var key = Request.Split("\r\n").First(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase)).Split(':', 2)[1].Trim();
        // The protocol prescribes SHA-1 and this constant (RFC 6455, 4.2.2).
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
        await WriteAsync($"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\n\r\n", stop);
        _accepted.SetResult();
    }

    /// <summary>Waits until the handshake is done.</summary>
    public Task AcceptedAsync(TimeSpan within) => _accepted.Task.WaitAsync(within);

    public async Task WriteAsync(string text, CancellationToken stop) => await _stream.WriteAsync(Encoding.ASCII.GetBytes(text), stop);

    public Task SendAsync(string text, CancellationToken stop) => SendAsync(Opcode.Text, Encoding.UTF8.GetBytes(text), isFinal: true, stop);

    public async Task SendAsync(Opcode opcode, byte[] payload, bool isFinal, CancellationToken stop)
    {
        // Frames of a server are not masked, and none here is longer than 125 bytes.
        byte[] head = [(byte)((isFinal ? 0x80 : 0) | (int)opcode), checked((byte)payload.Length)];
        await _stream.WriteAsync(head.Concat(payload).ToArray(), stop);
    }

    /// <summary>The next frame; null when the client has ended the connection.</summary>
    public async Task<Frame?> ReceiveAsync(CancellationToken stop)
    {
        try
        {
            var head = await ExactlyAsync(2, stop);
            var length = head[1] & 127;
            if (length == 126) length = await ExactlyAsync(2, stop) is [var high, var low] ? high << 8 | low : 0;
            else if (length == 127) throw new NotSupportedException("No proof sends that much.");
            var key = (head[1] & 128) != 0 ? await ExactlyAsync(4, stop) : new byte[4];
            var payload = await ExactlyAsync(length, stop);
            for (int i = 0; i < payload.Length; i++) payload[i] ^= key[i & 3];
            var frame = new Frame((Opcode)(head[0] & 15), (head[0] & 128) != 0, payload, clock.Elapsed);
            _frames.Enqueue(frame);
            return frame;
        }
        catch (IOException)
        {
            Ended = clock.Elapsed;
            return null;
        }
    }

    /// <summary>Does such a frame come before the client ends the connection? The behaviour of the peer must read.</summary>
    public async Task<bool> GetsAsync(Opcode opcode, TimeSpan within)
    {
        var waited = Stopwatch.StartNew();
        while (_frames.All(f => f.Opcode != opcode) && Ended is null && waited.Elapsed < within) await Task.Delay(5);
        return _frames.Any(f => f.Opcode == opcode);
    }

    /// <summary>Ends this side of the connection without a close frame, as a proxy does.</summary>
    public void Finish() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Ends the connection with a reset, as a server that is not there does.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        Dispose();
        Ended = clock.Elapsed;
    }

    /// <summary>Reads until the client has ended its side, which is how a socket that nobody closed shows.</summary>
    public async Task<bool> IsEndedByClientAsync(TimeSpan within)
    {
        if (Ended is not null) return true;
        using var timeout = new CancellationTokenSource(within);
        try
        {
            var buffer = new byte[4096];
            while (await _stream.ReadAsync(buffer, timeout.Token) > 0) { }
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (IOException)
        {
            // A reset is an end as well.
        }
        Ended = clock.Elapsed;
        return true;
    }

    public void Dispose() => _stream.Dispose();

    private async Task<byte[]> ExactlyAsync(int count, CancellationToken stop)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, stop);
        return bytes;
    }
}

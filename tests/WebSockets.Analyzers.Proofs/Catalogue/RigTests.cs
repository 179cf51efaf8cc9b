using System.Net.WebSockets;
using System.Text;

namespace WebSockets.Analyzers.Proofs.Catalogue;

/// <summary>The peers are as faulty as they say, and the measurements measure: otherwise a proof shows nothing.</summary>
public class RigTests
{
    private const string Cut = "WebSocketException: The remote party closed the WebSocket connection without completing the close handshake.";
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    [Proof]
    public async Task A_peer_that_is_well_answers_and_closes()
    {
        await using var peer = new Peer(Behave.Well);
        using var socket = await ConnectAsync(peer.Uri);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        Assert.Equal(["hello+"], await ReceiveAsync(socket, 1));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(Within);
        Assert.Equal(WebSocketState.Closed, socket.State);
        Assert.Equal([Opcode.Text, Opcode.Close], peer.Connections[0].Frames.Select(f => f.Opcode));
    }

    [Proof]
    public async Task A_peer_drops_after_its_messages()
    {
        await using var peer = new Peer(Behave.DropAfter(2));
        using var socket = await ConnectAsync(peer.Uri);
        Assert.Equal(["message 0+", "message 1+"], await ReceiveAsync(socket, 2));
        Assert.Equal(Cut, await Outcome.OfAsync(() => ReceiveAsync(socket, 1), Within));
        Assert.True(await peer.Connections[0].IsEndedByClientAsync(Within));
    }

    [Proof]
    public async Task A_peer_fragments()
    {
        await using var peer = new Peer(Behave.Fragment("abcdefg", 3));
        using var socket = await ConnectAsync(peer.Uri);
        Assert.Equal(["abc", "def", "g+"], await ReceiveAsync(socket, 3));
    }

    [Proof]
    public async Task A_peer_sends_and_closes()
    {
        await using var peer = new Peer(Behave.SendAndClose("abc"));
        using var socket = await ConnectAsync(peer.Uri);
        Assert.Equal(["abc+"], await ReceiveAsync(socket, 1));
        Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(new byte[9], CancellationToken.None)).MessageType);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Proof]
    public async Task A_peer_never_answers_the_close()
    {
        await using var peer = new Peer(Behave.IgnoreClose);
        using var socket = await ConnectAsync(peer.Uri);
        Assert.Equal(Outcome.Waiting, await Outcome.OfAsync(() => socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None), Soon));
        Assert.Equal(WebSocketState.CloseSent, socket.State);
    }

    [Proof]
    public async Task A_peer_never_answers_the_handshake()
    {
        await using var peer = new Peer(Behave.IgnoreHandshake);
        using var socket = new ClientWebSocket();
        Assert.Equal(Outcome.Waiting, await Outcome.OfAsync(() => socket.ConnectAsync(peer.Uri, CancellationToken.None), Soon));
        Assert.StartsWith("GET /ws HTTP/1.1", peer.Connections[0].Request, StringComparison.Ordinal);
    }

    [Proof]
    public async Task A_silent_peer_is_noticed_by_nothing_but_a_ping_that_must_be_answered()
    {
        await using var peer = new Peer(Behave.GoSilent);
        using var unsolicited = await ConnectAsync(peer.Uri, o => o.KeepAliveInterval = TimeSpan.FromMilliseconds(100));
        using var answered = await ConnectAsync(peer.Uri, o => (o.KeepAliveInterval, o.KeepAliveTimeout) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200)));
        var outcomes = await Task.WhenAll(
            Outcome.OfAsync(() => ReceiveAsync(unsolicited, 1), TimeSpan.FromSeconds(2)),
            Outcome.OfAsync(() => ReceiveAsync(answered, 1), Within));
        Assert.Equal([Outcome.Waiting, "OperationCanceledException: Aborted"], outcomes);
        // Nobody reads there, and still the client can write.
        await unsolicited.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
    }

    [Proof]
    public async Task A_peer_refuses_and_keeps_to_its_script()
    {
        await using var peer = new Peer(isThere: false, Behave.Refuse, Behave.Well);
        Assert.Equal("WebSocketException: Unable to connect to the remote server", await Outcome.OfAsync(() => ConnectAsync(peer.Uri), Within));
        Assert.Empty(peer.Connections);
        peer.Appear();
        Assert.Equal("WebSocketException: The server returned status code '503' when status code '101' was expected.", await Outcome.OfAsync(() => ConnectAsync(peer.Uri), Within));
        using var socket = await ConnectAsync(peer.Uri);
        Assert.Equal(2, peer.Connections.Count);
    }

    [Proof]
    public async Task A_proxy_cuts_the_idle_only()
    {
        await using var server = await WebServer.EchoAsync();
        var limit = TimeSpan.FromSeconds(1);
        await using var proxy = new Proxy(server.Port, limit);
        using var busy = await ConnectAsync(proxy.Uri, o => o.KeepAliveInterval = limit / 5);
        using var idle = await ConnectAsync(proxy.Uri, o => o.KeepAliveInterval = Timeout.InfiniteTimeSpan);
        Assert.Equal([Outcome.Alive, Cut], await Task.WhenAll(Outcome.OfIdlenessAsync(busy, limit), Outcome.OfIdlenessAsync(idle, limit)));
        Assert.Equal(1, proxy.IdleCuts);
    }

    [Proof]
    public async Task A_proxy_cuts_all_and_refuses()
    {
        await using var server = await WebServer.EchoAsync();
        await using var proxy = new Proxy(server.Port);
        using var socket = await ConnectAsync(proxy.Uri);
        proxy.Refuse(1);
        proxy.CutAll();
        Assert.Equal(Cut, await Outcome.OfAsync(() => ReceiveAsync(socket, 1), Within));
        Assert.Equal("WebSocketException: The server returned status code '503' when status code '101' was expected.", await Outcome.OfAsync(() => ConnectAsync(proxy.Uri), Within));
        using var again = await ConnectAsync(proxy.Uri);
        Assert.Equal(3, proxy.Attempts.Count);
    }

    [Proof]
    public async Task Nginx_cuts_the_idle_only()
    {
        await using var server = await WebServer.EchoAsync();
        var limit = TimeSpan.FromSeconds(2);
        await using var nginx = await Nginx.StartAsync(server.Uri, Nginx.Upgrades + " proxy_read_timeout 2s;");
        using var busy = await ConnectAsync(nginx.Uri, o => o.KeepAliveInterval = limit / 5);
        using var idle = await ConnectAsync(nginx.Uri, o => o.KeepAliveInterval = Timeout.InfiniteTimeSpan);
        Assert.Equal([Outcome.Alive, Cut], await Task.WhenAll(Outcome.OfIdlenessAsync(busy, limit), Outcome.OfIdlenessAsync(idle, limit)));
        Assert.Contains("upstream timed out", nginx.Errors, StringComparison.Ordinal);
    }

    [Proof]
    public async Task Nginx_that_does_not_start_says_why()
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(async () => await Nginx.StartAsync(new Uri("ws://127.0.0.1:1"), "no_such_directive on;"));
        Assert.Contains("unknown directive \"no_such_directive\"", e.Message, StringComparison.Ordinal);
    }

    [Proof(DisableParallelization = true)]
    public async Task A_loop_that_spins_is_told_from_one_that_waits()
    {
        using var stop = new CancellationTokenSource();
        Assert.True(await Cpu.BurnsAsync(() => { while (!stop.IsCancellationRequested) { } return Task.CompletedTask; }, Soon, Within));
        await stop.CancelAsync();
        // The process itself compiles and collects in the background, which is less than a core for two seconds.
        Assert.False(await Cpu.BurnsAsync(() => Task.Delay(Soon), 4 * Soon, 4 * Soon));
    }

    [Fact]
    public void The_fullest_tenth_of_a_second_is_found()
    {
        Assert.Equal(3, Times.FullestWindow(new[] { 0, 50, 300, 380, 399, 400 }.Select(ms => TimeSpan.FromMilliseconds(ms))));
        Assert.Equal(0, Times.FullestWindow([]));
    }

    [Fact]
    public void Durations_are_scaled_and_nothing_else() => Assert.Equal(
        """
        class C
        {
            // TimeSpan.FromSeconds(30) stays.
            static readonly TimeSpan A = TimeSpan.FromSeconds(1), B = System.TimeSpan.FromMinutes(0.1), Z = TimeSpan.Zero, M = TimeSpan.MaxValue, S = System.TimeSpan.FromSeconds(1);
            int size = 4096;
            async Task Wait(int given) { await Task.Delay(167, Token(30)); Thread.Sleep(7 * given); await Task.Delay(given * 200); await Task.Delay(0); }
            const double maxMilliseconds = 1000, baseSeconds = 0.1; const int attempts = 30;
        }
        """,
        Scale.MinuteInTwoSeconds.Of("""
        class C
        {
            // TimeSpan.FromSeconds(30) stays.
            static readonly TimeSpan A = TimeSpan.FromSeconds(30), B = System.TimeSpan.FromMinutes(3), Z = TimeSpan.Zero, M = TimeSpan.MaxValue, S = new TimeSpan(0, 0, 30);
            int size = 4096;
            async Task Wait(int given) { await Task.Delay(5000, Token(30)); Thread.Sleep(200 * given); await Task.Delay(given * 200); await Task.Delay(0); }
            const double maxMilliseconds = 30_000, baseSeconds = 3; const int attempts = 30;
        }
        """));

    [Fact]
    public void Options_are_scaled_as_the_code_is() => Assert.Equal(
        """
        is_global = true
        websockets_analyzers.idle_timeout = 2000ms
        websockets_analyzers.keep_alive_interval = 1000ms
        websockets_analyzers.reconnect_base_delay = 33.333ms
        websockets_analyzers.reconnect_max_delay = 1000ms

        """, Scale.MinuteInTwoSeconds.GlobalConfig());

    [Fact]
    public void Code_that_does_not_compile_says_so() => Assert.StartsWith(
        "The code does not compile:\n",
        Assert.Throws<InvalidOperationException>(() => new Code("class C { int M() => oops; }", false, null, Scale.None).Load()).Message, StringComparison.Ordinal);

    [Fact]
    public void Example_hosts_are_replaced_by_the_address()
    {
        var code = new Code("""class C { static string[] M() => ["wss://feed.example.com/ws?x=1", "https://example.org/hub", "https://example.net/", "example.com"]; }""", false, null, Scale.None);
        using var program = code.Load(new Uri("ws://127.0.0.1:5000/other"));
        Assert.Equal(["ws://127.0.0.1:5000/ws?x=1", "http://127.0.0.1:5000/hub", "https://example.net/", "example.com"], (string[])program.Call("C.M")!);
    }

    private static async Task<ClientWebSocket> ConnectAsync(Uri uri, Action<ClientWebSocketOptions>? options = null)
    {
        var socket = new ClientWebSocket();
        options?.Invoke(socket.Options);
        await socket.ConnectAsync(uri, CancellationToken.None);
        return socket;
    }

    // Each result; a plus where it ends a message.
    private static async Task<IReadOnlyList<string>> ReceiveAsync(ClientWebSocket socket, int count)
    {
        var results = new List<string>();
        var buffer = new byte[64];
        for (int i = 0; i < count; i++)
        {
            var result = await socket.ReceiveAsync(buffer, CancellationToken.None);
            results.Add(Encoding.UTF8.GetString(buffer, 0, result.Count) + (result.EndOfMessage ? "+" : ""));
        }
        return results;
    }
}

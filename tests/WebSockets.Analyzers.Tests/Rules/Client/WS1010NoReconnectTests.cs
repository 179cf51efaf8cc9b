using WebSockets.Analyzers.CodeFixes.Rules.Client;
using WebSockets.Analyzers.Rules.Client;

namespace WebSockets.Analyzers.Tests.Rules.Client;

public class WS1010NoReconnectTests
{
    private const string Usings = """
        using System;
        using System.Net.WebSockets;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Hosting;

        """;

    private const string Delay = """


            // Exponential backoff with full jitter: after an outage clients come back one by one, not all at once.
            private static TimeSpan ReconnectDelay(int failures)
            {
                const double baseMilliseconds = 1_000;
                const double maxMilliseconds = 30_000;
                return TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(maxMilliseconds, baseMilliseconds * Math.Pow(2, failures)));
            }
        """;

    private const string Receive = "var b = new byte[99]; while (s.State == WebSocketState.Open) { var r = await s.ReceiveAsync(b, token); if (r.MessageType == WebSocketMessageType.Close) break; Console.WriteLine(r.Count); }";

    private static string Worker(string body, string members = "") => Usings + $$"""
        class Worker : BackgroundService
        {
            {{members}}
            protected override async Task ExecuteAsync(CancellationToken token)
            {
                {{body.Replace("RECEIVE", Receive, StringComparison.Ordinal)}}
            }
        }
        """;

    [Theory]
    [InlineData("using var s = new ClientWebSocket(); await s.[|ConnectAsync|](new Uri(\"wss://example.com\"), token); RECEIVE", "")]
    [InlineData("try { using var s = new ClientWebSocket(); await s.[|ConnectAsync|](new Uri(\"wss://example.com\"), token); RECEIVE } catch (Exception e) { Console.WriteLine(e); }", "")]
    [InlineData("await Open(token); await Listen(token);", "ClientWebSocket s = new(); async Task Open(CancellationToken token) { await s.[|ConnectAsync|](new Uri(\"wss://example.com\"), token); Console.WriteLine(); } async Task Listen(CancellationToken token) { " + Receive + " }")]
    [InlineData("using var s = new ClientWebSocket(); await s.[|ConnectAsync|](new Uri(\"wss://example.com\"), token); _ = Task.Run(async () => { RECEIVE }); await Task.Delay(-1, token);", "")]
    // An exit code is no answer.
    [InlineData("await Run(token);", "async Task<int> Run(CancellationToken token) { using var s = new ClientWebSocket(); await s.[|ConnectAsync|](new Uri(\"wss://example.com\"), token); while (true) { var r = await s.ReceiveAsync(new byte[9], token); if (r.MessageType == WebSocketMessageType.Close) return 0; } }")]
    // An event for each message is no word about the end.
    [InlineData("using var s = new ClientWebSocket(); await s.[|ConnectAsync|](new Uri(\"wss://example.com\"), token); while (true) { var r = await s.ReceiveAsync(new byte[9], token); Message?.Invoke(r.Count); }", "event Action<int>? Message;")]
    // What is yielded is no answer: the consumer waits for the next one.
    [InlineData("using var s = new ClientWebSocket(); await s.[|ConnectAsync|](new Uri(\"wss://example.com\"), token); await foreach (var n in Read(s)) Console.WriteLine(n);", "static async System.Collections.Generic.IAsyncEnumerable<int> Read(ClientWebSocket s) { while (true) { var r = await s.ReceiveAsync(new byte[9], default); if (r.MessageType == WebSocketMessageType.Close) yield break; yield return r.Count; } }")]
    public Task Reports_in_a_hosted_service(string body, string members) => Verify<WS1010NoReconnect>.ReportsAsync(Worker(body, members));

    [Theory]
    // Retried.
    [InlineData("while (!token.IsCancellationRequested) { try { using var s = new ClientWebSocket(); await s.ConnectAsync(new Uri(\"wss://example.com\"), token); RECEIVE } catch (WebSocketException) { } }", "")]
    [InlineData("while (true) await Session(token);", "async Task Session(CancellationToken token) { using var s = new ClientWebSocket(); await s.ConnectAsync(new Uri(\"wss://example.com\"), token); " + Receive + " }")]
    [InlineData("await Session(token);", "async Task Session(CancellationToken token) { try { using var s = new ClientWebSocket(); await s.ConnectAsync(new Uri(\"wss://example.com\"), token); " + Receive + " } catch (Exception) { } await Task.Delay(1000); await Session(token); }")]
    [InlineData("await Retry(async () => { using var s = new ClientWebSocket(); await s.ConnectAsync(new Uri(\"wss://example.com\"), token); RECEIVE });", "static async Task Retry(Func<Task> f) { while (true) await f(); }")]
    [InlineData("var timer = new Timer(async _ => { using var s = new ClientWebSocket(); await s.ConnectAsync(new Uri(\"wss://example.com\"), token); RECEIVE }, null, 0, 1000); await Task.Delay(-1, token);", "")]
    // Somebody learns of the end.
    [InlineData("using var s = new ClientWebSocket(); await s.ConnectAsync(new Uri(\"wss://example.com\"), token); RECEIVE Closed?.Invoke();", "event Action? Closed;")]
    [InlineData("try { using var s = new ClientWebSocket(); await s.ConnectAsync(new Uri(\"wss://example.com\"), token); RECEIVE } finally { OnClosed(); }", "event Action? Closed; void OnClosed() => Closed?.Invoke();")]
    [InlineData("try { using var s = new ClientWebSocket(); await s.ConnectAsync(new Uri(\"wss://example.com\"), token); RECEIVE } finally { _life.StopApplication(); }", "IHostApplicationLifetime _life = null!;")]
    [InlineData("using var s = new ClientWebSocket(); await s.ConnectAsync(new Uri(\"wss://example.com\"), token); RECEIVE Done.TrySetResult();", "TaskCompletionSource Done = new();")]
    [InlineData("using var s = new ClientWebSocket(); await s.ConnectAsync(new Uri(\"wss://example.com\"), token); RECEIVE Environment.Exit(1);", "")]
    // One exchange.
    [InlineData("Console.WriteLine(await Ask(token));", "async Task<int> Ask(CancellationToken token) { using var s = new ClientWebSocket(); await s.ConnectAsync(new Uri(\"wss://example.com\"), token); while (true) { var r = await s.ReceiveAsync(new byte[9], token); if (r.Count > 0) return r.Count; } }")]
    [InlineData("using var s = new ClientWebSocket(); await s.ConnectAsync(new Uri(\"wss://example.com\"), token); var r = await s.ReceiveAsync(new byte[9], token);", "")]
    [InlineData("using var s = new ClientWebSocket(); await s.ConnectAsync(new Uri(\"wss://example.com\"), token); ValueWebSocketReceiveResult r; do { r = await s.ReceiveAsync(new Memory<byte>(new byte[9]), token); } while (!r.EndOfMessage);", "")]
    public Task Silent_in_a_hosted_service(string body, string members) => Verify<WS1010NoReconnect>.SilentAsync(Worker(body, members));

    [Theory]
    // The caller may try again.
    [InlineData("public async Task RunAsync(CancellationToken token) { using var s = new ClientWebSocket(); await s.ConnectAsync(new Uri(\"wss://example.com\"), token); " + Receive + " }")]
    // A person clicks again.
    [InlineData("async void Connect_Click(object sender, EventArgs e) { var token = default(CancellationToken); using var s = new ClientWebSocket(); await s.ConnectAsync(new Uri(\"wss://example.com\"), token); " + Receive + " }")]
    // Called again on purpose.
    [InlineData("ClientWebSocket s = new(); public async Task OpenAsync(CancellationToken token) { if (s.State != WebSocketState.Open) { s = new(); await s.ConnectAsync(new Uri(\"wss://example.com\"), token); _ = Loop(token); } } async Task Loop(CancellationToken token) { " + Receive + " }")]
    // The leg of a proxy.
    [InlineData("public async Task Relay(Microsoft.AspNetCore.Http.HttpContext context, CancellationToken token) { var down = await context.WebSockets.AcceptWebSocketAsync(); using var s = new ClientWebSocket(); await s.ConnectAsync(new Uri(\"wss://example.com\"), token); _ = Task.Run(async () => { " + Receive + " }); }")]
    // Someone else's types.
    [InlineData("class ClientWebSocket { public Task ConnectAsync(Uri u, CancellationToken t) => Task.CompletedTask; public Task<int> ReceiveAsync() => Task.FromResult(1); } async void Run() { var s = new ClientWebSocket(); await s.ConnectAsync(null!, default); while (true) await s.ReceiveAsync(); }")]
    // A test.
    [InlineData("class FactAttribute : Attribute { } [Fact] async void Run() { var token = default(CancellationToken); using var s = new ClientWebSocket(); await s.ConnectAsync(new Uri(\"wss://example.com\"), token); " + Receive + " }")]
    public Task Silent_in_a_class(string members) => Verify<WS1010NoReconnect>.SilentAsync(Usings + "public class C { " + members + " }");

    [Theory]
    [InlineData("async void Run() { var token = default(CancellationToken); using var s = new ClientWebSocket(); await s.[|ConnectAsync|](new Uri(\"wss://example.com\"), token); " + Receive + " }")]
    [InlineData("ClientWebSocket s = new(); public async Task OpenAsync(CancellationToken token) { await s.[|ConnectAsync|](new Uri(\"wss://example.com\"), token); _ = Loop(token); } async Task Loop(CancellationToken token) { " + Receive + " }")]
    [InlineData("ClientWebSocket s = new(); public C(CancellationToken token) { s.[|ConnectAsync|](new Uri(\"wss://example.com\"), token).Wait(); Task.Run(() => Loop(token)); } async Task Loop(CancellationToken token) { " + Receive + " }")]
    public Task Reports_in_a_class(string members) => Verify<WS1010NoReconnect>.ReportsAsync(Usings + "public class C { " + members + " }");

    [Fact]
    public Task Half_typed_code() => Verify<WS1010NoReconnect>.SilentAsync("""
        using System.Net.WebSockets;
        var s = new ClientWebSocket();
        await s.ConnectAsync(new Uri("
        while (true) { await s.ReceiveAsync(
        """, Setup.Program with { Compiles = false });

    [Fact]
    public Task Parts_of_a_type_in_several_files() => Verify<WS1010NoReconnect>.ReportsAsync(Usings + """
        public partial class C
        {
            ClientWebSocket s = new();
            public async Task OpenAsync(CancellationToken token)
            {
                await s.[|ConnectAsync|](new Uri("wss://example.com"), token);
                _ = Loop(token);
            }
        }
        """, new() { OtherFiles = [("/0/Other.cs", Usings + "public partial class C { async Task Loop(CancellationToken token) { " + Receive + " } }")] });

    [Theory]
    // The receive loop is not awaited behind the connect.
    [InlineData("ClientWebSocket s = new(); public async Task OpenAsync(CancellationToken token) { await s.[|ConnectAsync|](new Uri(\"wss://example.com\"), token); _ = Loop(token); } async Task Loop(CancellationToken token) { " + Receive + " }")]
    // Nothing can be awaited.
    [InlineData("ClientWebSocket s = new(); public C(CancellationToken token) { s.[|ConnectAsync|](new Uri(\"wss://example.com\"), token).Wait(); Task.Run(() => Loop(token)); } async Task Loop(CancellationToken token) { " + Receive + " }")]
    // The socket is configured elsewhere.
    [InlineData("readonly ClientWebSocket s = new(); public C() => s.Options.AddSubProtocol(\"x\"); async void Run() { var token = default(CancellationToken); await s.[|ConnectAsync|](new Uri(\"wss://example.com\"), token); " + Receive + " }")]
    public Task Not_fixable(string members) => Verify<WS1010NoReconnect>.NotFixableAsync(Usings + "public class C { " + members + " }");

    [Fact]
    public Task Hosted_service() => Verify<WS1010NoReconnect>.FixesAsync(Usings + """
        class Feed : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                // The feed's own address.
                var uri = new Uri("wss://example.com/feed");

                using var socket = new ClientWebSocket();
                socket.Options.SetRequestHeader("X-Key", "1"); // needed by the gateway
                await socket.[|ConnectAsync|](uri, stoppingToken);
                var buffer = new byte[4096];
                while (socket.State == WebSocketState.Open)
                {
                    var result = await socket.ReceiveAsync(new ArraySegment<byte>(buffer), stoppingToken);
                    if (result.MessageType == WebSocketMessageType.Close) break;
                    Console.WriteLine(Encoding.UTF8.GetString(buffer, 0, result.Count));
                }
            }
        }
        """, Usings + """
        class Feed : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                // The feed's own address.
                var uri = new Uri("wss://example.com/feed");

                var failures = 0;
                while (!stoppingToken.IsCancellationRequested)
                {
                    try
                    {
                        using var socket = new ClientWebSocket();
                        socket.Options.SetRequestHeader("X-Key", "1"); // needed by the gateway
                        await socket.ConnectAsync(uri, stoppingToken);
                        failures = 0;
                        var buffer = new byte[4096];
                        while (socket.State == WebSocketState.Open)
                        {
                            var result = await socket.ReceiveAsync(new ArraySegment<byte>(buffer), stoppingToken);
                            if (result.MessageType == WebSocketMessageType.Close) break;
                            Console.WriteLine(Encoding.UTF8.GetString(buffer, 0, result.Count));
                        }
                    }
                    catch (Exception e) when (e is WebSocketException || (e is OperationCanceledException && !stoppingToken.IsCancellationRequested))
                    {
                        // The attempt failed or the connection was lost; a keep-alive timeout shows as OperationCanceledException.
                    }

                    await Task.Delay(ReconnectDelay(failures++), stoppingToken);
                }
            }
        """ + Delay + """

        }
        """, WS1010NoReconnectFix.Loop);

    [Fact]
    public Task Ways_out_of_the_session_become_ways_to_the_next_attempt() => Verify<WS1010NoReconnect>.FixesAsync(Usings + """
        class Feed : BackgroundService
        {
            private ClientWebSocket? _socket;

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                try
                {
                    // Configured as the gateway wants it.
                    _socket = new ClientWebSocket();
                    _socket.Options.AddSubProtocol("chat");
                    await _socket.[|ConnectAsync|](new Uri("wss://example.com"), stoppingToken);
                    var buffer = new byte[4096];
                    while (true)
                    {
                        var result = await _socket.ReceiveAsync(new ArraySegment<byte>(buffer), stoppingToken);
                        if (result.MessageType == WebSocketMessageType.Close)
                        {
                            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, stoppingToken);
                            return;
                        }
                    }
                }
                catch (Exception e)
                {
                    Console.WriteLine(e);
                }
            }
        }
        """, Usings + """
        class Feed : BackgroundService
        {
            private ClientWebSocket? _socket;

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                var failures = 0;
                while (!stoppingToken.IsCancellationRequested)
                {
                    try
                    {
                        // Configured as the gateway wants it.
                        _socket?.Dispose();
                        _socket = new ClientWebSocket();
                        _socket.Options.AddSubProtocol("chat");
                        await _socket.ConnectAsync(new Uri("wss://example.com"), stoppingToken);
                        failures = 0;
                        var buffer = new byte[4096];
                        while (true)
                        {
                            var result = await _socket.ReceiveAsync(new ArraySegment<byte>(buffer), stoppingToken);
                            if (result.MessageType == WebSocketMessageType.Close)
                            {
                                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, stoppingToken);
                                break;
                            }
                        }
                    }
                    catch (Exception e)
                    {
                        Console.WriteLine(e);
                    }

                    await Task.Delay(ReconnectDelay(failures++), stoppingToken);
                }
            }
        """ + Delay + """

        }
        """, WS1010NoReconnectFix.Loop);

    [Fact]
    public Task On_net8() => Verify<WS1010NoReconnect>.ReportsAsync(Worker("using var s = new ClientWebSocket(); await s.[|ConnectAsync|](new Uri(\"wss://example.com\"), token); RECEIVE"), Setup.Net8);
}

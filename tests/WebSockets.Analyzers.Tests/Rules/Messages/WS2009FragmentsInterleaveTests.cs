using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.Tests.Rules.Messages;

public class WS2009FragmentsInterleaveTests
{
    private const string Send = "readonly ClientWebSocket _ws = new(); async Task Send(byte[] b) { await _ws.[|SendAsync|](b, WebSocketMessageType.Text, false, default); await _ws.SendAsync(b, WebSocketMessageType.Text, true, default); } ";

    [Theory]
    [InlineData("Task M(byte[] b) => Task.WhenAll(Send(b), Send(b));")]
    [InlineData("Task M(byte[][] all) => Task.WhenAll(all.Select(b => Send(b)));")]
    [InlineData("Task M(byte[][] all) => Parallel.ForEachAsync(all, async (b, t) => await Send(b));")]
    [InlineData("void M(byte[] b) { _ = Send(b); }")]
    [InlineData("void M(byte[] b) { Send(b); }")]
    [InlineData("void M(byte[][] all) { foreach (var b in all) _ = Task.Run(async () => { await Send(b); }); }")]
    [InlineData("Timer M(byte[] b) => new(async _ => await Send(b), null, 0, 100);")]
    public Task Reports(string members) => Verify<WS2009FragmentsInterleave>.ReportsAsync(Source.Class(Send + members));

    [Theory]
    [InlineData("Task M(WebSocket ws, byte[][] all) => Task.WhenAll(all.Select(b => Send(ws, b))); static async Task Send(WebSocket ws, byte[] b) { await ws.[|SendAsync|](b.AsMemory(), WebSocketMessageType.Text, WebSocketMessageFlags.None, default); }")]
    public Task Reports_one_socket_as_a_parameter(string members) => Verify<WS2009FragmentsInterleave>.ReportsAsync(Source.Class(members));

    [Theory]
    // One after the other, or under a lock.
    [InlineData(Send + "void M(byte[] b) { _ = Task.Run(async () => { while (true) await Send(b); }); }")]
    [InlineData(Send + "async Task M(byte[][] all) { foreach (var b in all) await Send(b); }")]
    [InlineData("readonly SemaphoreSlim _l = new(1); readonly ClientWebSocket _ws = new(); async Task Send(byte[] b) { await _l.WaitAsync(); await _ws.SendAsync(b, WebSocketMessageType.Text, false, default); _l.Release(); } Task M(byte[] b) => Task.WhenAll(Send(b), Send(b));")]
    [InlineData("readonly SemaphoreSlim _l = new(1); " + Send + "async Task Locked(byte[] b) { await _l.WaitAsync(); await Send(b); } Task M(byte[] b) => Task.WhenAll(Locked(b), Locked(b));")]
    // Whole messages, and a variable.
    [InlineData("readonly ClientWebSocket _ws = new(); async Task Send(byte[] b) { await _ws.SendAsync(b, WebSocketMessageType.Text, true, default); } Task M(byte[] b) => Task.WhenAll(Send(b), Send(b));")]
    [InlineData("readonly ClientWebSocket _ws = new(); async Task Send(byte[] b, bool last) { await _ws.SendAsync(b, WebSocketMessageType.Text, last, default); } Task M(byte[] b) => Task.WhenAll(Send(b, true), Send(b, true));")]
    // Another socket each.
    [InlineData("Task M(WebSocket[] all, byte[] b) => Task.WhenAll(all.Select(ws => Send(ws, b))); static async Task Send(WebSocket ws, byte[] b) { await ws.SendAsync(b, WebSocketMessageType.Text, false, default); }")]
    [InlineData("class FactAttribute : Attribute { } [Fact] Task M(WebSocket ws) => Task.WhenAll(new[] { 1 }.Select(async _ => await ws.SendAsync(new byte[1], WebSocketMessageType.Text, false, default)));")]
    [InlineData("class WebSocket { public Task SendAsync(byte[] b, WebSocketMessageType t, bool endOfMessage) => Task.CompletedTask; } readonly WebSocket _ws = new(); async Task Send(byte[] b) { await _ws.SendAsync(b, WebSocketMessageType.Text, false); } Task M(byte[] b) => Task.WhenAll(Send(b), Send(b));")]
    public Task Silent(string members) => Verify<WS2009FragmentsInterleave>.SilentAsync(Source.Class(members));

    [Theory]
    [InlineData("await ws.SendAsync(new byte[9], WebSocketMessageType.Text, false, ; Task.WhenAll(")]
    public Task Half_typed(string body) => Verify<WS2009FragmentsInterleave>.SilentAsync(Source.Method(body), new() { Compiles = false });

    [Fact]
    public Task Reports_one_socket_of_a_primary_constructor() => Verify<WS2009FragmentsInterleave>.ReportsAsync(Source.Class("""
        class Sender(WebSocket ws)
        {
            async Task Send(byte[] b) { await ws.[|SendAsync|](b.AsMemory(1), WebSocketMessageType.Binary, false, default); await ws.SendAsync(b.AsMemory(0, 1), WebSocketMessageType.Binary, true, default); }
            public Task All(byte[][] all) => Task.WhenAll(all.Select(b => Send(b)));
        }
        """));

    [Fact]
    public Task Fix_all_keeps_comments() => Verify<WS2009FragmentsInterleave>.FixesAsync("""
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            // sends
            async Task SendAsync(WebSocket socket, byte[] part)
            {
                // begin
                await socket.[|SendAsync|](part, WebSocketMessageType.Text, false, CancellationToken.None); // one

                await socket.SendAsync(part, WebSocketMessageType.Text, true, CancellationToken.None);
            }

            void Start(WebSocket socket) => _ = SendAsync(socket, new byte[9]);
        }
        """, """
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            private readonly SemaphoreSlim _sendLock = new SemaphoreSlim(1, 1);

            // sends
            async Task SendAsync(WebSocket socket, byte[] part)
            {
                await _sendLock.WaitAsync();
                try
                {
                    // begin
                    await socket.SendAsync(part, WebSocketMessageType.Text, false, CancellationToken.None); // one

                    await socket.SendAsync(part, WebSocketMessageType.Text, true, CancellationToken.None);
                }
                finally
                {
                    _sendLock.Release();
                }
            }

            void Start(WebSocket socket) => _ = SendAsync(socket, new byte[9]);
        }
        """);

    [Fact]
    public Task A_lambda_is_for_a_person() => Verify<WS2009FragmentsInterleave>.NotFixableAsync(Source.Method("await Task.WhenAll(new[] { 1, 2 }.Select(async _ => await ws.[|SendAsync|](new byte[1], WebSocketMessageType.Text, false, ct)));"));
}

using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.Tests.Rules.Messages;

public class WS2003CloseIgnoredTests
{
    [Theory]
    [InlineData("var b = new byte[99]; while (true) { var r = await ws.[|ReceiveAsync|](b, ct); handle(Encoding.UTF8.GetString(b, 0, r.Count)); }")]
    [InlineData("var b = new byte[99]; while (ws.State == WebSocketState.Open) { var r = await ws.[|ReceiveAsync|](b, ct); handle(Encoding.UTF8.GetString(b, 0, r.Count)); }")]
    [InlineData("var b = new byte[99]; while (!ct.IsCancellationRequested) { await ws.[|ReceiveAsync|](b, ct); }")]
    [InlineData("var b = new byte[99]; for (; ; ) { var all = new MemoryStream(); WebSocketReceiveResult r; do { r = await ws.[|ReceiveAsync|](b, ct); all.Write(b, 0, r.Count); } while (!r.EndOfMessage); raw(all.ToArray()); }")]
    [InlineData("Memory<byte> m = new byte[99]; while (true) { var r = await ws.[|ReceiveAsync|](m, ct); handle(Encoding.UTF8.GetString(m.Span[..r.Count])); }")]
    // Another exception out of the loop closes nothing in time: the next receive has thrown.
    [InlineData("var b = new byte[99]; try { while (true) { var r = await ws.[|ReceiveAsync|](b, ct); handle(Encoding.UTF8.GetString(b, 0, r.Count)); } } finally { await ws.CloseAsync(WebSocketCloseStatus.NormalClosure, null, ct); }")]
    // One receive.
    [InlineData("var b = new byte[99]; var r = await ws.[|ReceiveAsync|](b, ct); handle(Encoding.UTF8.GetString(b, 0, r.Count));")]
    [InlineData("var b = new byte[99]; var r = await ws.[|ReceiveAsync|](b, ct); if (r.Count != 0) return; handle(Encoding.UTF8.GetString(b, 0, r.Count));")]
    public Task Reports(string body) => Verify<WS2003CloseIgnored>.ReportsAsync(Source.Method(body));

    [Theory]
    [InlineData("[|while|] (ws.State == WebSocketState.Open) { }")]
    [InlineData("[|while|] (ws.State == WebSocketState.Open) ;")]
    [InlineData("[|while|] (ws.State == WebSocketState.Open && !ct.IsCancellationRequested) { Thread.Yield(); } await Task.Yield();")]
    public Task Reports_a_busy_wait(string body) => Verify<WS2003CloseIgnored>.ReportsAsync(Source.Method(body));

    [Theory]
    [InlineData("while (ws.State == WebSocketState.Open) { await Task.Delay(100); }")]
    [InlineData("while (ws.State == WebSocketState.Open) { Thread.Sleep(100); }")]
    [InlineData("while (ws.State == WebSocketState.Open) { await ws.SendAsync(new byte[1], WebSocketMessageType.Text, true, ct); }")]
    [InlineData("var b = new byte[99]; while (true) { var r = await ws.ReceiveAsync(b, ct); if (r.MessageType == WebSocketMessageType.Close) break; handle(Encoding.UTF8.GetString(b, 0, r.Count)); }")]
    [InlineData("var b = new byte[99]; while (true) { var r = await ws.ReceiveAsync(b, ct); if (r.CloseStatus.HasValue) break; handle(Encoding.UTF8.GetString(b, 0, r.Count)); }")]
    [InlineData("var b = new byte[99]; while (!ws.CloseStatus.HasValue) { var r = await ws.ReceiveAsync(b, ct); handle(Encoding.UTF8.GetString(b, 0, r.Count)); }")]
    [InlineData("var b = new byte[99]; while (true) { var r = await ws.ReceiveAsync(b, ct); if (ws.State != WebSocketState.Open) break; handle(Encoding.UTF8.GetString(b, 0, r.Count)); }")]
    [InlineData("var b = new byte[99]; while (await ws.ReceiveAsync(b, ct) is { MessageType: not WebSocketMessageType.Close } r) handle(Encoding.UTF8.GetString(b, 0, r.Count));")]
    [InlineData("var b = new byte[99]; while (true) { var r = await ws.ReceiveAsync(b, ct); switch (r.MessageType) { case WebSocketMessageType.Text: handle(Encoding.UTF8.GetString(b, 0, r.Count)); break; default: return; } }")]
    // A loop over the state, and a close behind it.
    [InlineData("var b = new byte[99]; while (ws.State == WebSocketState.Open) { var r = await ws.ReceiveAsync(b, ct); handle(Encoding.UTF8.GetString(b, 0, r.Count)); } await ws.CloseAsync(WebSocketCloseStatus.NormalClosure, null, ct);")]
    [InlineData("var b = new byte[99]; try { while (ws.State == WebSocketState.Open) { var r = await ws.ReceiveAsync(b, ct); handle(Encoding.UTF8.GetString(b, 0, r.Count)); } } finally { await Close(ws); } } static async Task Close(WebSocket ws) { await ws.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);")]
    [InlineData("var b = new byte[99]; while (true) { var r = await ws.ReceiveAsync(b, ct); if (r.Count == 0) break; handle(Encoding.UTF8.GetString(b, 0, r.Count)); } await ws.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ct);")]
    // A question and an answer, then the close.
    [InlineData("var b = new byte[99]; var r = await ws.ReceiveAsync(b, ct); handle(Encoding.UTF8.GetString(b, 0, r.Count)); await ws.CloseAsync(WebSocketCloseStatus.NormalClosure, null, ct);")]
    // Somebody else looks, or nothing is used.
    [InlineData("var b = new byte[99]; while (true) { var r = await ws.ReceiveAsync(b, ct); Take(r); } } void Take(WebSocketReceiveResult r) {")]
    [InlineData("await ws.ReceiveAsync(Memory<byte>.Empty, ct);")]
    [InlineData("await ws.ReceiveAsync(Array.Empty<byte>(), ct);")]
    [InlineData("var b = new byte[99]; var all = new MemoryStream(); WebSocketReceiveResult r; do { r = await ws.ReceiveAsync(b, default); all.Write(b, 0, r.Count); } while (!r.EndOfMessage); await ws.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);")]
    // A close has no bytes, which this code does not take for a message.
    [InlineData("var b = new byte[16]; var r = await ws.ReceiveAsync(b, ct); if (r.Count != b.Length) throw new InvalidDataException(); Console.WriteLine(new Guid(b));")]
    [InlineData("var b = new byte[99]; var r = await ws.ReceiveAsync(b, ct); if (r.Count == 0) return; handle(Encoding.UTF8.GetString(b, 0, r.Count));")]
    public Task Silent(string body) => Verify<WS2003CloseIgnored>.SilentAsync(Source.Method(body));

    [Theory]
    [InlineData("readonly WebSocket _ws = null!; public async Task<int> ReadAsync(Memory<byte> b) { var r = await _ws.ReceiveAsync(b, default); return r.Count; }")]
    [InlineData("readonly WebSocket _ws = null!; public Task<WebSocketReceiveResult> Next(ArraySegment<byte> b) => _ws.ReceiveAsync(b, default);")]
    [InlineData("class FactAttribute : Attribute { } [Fact] async Task M(WebSocket ws) { var b = new byte[99]; while (true) await ws.ReceiveAsync(b, default); }")]
    [InlineData("class WebSocket { public Task<int> ReceiveAsync(byte[] b) => Task.FromResult(1); public WebSocketState State => 0; } async Task M(WebSocket ws, ClientWebSocket c) { var b = new byte[9]; while (true) await ws.ReceiveAsync(b); }")]
    [InlineData("class Socket { public WebSocketState State => 0; } void M(Socket ws, ClientWebSocket c) { while (ws.State == WebSocketState.Open) { } }")]
    // A stream that gives a message's bytes to whoever reads it.
    [InlineData("abstract class Part(WebSocket ws) : Stream { bool _end; public override async ValueTask<int> ReadAsync(Memory<byte> b, CancellationToken t = default) { int n = 0; if (!_end) { var r = await ws.ReceiveAsync(b, t); n = r.Count; _end = r.EndOfMessage; } return n; } }")]
    public Task Silent_in_classes(string members) => Verify<WS2003CloseIgnored>.SilentAsync(Source.Class(members));

    [Fact]
    public Task Reports_a_result_that_no_caller_looks_at() => Verify<WS2003CloseIgnored>.ReportsAsync(Source.Class("""
        readonly ClientWebSocket _ws = new();
            async Task<WebSocketReceiveResult> Next(ArraySegment<byte> b) { try { return await _ws.[|ReceiveAsync|](b, default); } catch (TaskCanceledException e) { throw new TimeoutException("late", e); } }
            async Task<byte[]> M() { var b = new byte[99]; var all = new MemoryStream(); WebSocketReceiveResult r; do { r = await Next(b); all.Write(b, 0, r.Count); } while (!r.EndOfMessage); return all.ToArray(); }
        """));

    [Theory]
    [InlineData("while (ws.State == WebSocketState.Open) { var r = await ws.ReceiveAsync(b, ; r. }")]
    [InlineData("while (ws.State == ) { }")]
    public Task Half_typed(string body) => Verify<WS2003CloseIgnored>.SilentAsync(Source.Method(body), new() { Compiles = false });

    [Fact]
    public Task Fix_all_in_loops_lambdas_and_methods() => Verify<WS2003CloseIgnored>.FixesAsync("""
        using System;
        using System.IO;
        using System.Net.WebSockets;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            async Task Loop(WebSocket socket, Stream output, CancellationToken token)
            {
                var buffer = new byte[512];
                while (true)
                {
                    WebSocketReceiveResult part;
                    do
                    {
                        part = await socket.[|ReceiveAsync|](buffer, token).ConfigureAwait(false);
                        output.Write(buffer, 0, part.Count);
                    }
                    while (!part.EndOfMessage); // complete
                    output.Flush();
                }
            }

            async Task<string> Once(ClientWebSocket socket)
            {
                var buffer = new byte[512];
                // the greeting
                var greeting = await socket.[|ReceiveAsync|](buffer, CancellationToken.None); // no more
                return Encoding.UTF8.GetString(buffer, 0, greeting.Count);
            }

            Func<WebSocket, Task> Lambda() => async socket =>
            {
                var buffer = new byte[512];
                while (socket.State == WebSocketState.Open)
                {
                    await socket.[|ReceiveAsync|](buffer, CancellationToken.None);
                }
            };
        }
        """, """
        using System;
        using System.IO;
        using System.Net.WebSockets;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            async Task Loop(WebSocket socket, Stream output, CancellationToken token)
            {
                var buffer = new byte[512];
                while (true)
                {
                    WebSocketReceiveResult part;
                    do
                    {
                        part = await socket.ReceiveAsync(buffer, token).ConfigureAwait(false);
                        output.Write(buffer, 0, part.Count);
                    }
                    while (!part.EndOfMessage); // complete
                    if (part.MessageType == WebSocketMessageType.Close)
                    {
                        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, token).ConfigureAwait(false);
                        break;
                    }
                    output.Flush();
                }
            }

            async Task<string> Once(ClientWebSocket socket)
            {
                var buffer = new byte[512];
                // the greeting
                var greeting = await socket.ReceiveAsync(buffer, CancellationToken.None); // no more
                if (greeting.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
                }
                return Encoding.UTF8.GetString(buffer, 0, greeting.Count);
            }

            Func<WebSocket, Task> Lambda() => async socket =>
            {
                var buffer = new byte[512];
                while (socket.State == WebSocketState.Open)
                {
                    var result = await socket.ReceiveAsync(buffer, CancellationToken.None);
                    if (result.MessageType == WebSocketMessageType.Close)
                    {
                        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                        break;
                    }
                }
            };
        }
        """);

    [Fact]
    public Task A_busy_wait_is_for_a_person() => Verify<WS2003CloseIgnored>.NotFixableAsync(Source.Method("[|while|] (ws.State == WebSocketState.Open) { }"));
}

using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.Tests.Rules.Messages;

public class WS2007UnboundedMessageTests
{
    private const string Do = "var b = new byte[99]; var all = new MemoryStream(); WebSocketReceiveResult r; ";

    [Theory]
    [InlineData(Do + "do { r = await ws.[|ReceiveAsync|](b, ct); all.Write(b, 0, r.Count); } while (!r.EndOfMessage);")]
    [InlineData("var b = new byte[99]; var text = new StringBuilder(); while (true) { var r = await ws.[|ReceiveAsync|](b, ct); text.Append(Encoding.UTF8.GetString(b, 0, r.Count)); if (r.EndOfMessage) { handle(text.ToString()); text.Clear(); } }")]
    [InlineData("var b = new byte[99]; var text = \"\"; WebSocketReceiveResult r; do { r = await ws.[|ReceiveAsync|](b, ct); text += Encoding.UTF8.GetString(b, 0, r.Count); } while (!r.EndOfMessage);")]
    [InlineData("var b = new byte[99]; var all = new List<byte>(); WebSocketReceiveResult r; do { r = await ws.[|ReceiveAsync|](b, ct); all.AddRange(b.Take(r.Count)); } while (!r.EndOfMessage);")]
    // Two receives for one message: one report.
    [InlineData(Do + "r = await ws.[|ReceiveAsync|](b, ct); if (!r.EndOfMessage) { all.Write(b, 0, r.Count); do { r = await ws.ReceiveAsync(b, ct); all.Write(b, 0, r.Count); } while (!r.EndOfMessage); }")]
    // Asking for nothing is no limit.
    [InlineData(Do + "do { r = await ws.[|ReceiveAsync|](b, ct); if (r.Count > 0) all.Write(b, 0, r.Count); } while (!r.EndOfMessage);")]
    [InlineData("var all = new System.Buffers.ArrayBufferWriter<byte>(); while (true) { var r = await ws.[|ReceiveAsync|](all.GetMemory(99), ct); all.Advance(r.Count); if (r.EndOfMessage) return; }")]
    public Task Reports(string body) => Verify<WS2007UnboundedMessage>.ReportsAsync(Source.Method(body));

    [Theory]
    [InlineData("readonly WebSocket _ws = null!; async Task<WebSocketReceiveResult> Next(byte[] b) { try { return await _ws.[|ReceiveAsync|](b, default); } catch (TaskCanceledException e) { throw new TimeoutException(\"\", e); } } async Task M() { var b = new byte[99]; var all = new MemoryStream(); WebSocketReceiveResult r; do { r = await Next(b); all.Write(b, 0, r.Count); } while (!r.EndOfMessage); }")]
    [InlineData("readonly StringBuilder _text = new(); async Task M(WebSocket ws) { var b = new byte[99]; while (true) { var r = await ws.[|ReceiveAsync|](b, default); Take(r, b); } } void Take(WebSocketReceiveResult r, byte[] b) { var part = Encoding.UTF8.GetString(b, 0, r.Count); _text.Append(part); if (r.EndOfMessage) _text.Clear(); }")]
    public Task Reports_across_methods(string members) => Verify<WS2007UnboundedMessage>.ReportsAsync(Source.Class(members));

    [Theory]
    [InlineData(Do + "do { r = await ws.ReceiveAsync(b, ct); all.Write(b, 0, r.Count); if (all.Length > 1000) throw new Exception(); } while (!r.EndOfMessage);")]
    [InlineData(Do + "int total = 0; do { r = await ws.ReceiveAsync(b, ct); total += r.Count; if (total > 1000) return; all.Write(b, 0, r.Count); } while (!r.EndOfMessage);")]
    [InlineData("var b = new byte[99]; var all = new MemoryStream(new byte[999]); WebSocketReceiveResult r; do { r = await ws.ReceiveAsync(b, ct); all.Write(b, 0, r.Count); } while (!r.EndOfMessage);")]
    [InlineData("var b = new byte[99]; using var all = File.Create(\"x\"); WebSocketReceiveResult r; do { r = await ws.ReceiveAsync(b, ct); all.Write(b, 0, r.Count); } while (!r.EndOfMessage);")]
    [InlineData("var b = new byte[99]; var r = await ws.ReceiveAsync(b, ct); if (!r.EndOfMessage) throw new Exception(); handle(Encoding.UTF8.GetString(b, 0, r.Count));")]
    [InlineData("var b = new byte[99]; var r = await ws.ReceiveAsync(b, ct); handle(Encoding.UTF8.GetString(b, 0, r.Count));")]
    [InlineData("var all = new System.Buffers.ArrayBufferWriter<byte>(); while (all.WrittenCount < 999) { var r = await ws.ReceiveAsync(all.GetMemory(99), ct); all.Advance(r.Count); if (r.EndOfMessage) return; }")]
    public Task Silent(string body) => Verify<WS2007UnboundedMessage>.SilentAsync(Source.Method(body));

    [Theory]
    [InlineData("class FactAttribute : Attribute { } [Fact] async Task M(WebSocket ws) { var b = new byte[99]; var all = new MemoryStream(); WebSocketReceiveResult r; do { r = await ws.ReceiveAsync(b, default); all.Write(b, 0, r.Count); } while (!r.EndOfMessage); }")]
    [InlineData("class R { public int Count; public bool EndOfMessage; } class WebSocket { public Task<R> ReceiveAsync(byte[] b) => Task.FromResult(new R()); } async Task M(WebSocket ws, ClientWebSocket c) { var b = new byte[99]; var all = new MemoryStream(); R r; do { r = await ws.ReceiveAsync(b); all.Write(b, 0, r.Count); } while (!r.EndOfMessage); }")]
    public Task Silent_in_classes(string members) => Verify<WS2007UnboundedMessage>.SilentAsync(Source.Class(members));

    [Theory]
    [InlineData("do { r = await ws.ReceiveAsync(b, ; all.Write(b, 0, r.")]
    public Task Half_typed(string body) => Verify<WS2007UnboundedMessage>.SilentAsync(Source.Method(Do + body), new() { Compiles = false });

    [Fact]
    public Task Fix_all_keeps_comments() => Verify<WS2007UnboundedMessage>.FixesAsync("""
        using System.IO;
        using System.Net.WebSockets;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            async Task M(WebSocket socket)
            {
                var buffer = new byte[99];
                var text = new StringBuilder();
                WebSocketReceiveResult r;

                // the message
                do
                {
                    r = await socket.[|ReceiveAsync|](buffer, CancellationToken.None);
                    text.Append(Encoding.UTF8.GetString(buffer, 0, r.Count)); // its parts
                }
                while (!r.EndOfMessage);
            }
        }
        """, """
        using System.IO;
        using System.Net.WebSockets;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            async Task M(WebSocket socket)
            {
                var buffer = new byte[99];
                var text = new StringBuilder();
                WebSocketReceiveResult r;

                const int maxMessageSize = 1024 * 1024;
                // the message
                do
                {
                    r = await socket.ReceiveAsync(buffer, CancellationToken.None);
                    text.Append(Encoding.UTF8.GetString(buffer, 0, r.Count)); // its parts
                    if (text.Length > maxMessageSize)
                    {
                        await socket.CloseOutputAsync(WebSocketCloseStatus.MessageTooBig, null, CancellationToken.None);
                        throw new InvalidDataException($"The message is longer than {maxMessageSize} bytes.");
                    }
                }
                while (!r.EndOfMessage);
            }
        }
        """);
}

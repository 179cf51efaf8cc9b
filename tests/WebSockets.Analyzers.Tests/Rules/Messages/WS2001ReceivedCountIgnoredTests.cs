using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.Tests.Rules.Messages;

public class WS2001ReceivedCountIgnoredTests
{
    private const string Receive = "var buffer = new byte[1024]; while (true) { var r = await ws.ReceiveAsync(buffer, ct); if (r.MessageType == WebSocketMessageType.Close) break; if (!r.EndOfMessage) throw new Exception(); ";

    [Theory]
    [InlineData("handle(Encoding.UTF8.[|GetString|](buffer)); }", "handle(Encoding.UTF8.GetString(buffer, 0, r.Count)); }")]
    [InlineData("handle(Encoding.ASCII.[|GetString|](buffer, 0, buffer.Length)); }", "handle(Encoding.ASCII.GetString(buffer, 0, r.Count)); }")]
    [InlineData("handle(new string(Encoding.UTF8.[|GetChars|](buffer))); }", "handle(new string(Encoding.UTF8.GetChars(buffer, 0, r.Count))); }")]
    [InlineData("handle(Encoding.UTF8.[|GetString|](buffer.AsSpan())); }", "handle(Encoding.UTF8.GetString(buffer.AsSpan(0, r.Count))); }")]
    [InlineData("handle(JsonSerializer.[|Deserialize<string>|](buffer)); }", "handle(JsonSerializer.Deserialize<string>(buffer.AsSpan(0, r.Count))); }")]
    [InlineData("using var d = JsonDocument.[|Parse|](buffer); }", "using var d = JsonDocument.Parse(buffer.AsMemory(0, r.Count)); }")]
    [InlineData("handle(Convert.[|ToBase64String|](buffer)); }", "handle(Convert.ToBase64String(buffer, 0, r.Count)); }")]
    [InlineData("handle(Convert.[|ToHexString|](buffer)); }", "handle(Convert.ToHexString(buffer, 0, r.Count)); }")]
    [InlineData("handle(new StreamReader([|new MemoryStream(buffer)|]).ReadToEnd()); }", "handle(new StreamReader(new MemoryStream(buffer, 0, r.Count)).ReadToEnd()); }")]
    [InlineData("var s = new MemoryStream(); s.[|Write|](buffer, 0, buffer.Length); }", "var s = new MemoryStream(); s.Write(buffer, 0, r.Count); }")]
    [InlineData("var s = new MemoryStream(); await s.[|WriteAsync|](buffer, ct); }", "var s = new MemoryStream(); await s.WriteAsync(buffer.AsMemory(0, r.Count), ct); }")]
    [InlineData("await ws.[|SendAsync|](new ArraySegment<byte>(buffer), WebSocketMessageType.Text, true, ct); }", "await ws.SendAsync(new ArraySegment<byte>(buffer, 0, r.Count), WebSocketMessageType.Text, true, ct); }")]
    [InlineData("await ws.[|SendAsync|](buffer, WebSocketMessageType.Text, true, ct); }", "await ws.SendAsync(new ArraySegment<byte>(buffer, 0, r.Count), WebSocketMessageType.Text, true, ct); }")]
    [InlineData("handle(Encoding.UTF8.[|GetString|](buffer.ToArray())); }", "handle(Encoding.UTF8.GetString(buffer.AsSpan(0, r.Count).ToArray())); }")]
    [InlineData("var copy = buffer.[|ToArray|](); handle(Encoding.UTF8.GetString(copy)); }", "var copy = buffer.AsSpan(0, r.Count).ToArray(); handle(Encoding.UTF8.GetString(copy)); }")]
    [InlineData("handle(Encoding.UTF8.[|GetString|](buffer).TrimEnd('\\0')); }", "handle(Encoding.UTF8.GetString(buffer, 0, r.Count).TrimEnd('\\0')); }")]
    public Task Reports_and_fixes(string wrong, string right) => Verify<WS2001ReceivedCountIgnored>.FixesAsync(Source.Method(Receive + wrong), Source.Method(Receive + right));

    [Theory]
    // The result of a receive that drops it gets a name.
    [InlineData(
        "var b = new byte[99]; await ws.ReceiveAsync(b, ct); handle(Encoding.UTF8.[|GetString|](b));",
        "var b = new byte[99]; var result = await ws.ReceiveAsync(b, ct); handle(Encoding.UTF8.GetString(b, 0, result.Count));")]
    [InlineData(
        "var s = new ArraySegment<byte>(new byte[99]); var r = await ws.ReceiveAsync(s, ct); handle(Encoding.UTF8.[|GetString|](s.Array!));",
        "var s = new ArraySegment<byte>(new byte[99]); var r = await ws.ReceiveAsync(s, ct); handle(Encoding.UTF8.GetString(s.Array!, 0, r.Count));")]
    [InlineData(
        "var b = new byte[99]; var s = new ArraySegment<byte>(b); var r = await ws.ReceiveAsync(s, ct); handle(Encoding.UTF8.[|GetString|](b));",
        "var b = new byte[99]; var s = new ArraySegment<byte>(b); var r = await ws.ReceiveAsync(s, ct); handle(Encoding.UTF8.GetString(b, 0, r.Count));")]
    [InlineData(
        "Memory<byte> m = new byte[99]; var r = await ws.ReceiveAsync(m, ct); handle(Encoding.UTF8.[|GetString|](m.Span));",
        "Memory<byte> m = new byte[99]; var r = await ws.ReceiveAsync(m, ct); handle(Encoding.UTF8.GetString(m.Span[..r.Count]));")]
    [InlineData(
        "using var o = MemoryPool<byte>.Shared.Rent(99); var r = await ws.ReceiveAsync(o.Memory, ct); handle(Encoding.UTF8.[|GetString|](o.Memory.Span));",
        "using var o = MemoryPool<byte>.Shared.Rent(99); var r = await ws.ReceiveAsync(o.Memory, ct); handle(Encoding.UTF8.GetString(o.Memory.Span[..r.Count]));")]
    [InlineData(
        "var s = new ArraySegment<byte>(new byte[99]); var r = await ws.ReceiveAsync(s, ct); handle(Encoding.UTF8.[|GetString|](s.Array!, s.Offset, s.Count));",
        "var s = new ArraySegment<byte>(new byte[99]); var r = await ws.ReceiveAsync(s, ct); handle(Encoding.UTF8.GetString(s.Array!, s.Offset, r.Count));")]
    public Task Reports_and_fixes_other_buffers(string wrong, string right) => Verify<WS2001ReceivedCountIgnored>.FixesAsync(Source.Method(wrong), Source.Method(right));

    [Theory]
    // Cut to Count in any way.
    [InlineData("handle(Encoding.UTF8.GetString(buffer, 0, r.Count)); }")]
    [InlineData("handle(Encoding.UTF8.GetString(buffer.AsSpan(0, r.Count))); }")]
    [InlineData("handle(Encoding.UTF8.GetString(buffer[..r.Count])); }")]
    [InlineData("var cut = buffer.Take(r.Count).ToArray(); handle(Encoding.UTF8.GetString(cut)); }")]
    [InlineData("var cut = new byte[r.Count]; Array.Copy(buffer, cut, r.Count); raw(cut); }")]
    [InlineData("var cut = new byte[r.Count]; Buffer.BlockCopy(buffer, 0, cut, 0, r.Count); raw(cut); }")]
    [InlineData("var cut = new byte[r.Count]; Array.Copy(buffer, cut, cut.Length); raw(cut); }")]
    [InlineData("var cut = new byte[r.Count]; Buffer.BlockCopy(buffer, 0, cut, 0, cut.Length); handle(Encoding.UTF8.GetString(cut)); }")]
    // A count that goes through a type of the program's own.
    [InlineData("var part = new Part(r); handle(Encoding.UTF8.GetString(buffer, 0, part.Count)); } } sealed class Part(WebSocketReceiveResult r) { public int Count { get; } = r.Count; ")]
    [InlineData("var part = new Part(r); var cut = new byte[part.Count]; Array.Copy(buffer, cut, cut.Length); raw(cut); } } sealed class Part(WebSocketReceiveResult r) { public int Count { get; } = r.Count; ")]
    [InlineData("var s = new ArraySegment<byte>(buffer, 0, r.Count); handle(Encoding.UTF8.GetString(s.ToArray())); }")]
    [InlineData("Array.Resize(ref buffer, r.Count); handle(Encoding.UTF8.GetString(buffer)); }")]
    [InlineData("Take(buffer, r.Count); } } static void Take(byte[] bytes, int count) { Console.WriteLine(Encoding.UTF8.GetString(bytes, 0, count)); ")]
    [InlineData("Take(buffer, r); } } static void Take(byte[] bytes, WebSocketReceiveResult r) { Console.WriteLine(Encoding.UTF8.GetString(bytes, 0, r.Count)); ")]
    // A part of it, or its size.
    [InlineData("handle(buffer.Length.ToString()); }")]
    [InlineData("handle(buffer[0].ToString()); }")]
    // Compared with Count.
    [InlineData("if (r.Count == buffer.Length) handle(Encoding.UTF8.GetString(buffer)); }")]
    [InlineData("if (r.Count != buffer.Length) throw new Exception(); handle(Encoding.UTF8.GetString(buffer)); }")]
    [InlineData("handle(Encoding.ASCII.GetString(buffer).Substring(0, r.Count)); }")]
    // Given back or cleared.
    [InlineData("Array.Clear(buffer, 0, buffer.Length); ArrayPool<byte>.Shared.Return(buffer); }")]
    public Task Silent(string members) => Verify<WS2001ReceivedCountIgnored>.SilentAsync(Source.Method(Receive + members));

    [Theory]
    // Zeros of a new buffer that are cut off.
    [InlineData("while (true) { var b = new byte[99]; await ws.ReceiveAsync(b, ct); handle(Encoding.UTF8.GetString(b).TrimEnd('\\0')); }")]
    [InlineData("while (true) { var b = new byte[99]; await ws.ReceiveAsync(b, ct); var t = Encoding.UTF8.GetString(b); handle(t.Replace(\"\\0\", \"\")); }")]
    // Filled up by several receives.
    [InlineData("var b = new byte[64]; int n = 0; while (n < b.Length) { var r = await ws.ReceiveAsync(new ArraySegment<byte>(b, n, b.Length - n), ct); n += r.Count; } handle(Encoding.UTF8.GetString(b));")]
    // A buffer of one byte.
    [InlineData("var b = new byte[1]; await ws.ReceiveAsync(b, ct); handle(Encoding.UTF8.GetString(b));")]
    // Another buffer, or used before.
    [InlineData("var b = new byte[99]; var o = new byte[99]; var r = await ws.ReceiveAsync(b, ct); handle(Encoding.UTF8.GetString(o));")]
    [InlineData("var b = new byte[99]; handle(Encoding.UTF8.GetString(b)); var r = await ws.ReceiveAsync(b, ct);")]
    [InlineData("var s = new ArraySegment<byte>(new byte[99]); var r = await ws.ReceiveAsync(s, ct); handle(Encoding.UTF8.GetString(s.Array!, s.Offset, r.Count));")]
    [InlineData("var s = new ArraySegment<byte>(new byte[99]); var r = await ws.ReceiveAsync(s, ct); var m = new ArraySegment<byte>(s.Array!, 0, r.Count); handle(Encoding.UTF8.GetString(m.Array!, m.Offset, m.Count));")]
    public Task Silent_elsewhere(string body) => Verify<WS2001ReceivedCountIgnored>.SilentAsync(Source.Method(body));

    [Theory]
    [InlineData("async Task M(WebSocket ws, CancellationToken ct) { var b = new byte[99]; while (true) { await ws.ReceiveAsync(b, ct); [|Show|](b); } } static void Show(byte[] bytes) => Console.WriteLine(Encoding.UTF8.GetString(bytes));")]
    [InlineData("event Action<byte[]>? Got; async Task M(ClientWebSocket ws) { var b = new byte[99]; while (true) { await ws.ReceiveAsync(b, default); Got?.[|Invoke|](b); } }")]
    [InlineData("readonly byte[] _b = new byte[99]; async Task M(ClientWebSocket ws) { while (ws.State == WebSocketState.Open) { var r = await ws.ReceiveAsync(_b, default); Console.WriteLine(Encoding.UTF8.[|GetString|](_b)); } }")]
    public Task Reports_in_classes(string members) => Verify<WS2001ReceivedCountIgnored>.ReportsAsync(Source.Class(members));

    [Fact]
    public Task The_message_tells_what_stands_behind() => Verify<WS2001ReceivedCountIgnored>.SaysAsync(
        Source.Method("while (true) { var b = new byte[99]; await ws.ReceiveAsync(b, ct); handle(Encoding.UTF8.{|#0:GetString|}(b)); }"),
        "The message ends with zero bytes: 'b' is used whole, though ReceiveAsync filled only Count bytes of it; use the first Count bytes");

    [Fact]
    public Task A_look_alike() => Verify<WS2001ReceivedCountIgnored>.SilentAsync(Source.Class("""
        class WebSocket { public Task<int> ReceiveAsync(byte[] buffer, CancellationToken ct) => Task.FromResult(1); }
        async Task M(WebSocket ws, ClientWebSocket other) { var b = new byte[9]; await ws.ReceiveAsync(b, default); Console.WriteLine(Encoding.UTF8.GetString(b)); }
        """));

    [Fact]
    public Task In_tests() => Verify<WS2001ReceivedCountIgnored>.SilentAsync(Source.Class("""
        class FactAttribute : Attribute { }
        [Fact] async Task M(WebSocket ws) { var b = new byte[9]; await ws.ReceiveAsync(b, default); Console.WriteLine(Encoding.UTF8.GetString(b)); }
        """));

    [Theory]
    [InlineData("var b = new byte[9]; var r = await ws.ReceiveAsync(b, ; handle(Encoding.UTF8.GetString(b));")]
    [InlineData("var r = await ws.ReceiveAsync(; Encoding.UTF8.GetString(")]
    [InlineData("await ws.ReceiveAsync(buffer.")]
    public Task Half_typed(string body) => Verify<WS2001ReceivedCountIgnored>.SilentAsync(Source.Method(body), new() { Compiles = false });

    [Fact]
    public Task Fix_all_keeps_comments() => Verify<WS2001ReceivedCountIgnored>.FixesAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Text;
        using System.Threading.Tasks;
        class C
        {
            async Task M(WebSocket a)
            {
                var buffer = new byte[512];
                // the greeting
                await a.ReceiveAsync(buffer, default); // no more than that
                Console.WriteLine(/* text */ Encoding.UTF8.[|GetString|](buffer /* all */)); // shown
                var answer = await a.ReceiveAsync(buffer, default);
                Console.WriteLine(Encoding.UTF8.[|GetString|](buffer, 0, buffer.Length));
            }
        }
        """, """
        using System;
        using System.Net.WebSockets;
        using System.Text;
        using System.Threading.Tasks;
        class C
        {
            async Task M(WebSocket a)
            {
                var buffer = new byte[512];
                // the greeting
                var result = await a.ReceiveAsync(buffer, default); // no more than that
                Console.WriteLine(/* text */ Encoding.UTF8.GetString(buffer /* all */, 0, result.Count)); // shown
                var answer = await a.ReceiveAsync(buffer, default);
                Console.WriteLine(Encoding.UTF8.GetString(buffer, 0, answer.Count));
            }
        }
        """);
}

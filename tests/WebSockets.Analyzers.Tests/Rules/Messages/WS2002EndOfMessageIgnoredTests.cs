using Microsoft.CodeAnalysis.CSharp;
using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.Tests.Rules.Messages;

public class WS2002EndOfMessageIgnoredTests
{
    private const string Before = "var b = new byte[99]; while (ws.State == WebSocketState.Open) { var r = await ws.[|ReceiveAsync|](b, ct); if (r.MessageType == WebSocketMessageType.Close) break; ";

    [Theory]
    [InlineData("handle(Encoding.UTF8.GetString(b, 0, r.Count)); }")]
    [InlineData("handle(Encoding.UTF8.GetString(b)); }")]
    [InlineData("handle(Encoding.UTF8.GetString(b.AsSpan(0, r.Count))); }")]
    [InlineData("handle(Encoding.UTF8.GetString(b[..r.Count])); }")]
    [InlineData("var text = Encoding.UTF8.GetString(b, 0, r.Count).Trim(); if (text != \"\") handle(text); }")]
    [InlineData("handle(JsonSerializer.Deserialize<string>(b.AsSpan(0, r.Count))); }")]
    [InlineData("using var d = JsonDocument.Parse(b.AsMemory(0, r.Count)); }")]
    [InlineData("var copy = b.Take(r.Count).ToArray(); handle(Encoding.UTF8.GetString(copy)); }")]
    [InlineData("var reader = new StreamReader(new MemoryStream(b, 0, r.Count)); handle(reader.ReadToEnd()); }")]
    [InlineData("var cut = new ArraySegment<byte>(b, 0, r.Count); handle(Encoding.UTF8.GetString(cut)); }")]
    [InlineData("handle(Text(b, r.Count)); } } static string Text(byte[] bytes, int count) { return Encoding.UTF8.GetString(bytes, 0, count); ")]
    [InlineData("if (r.MessageType == WebSocketMessageType.Text) { handle(Encoding.UTF8.GetString(b, 0, r.Count)); } }")]
    public Task Reports(string members) => Verify<WS2002EndOfMessageIgnored>.ReportsAsync(Source.Method(Before + members));

    [Theory]
    [InlineData("var b = new byte[500]; var r = await ws.[|ReceiveAsync|](b, ct); handle(Encoding.UTF8.GetString(b, 0, r.Count));")]
    [InlineData("Memory<byte> m = new byte[500]; var r = await ws.[|ReceiveAsync|](m, ct); handle(Encoding.UTF8.GetString(m.Span[..r.Count]));")]
    [InlineData("var s = WebSocket.CreateClientBuffer(99, 99); var r = await ws.[|ReceiveAsync|](s, ct).ConfigureAwait(false); handle(Encoding.UTF8.GetString(s.Array!, 0, r.Count));")]
    [InlineData("var b = new byte[500]; var t = ws.[|ReceiveAsync|](new ArraySegment<byte>(b), ct); await Task.WhenAny(t, Task.Delay(5)); var r = await t; handle(Encoding.UTF8.GetString(b, 0, r.Count));")]
    [InlineData("var b = new byte[500]; WebSocketReceiveResult r; r = ws.[|ReceiveAsync|](b, ct).Result; handle(Encoding.UTF8.GetString(b, 0, r.Count));")]
    [InlineData("var b = new byte[500]; while (await ws.[|ReceiveAsync|](b, ct) is { MessageType: not WebSocketMessageType.Close } r) handle(Encoding.UTF8.GetString(b, 0, r.Count));")]
    // Each part is used inside the loop that waits for the end.
    [InlineData("var b = new byte[500]; WebSocketReceiveResult r; do { r = await ws.[|ReceiveAsync|](b, ct); handle(Encoding.UTF8.GetString(b, 0, r.Count)); } while (!r.EndOfMessage);")]
    [InlineData("var b = new byte[500]; WebSocketReceiveResult r; string text; do { r = await ws.[|ReceiveAsync|](b, ct); text = Encoding.UTF8.GetString(b, 0, r.Count); } while (!r.EndOfMessage); handle(text);")]
    public Task Reports_other_shapes(string body) => Verify<WS2002EndOfMessageIgnored>.ReportsAsync(Source.Method(body));

    [Fact]
    public Task Reports_the_caller_of_a_wrapper() => Verify<WS2002EndOfMessageIgnored>.ReportsAsync(Source.Class("""
        readonly ClientWebSocket _ws = new();
            Task<WebSocketReceiveResult> Next(ArraySegment<byte> b, CancellationToken ct) => _ws.ReceiveAsync(b, ct);
            async Task<string> M(CancellationToken ct) { var b = new byte[99]; var r = await [|Next|](b, ct); return Encoding.UTF8.GetString(b, 0, r.Count); }
        """));

    [Theory]
    // Read, one way or another.
    [InlineData("if (!r.EndOfMessage) throw new Exception(); handle(Encoding.UTF8.GetString(b, 0, r.Count)); }")]
    [InlineData("if (r is { EndOfMessage: true }) handle(Encoding.UTF8.GetString(b, 0, r.Count)); }")]
    // Somebody else looks.
    [InlineData("Take(r); handle(Encoding.UTF8.GetString(b, 0, r.Count)); } } void Take(WebSocketReceiveResult r) { ")]
    // Put together otherwise.
    [InlineData("var text = \"\"; text += Encoding.UTF8.GetString(b, 0, r.Count); }")]
    [InlineData("var text = new StringBuilder(); text.Append(Encoding.UTF8.GetString(b, 0, r.Count)); }")]
    [InlineData("var text = new StringBuilder(); var part = Encoding.UTF8.GetString(b, 0, r.Count); text.Append(part); }")]
    [InlineData("var all = new List<byte>(); all.AddRange(b.Take(r.Count)); }")]
    [InlineData("var all = new MemoryStream(); all.Write(b, 0, r.Count); handle(Encoding.UTF8.GetString(all.ToArray())); }")]
    // Sent on, or a stream.
    [InlineData("await ws.SendAsync(new ArraySegment<byte>(b, 0, r.Count), r.MessageType, true, ct); }")]
    [InlineData("Stream s = Stream.Null; await s.WriteAsync(b, 0, r.Count, ct); }")]
    // Not used.
    [InlineData("}")]
    [InlineData("handle(r.Count.ToString()); }")]
    // Handed on as bytes: its taker may put them together.
    [InlineData("raw(b.AsSpan(0, r.Count).ToArray()); }")]
    public Task Silent(string members) => Verify<WS2002EndOfMessageIgnored>.SilentAsync(Source.Method(Before + members));

    [Theory]
    [InlineData("var b = new byte[1]; var r = await ws.ReceiveAsync(b, ct); handle(Encoding.UTF8.GetString(b));")]
    [InlineData("var b = new byte[99]; var r = await ws.ReceiveAsync(b, ct); if (r.MessageType == WebSocketMessageType.Close) handle(Encoding.UTF8.GetString(b, 0, r.Count));")]
    [InlineData("var b = new byte[99]; int n = 0; WebSocketReceiveResult r; do { r = await ws.ReceiveAsync(new ArraySegment<byte>(b, n, b.Length - n), ct); n += r.Count; } while (!r.EndOfMessage); handle(Encoding.UTF8.GetString(b, 0, n));")]
    [InlineData("var b = new byte[99]; var all = new MemoryStream(); WebSocketReceiveResult r; do { r = await ws.ReceiveAsync(b, ct); all.Write(b, 0, r.Count); handle($\"got {Encoding.UTF8.GetString(b, 0, r.Count)}\"); } while (!r.EndOfMessage);")]
    [InlineData("var b = new byte[99]; var d = Encoding.UTF8.GetDecoder(); var c = new char[99]; WebSocketReceiveResult r; do { r = await ws.ReceiveAsync(b, ct); int n = d.GetChars(b, 0, r.Count, c, 0); handle(new string(c, 0, n)); } while (!r.EndOfMessage);")]
    [InlineData("var b = new byte[99]; var parts = new StringBuilder(); while (true) { var r = await ws.ReceiveAsync(b, ct); parts.Append(Encoding.UTF8.GetString(b, 0, r.Count)); if (r.EndOfMessage) { handle(parts.ToString()); parts.Clear(); } }")]
    public Task Silent_elsewhere(string body) => Verify<WS2002EndOfMessageIgnored>.SilentAsync(Source.Method(body));

    [Theory]
    // Plumbing, streams and wrappers.
    [InlineData("readonly WebSocket _ws = null!; public Task<WebSocketReceiveResult> Next(ArraySegment<byte> b) => _ws.ReceiveAsync(b, default);")]
    [InlineData("readonly WebSocket _ws = null!; public async Task<int> ReadAsync(Memory<byte> b) { var r = await _ws.ReceiveAsync(b, default); return r.Count; }")]
    [InlineData("readonly WebSocket _ws = null!; public async Task<(string, WebSocketReceiveResult)> Next() { var b = new byte[99]; var r = await _ws.ReceiveAsync(b, default); return (Encoding.UTF8.GetString(b, 0, r.Count), r); }")]
    [InlineData("WebSocketReceiveResult? _last; async Task M(WebSocket ws) { var b = new byte[99]; _last = await ws.ReceiveAsync(b, default); Console.WriteLine(Encoding.UTF8.GetString(b, 0, _last.Count)); }")]
    [InlineData("class FactAttribute : Attribute { } [Fact] async Task M(WebSocket ws) { var b = new byte[99]; var r = await ws.ReceiveAsync(b, default); Console.WriteLine(Encoding.UTF8.GetString(b, 0, r.Count)); }")]
    [InlineData("class WebSocket { public Task<(int Count, bool EndOfMessage)> ReceiveAsync(byte[] buffer) => Task.FromResult((1, true)); } async Task M(WebSocket ws, ClientWebSocket c) { var b = new byte[99]; var r = await ws.ReceiveAsync(b); Console.WriteLine(Encoding.UTF8.GetString(b, 0, r.Count)); }")]
    public Task Silent_in_classes(string members) => Verify<WS2002EndOfMessageIgnored>.SilentAsync(Source.Class(members));

    [Theory]
    [InlineData("var b = new byte[9]; var r = await ws.ReceiveAsync(b, ; handle(Encoding.UTF8.GetString(b, 0, r.")]
    [InlineData("while (true) { var r = await ws.ReceiveAsync(; ")]
    public Task Half_typed(string body) => Verify<WS2002EndOfMessageIgnored>.SilentAsync(Source.Method(body), new() { Compiles = false });

    [Fact]
    public Task The_message_names_the_size() => Verify<WS2002EndOfMessageIgnored>.SaysAsync(
        Source.Method("var b = new byte[1024 * 4]; var r = await ws.{|#0:ReceiveAsync|}(b, ct); handle(Encoding.UTF8.GetString(b, 0, r.Count));"),
        "A message that is longer than 4,096 bytes, or sent in fragments, arrives in pieces and each is taken for a message: EndOfMessage is never read; put the parts together until it is true");

    private static string Block(string body) => $$"""
        using System;
        using System.Buffers;
        using System.IO;
        using System.Linq;
        using System.Net.WebSockets;
        using System.Text;
        using System.Text.Json;
        using System.Threading;
        using System.Threading.Tasks;
        class Feed
        {
            async Task M(WebSocket ws, Action<string?> handle, CancellationToken ct)
            {
        {{body}}
            }
        }
        """;

    private static string Loop(string type = "WebSocketReceiveResult", string call = "ws.ReceiveAsync(b, ct)", string write = "message.Write(b, 0, r.Count);", string name = "r") => $$"""
                using var message = new MemoryStream();
                {{type}} {{name}};
                do
                {
                    {{name}} = await {{call}};
                    {{write}}
                }
                while (!{{name}}.EndOfMessage);
        """;

    [Theory]
    [InlineData("        handle(Encoding.UTF8.GetString(b, 0, r.Count));", "        handle(Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length));")]
    [InlineData("        handle(Encoding.UTF8.GetString(b));", "        handle(Encoding.UTF8.GetString(message.ToArray()));")]
    [InlineData("        handle(Encoding.UTF8.GetString(b, 0, b.Length));", "        handle(Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length));")]
    [InlineData("        handle(Encoding.UTF8.GetString(b.AsSpan(0, r.Count)));", "        handle(Encoding.UTF8.GetString(message.GetBuffer().AsSpan(0, (int)message.Length)));")]
    [InlineData("        handle(Encoding.UTF8.GetString(b.Take(r.Count).ToArray()));", "        handle(Encoding.UTF8.GetString(message.GetBuffer().Take((int)message.Length).ToArray()));")]
    [InlineData("        handle(JsonSerializer.Deserialize<string>(b.AsSpan(0, r.Count)));\n        Array.Clear(b, 0, b.Length);", "        handle(JsonSerializer.Deserialize<string>(message.GetBuffer().AsSpan(0, (int)message.Length)));\n        Array.Clear(b, 0, b.Length);")]
    public Task Fixes_uses(string wrong, string right) => Verify<WS2002EndOfMessageIgnored>.FixesAsync(
        Block("        var b = new byte[99];\n        var r = await ws.[|ReceiveAsync|](b, ct);\n" + wrong),
        Block("        var b = new byte[99];\n" + Loop() + "\n" + right));

    [Fact]
    public Task Fixes_a_segment() => Verify<WS2002EndOfMessageIgnored>.FixesAsync(
        Block("        var b = new ArraySegment<byte>(new byte[99]);\n        var r = await ws.[|ReceiveAsync|](b, ct);\n        handle(Encoding.UTF8.GetString(b.Array!, b.Offset, r.Count));"),
        Block("        var b = new ArraySegment<byte>(new byte[99]);\n" + Loop(write: "message.Write(b.Array!, b.Offset, r.Count);") + "\n        handle(Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length));"));

    [Fact]
    public Task Fixes_a_memory() => Verify<WS2002EndOfMessageIgnored>.FixesAsync(
        Block("        Memory<byte> b = new byte[99];\n        var r = await ws.[|ReceiveAsync|](b, ct);\n        handle(Encoding.UTF8.GetString(b.Span[..r.Count]));"),
        Block("        Memory<byte> b = new byte[99];\n" + Loop("ValueWebSocketReceiveResult", write: "message.Write(b.Span.Slice(0, r.Count));") + "\n        handle(Encoding.UTF8.GetString(message.GetBuffer().AsMemory().Span[..(int)message.Length]));"));

    [Fact]
    public Task Fixes_a_dropped_result() => Verify<WS2002EndOfMessageIgnored>.FixesAsync(
        Block("        var b = new byte[99];\n        await ws.[|ReceiveAsync|](new ArraySegment<byte>(b), ct); // the greeting\n        handle(Encoding.UTF8.GetString(b));"),
        Block("        var b = new byte[99];\n" + Loop(call: "ws.ReceiveAsync(new ArraySegment<byte>(b), ct)", write: "message.Write(b, 0, result.Count);", name: "result") + " // the greeting\n        handle(Encoding.UTF8.GetString(message.ToArray()));"));

    [Fact]
    public Task Fixes_a_loop_that_uses_each_part() => Verify<WS2002EndOfMessageIgnored>.FixesAsync(
        Block("""
                    var b = new byte[99];
                    WebSocketReceiveResult r;

                    // one message
                    do
                    {
                        r = await ws.[|ReceiveAsync|](b, ct);
                        // show it
                        if (r.MessageType == WebSocketMessageType.Text)
                        {
                            handle(Encoding.UTF8.GetString(b, 0, r.Count));
                        }
                    }
                    while (!r.EndOfMessage);
                    handle("end");
            """),
        Block("""
                    var b = new byte[99];
                    WebSocketReceiveResult r;

                    using var message = new MemoryStream();
                    // one message
                    do
                    {
                        r = await ws.ReceiveAsync(b, ct);
                        message.Write(b, 0, r.Count);
                    }
                    while (!r.EndOfMessage);
                    // show it
                    if (r.MessageType == WebSocketMessageType.Text)
                    {
                        handle(Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length));
                    }
                    handle("end");
            """));

    [Theory]
    // The buffer is used by code that the fix does not rewrite.
    [InlineData("var b = new byte[99]; string Text(int n) => Encoding.UTF8.GetString(b, 0, n); var r = await ws.[|ReceiveAsync|](b, ct); handle(Text(r.Count)); handle(Encoding.UTF8.GetString(b, 0, r.Count));")]
    [InlineData("var b = new byte[500]; while (await ws.[|ReceiveAsync|](b, ct) is { MessageType: not WebSocketMessageType.Close } r) handle(Encoding.UTF8.GetString(b, 0, r.Count));")]
    public Task Not_fixable(string body) => Verify<WS2002EndOfMessageIgnored>.NotFixableAsync(Source.Method(body));

    [Fact]
    public Task Fix_all_over_two_receives()
    {
        // Fix All goes from the end to the start, so that another of the two takes the first name.
        return Verify<WS2002EndOfMessageIgnored>.FixesAsync(
            Block("""
                        var b = new byte[99];
                        var hello = await ws.[|ReceiveAsync|](b, ct);
                        handle(Encoding.UTF8.GetString(b, 0, hello.Count));
                        while (true)
                        {
                            // the next one
                            var r = await ws.[|ReceiveAsync|](b, ct);
                            handle(Encoding.UTF8.GetString(b, 0, r.Count));
                        }
                """),
            Fixed("message", "received"), setup: new() { AfterFixAll = Fixed("received", "message") });

        static string Fixed(string first, string second) => Block($$"""
                    var b = new byte[99];
                    using var {{first}} = new MemoryStream();
                    WebSocketReceiveResult hello;
                    do
                    {
                        hello = await ws.ReceiveAsync(b, ct);
                        {{first}}.Write(b, 0, hello.Count);
                    }
                    while (!hello.EndOfMessage);
                    handle(Encoding.UTF8.GetString({{first}}.GetBuffer(), 0, (int){{first}}.Length));
                    while (true)
                    {
                        // the next one
                        using var {{second}} = new MemoryStream();
                        WebSocketReceiveResult r;
                        do
                        {
                            r = await ws.ReceiveAsync(b, ct);
                            {{second}}.Write(b, 0, r.Count);
                        }
                        while (!r.EndOfMessage);
                        handle(Encoding.UTF8.GetString({{second}}.GetBuffer(), 0, (int){{second}}.Length));
                    }
            """);
    }

    private const string Stream = "WS2002: Read the message as a stream";

    private const string Reading = "using var message = WebSocketStream.CreateReadableMessageStream(ws);\n            using var content = new MemoryStream();\n            await message.CopyToAsync(content, ct);\n            ";

    /// <summary>A loop with the buffer above it.</summary>
    private static string Looped(string body, string buffer = "        var b = new byte[99];\n") => Block(buffer + "        while (true)\n        {\n            " + body + "\n        }");

    private static Task StreamsAsync(string wrong, string right) =>
        Verify<WS2002EndOfMessageIgnored>.FixesAsync(Looped("var r = await ws.[|ReceiveAsync|](b, ct);\n            " + wrong), Looped(Reading + right, buffer: ""), Stream);

    private const string Text = "\n            handle(Encoding.UTF8.GetString(b, 0, r.Count));";
    private const string Read = "\n            handle(Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length));";

    [Theory]
    // How the close is asked for.
    [InlineData("if (r.MessageType == WebSocketMessageType.Close) break;" + Text, "if (ws.CloseStatus is not null) break;" + Read)]
    [InlineData("if (WebSocketMessageType.Close == r.MessageType) { break; } // over" + Text, "if (ws.CloseStatus is not null) { break; } // over" + Read)]
    [InlineData("if (r.MessageType is WebSocketMessageType.Close) break;" + Text, "if (ws.CloseStatus is not null) break;" + Read)]
    [InlineData("if (r.MessageType is not WebSocketMessageType.Close) handle(Encoding.UTF8.GetString(b, 0, r.Count)); else break;", "if (ws.CloseStatus is null) handle(Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length)); else break;")]
    [InlineData("if (r.MessageType != WebSocketMessageType.Close && r.Count > 0) handle(Encoding.UTF8.GetString(b, 0, r.Count)); else break;", "if (ws.CloseStatus is null && (int)content.Length > 0) handle(Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length)); else break;")]
    // How the bytes are used.
    [InlineData("if (r.MessageType == WebSocketMessageType.Close) break;\n            handle(JsonSerializer.Deserialize<string>(b.AsSpan(0, r.Count)));", "if (ws.CloseStatus is not null) break;\n            handle(JsonSerializer.Deserialize<string>(content.GetBuffer().AsSpan(0, (int)content.Length)));")]
    [InlineData("if (r.MessageType == WebSocketMessageType.Close) break;\n            handle(Encoding.UTF8.GetString(b));", "if (ws.CloseStatus is not null) break;\n            handle(Encoding.UTF8.GetString(content.ToArray()));")]
    public Task Reads_a_stream(string wrong, string right) => StreamsAsync(wrong, right);

    [Theory]
    [InlineData("ws.[|ReceiveAsync|](new ArraySegment<byte>(b), ct)", "CopyToAsync(content, ct)")]
    [InlineData("ws.[|ReceiveAsync|](b.AsMemory(), ct)", "CopyToAsync(content, ct)")]
    [InlineData("ws.[|ReceiveAsync|](b, ct).ConfigureAwait(false)", "CopyToAsync(content, ct).ConfigureAwait(false)")]
    [InlineData("ws.[|ReceiveAsync|](b, CancellationToken.None)", "CopyToAsync(content, CancellationToken.None)")]
    [InlineData("ws.[|ReceiveAsync|](b, default)", "CopyToAsync(content, CancellationToken.None)")]
    public Task Reads_a_stream_as_the_receive_did(string receive, string copy) => Verify<WS2002EndOfMessageIgnored>.FixesAsync(
        Looped($"var r = await {receive};\n            if (r.MessageType == WebSocketMessageType.Close) break;" + Text),
        Looped(Reading.Replace("CopyToAsync(content, ct)", copy) + "if (ws.CloseStatus is not null) break;" + Read, buffer: ""), Stream);

    [Fact]
    public Task Reads_a_stream_and_keeps_comments_and_lines() => Verify<WS2002EndOfMessageIgnored>.FixesAsync(
        Block("""
                    handle("begin");
                    // four at a time
                    var b = new byte[4 * 1024];

                    // the next message
                    var r = await ws.[|ReceiveAsync|](b, ct); // waits
                    // the end?
                    if (r.MessageType == WebSocketMessageType.Close) return;

                    handle(Encoding.UTF8.GetString(b, 0, r.Count)); // text
            """),
        Block("""
                    handle("begin");
                    // four at a time

                    // the next message
                    using var message = WebSocketStream.CreateReadableMessageStream(ws);
                    using var content = new MemoryStream();
                    await message.CopyToAsync(content, ct); // waits
                    // the end?
                    if (ws.CloseStatus is not null) return;

                    handle(Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length)); // text
            """), Stream);

    [Theory]
    [InlineData("\n        while", "        while")]
    [InlineData("        handle(null);\nBUFFER\n        while", "        handle(null);\n\n        while")]
    [InlineData("        handle(null);\n\nBUFFER        while", "        handle(null);\n\n        while")]
    public Task Leaves_no_hole_where_the_buffer_was(string before, string after) => Verify<WS2002EndOfMessageIgnored>.FixesAsync(
        Block((before.Contains("BUFFER") ? before.Replace("BUFFER", "        var b = new byte[99];\n") : "        var b = new byte[99];\n" + before)
            + " (true)\n        {\n            var r = await ws.[|ReceiveAsync|](b, ct);\n            if (r.MessageType == WebSocketMessageType.Close) break;" + Text + "\n        }"),
        Block(after + " (true)\n        {\n            " + Reading + "if (ws.CloseStatus is not null) break;" + Read + "\n        }"), Stream);

    [Fact]
    public Task Reads_a_stream_in_a_program() => Verify<WS2002EndOfMessageIgnored>.FixesAsync(
        """
        using System;
        using System.IO;
        using System.Net.WebSockets;
        using System.Text;
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri("ws://localhost"), default);
        var buffer = new byte[99];
        var result = await socket.[|ReceiveAsync|](buffer, default);
        if (result.MessageType != WebSocketMessageType.Close) Console.WriteLine(Encoding.UTF8.GetString(buffer, 0, result.Count));
        """,
        """
        using System;
        using System.IO;
        using System.Net.WebSockets;
        using System.Text;
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri("ws://localhost"), default);
        using var message = WebSocketStream.CreateReadableMessageStream(socket);
        using var content = new MemoryStream();
        await message.CopyToAsync(content, System.Threading.CancellationToken.None);
        if (socket.CloseStatus is null) Console.WriteLine(Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length));
        """, Stream, Setup.Program);

    [Fact]
    public Task Reads_streams_with_fix_all()
    {
        return Verify<WS2002EndOfMessageIgnored>.FixesAsync(
            Block("""
                        var b = new byte[99];
                        var hello = await ws.[|ReceiveAsync|](b, ct);
                        if (hello.MessageType == WebSocketMessageType.Close) return;
                        handle(Encoding.UTF8.GetString(b, 0, hello.Count));
                        while (true)
                        {
                            var r = await ws.[|ReceiveAsync|](b, ct);
                            if (r.MessageType == WebSocketMessageType.Close) break;
                            handle(Encoding.UTF8.GetString(b, 0, r.Count));
                        }
                """),
            Fixed("message", "content", "message2", "bytes"), Stream, new() { AfterFixAll = Fixed("message2", "bytes", "message", "content") });

        static string Fixed(string message, string content, string message2, string content2) => Block($$"""
                    using var {{message}} = WebSocketStream.CreateReadableMessageStream(ws);
                    using var {{content}} = new MemoryStream();
                    await {{message}}.CopyToAsync({{content}}, ct);
                    if (ws.CloseStatus is not null) return;
                    handle(Encoding.UTF8.GetString({{content}}.GetBuffer(), 0, (int){{content}}.Length));
                    while (true)
                    {
                        using var {{message2}} = WebSocketStream.CreateReadableMessageStream(ws);
                        using var {{content2}} = new MemoryStream();
                        await {{message2}}.CopyToAsync({{content2}}, ct);
                        if (ws.CloseStatus is not null) break;
                        handle(Encoding.UTF8.GetString({{content2}}.GetBuffer(), 0, (int){{content2}}.Length));
                    }
            """);
    }

    private const string Simple = "var r = await ws.[|ReceiveAsync|](b, ct);\n            if (r.MessageType == WebSocketMessageType.Close) break;" + Text;

    // Nobody in the handlers is surprised: the other exception reaches the same of them.
    [Theory]
    [InlineData("try { while (true) { RECEIVE } } catch (Exception e) { handle(e.Message); }")]
    [InlineData("try { while (true) { RECEIVE } } catch (OperationCanceledException) { }")]
    [InlineData("while (true) { try { RECEIVE } catch (JsonException) { } }")]
    [InlineData("while (true) { try { RECEIVE } finally { handle(null); } }")]
    public Task Reads_a_stream_in_handlers(string shape) => Verify<WS2002EndOfMessageIgnored>.FixesAsync(
        Block("        var b = new byte[99];\n        " + shape.Replace("RECEIVE", "\n            " + Simple)),
        Block("        " + shape.Replace("RECEIVE", "\n            " + Reading + "if (ws.CloseStatus is not null) break;" + Read)), Stream);

    [Theory]
    // The other exception would reach another handler, or a loop that goes on.
    [InlineData("        try { while (true) { RECEIVE } } catch (WebSocketException e) { handle(e.Message); }")]
    [InlineData("        try { while (true) { RECEIVE } } catch (Exception e) when (e is WebSocketException) { handle(e.Message); }")]
    [InlineData("        try { while (true) { RECEIVE } } catch (InvalidOperationException) { } catch { handle(null); }")]
    [InlineData("        while (true) { try { RECEIVE } catch (Exception e) { handle(e.Message); } }")]
    [InlineData("        while (true) { try { RECEIVE } catch { break; } }")]
    public Task Reads_no_stream_where_a_handler_tells_the_exceptions_apart(string shape) => OnlyTheFirstAsync("        var b = new byte[99];\n" + shape.Replace("RECEIVE", Simple));

    [Theory]
    // The close is not asked for, or more than that.
    [InlineData("        while (true) { var r = await ws.[|ReceiveAsync|](b, ct); handle(Encoding.UTF8.GetString(b, 0, r.Count)); }")]
    [InlineData("        while (true) { await ws.[|ReceiveAsync|](b, ct); handle(Encoding.UTF8.GetString(b)); }")]
    [InlineData("        while (true) { var r = await ws.[|ReceiveAsync|](b, ct); if (r.MessageType == WebSocketMessageType.Close) break; if (r.MessageType == WebSocketMessageType.Text) handle(Encoding.UTF8.GetString(b, 0, r.Count)); }")]
    [InlineData("        while (true) { var r = await ws.[|ReceiveAsync|](b, ct); if (r.MessageType == WebSocketMessageType.Close) { handle(r.CloseStatusDescription); break; } handle(Encoding.UTF8.GetString(b, 0, r.Count)); }")]
    [InlineData("        WebSocketReceiveResult r; do { r = await ws.[|ReceiveAsync|](b, ct); if (r.MessageType == WebSocketMessageType.Close) break; handle(Encoding.UTF8.GetString(b, 0, r.Count)); } while (!r.CloseStatus.HasValue);")]
    // A comment would be lost.
    [InlineData("        while (true) { var r = await ws.[|ReceiveAsync|](b, /* as long as it takes */ ct); if (r.MessageType == WebSocketMessageType.Close) break; handle(Encoding.UTF8.GetString(b, 0, r.Count)); }")]
    // Not the plain wait.
    [InlineData("        while (true) { var r = await ws.[|ReceiveAsync|](b, ct).WaitAsync(ct); if (r.MessageType == WebSocketMessageType.Close) break; handle(Encoding.UTF8.GetString(b, 0, r.Count)); }")]
    // The buffer is wanted further.
    [InlineData("        while (true) { var r = await ws.[|ReceiveAsync|](b, ct); if (r.MessageType == WebSocketMessageType.Close) break; handle(Encoding.UTF8.GetString(b, 0, r.Count)); Array.Clear(b); }")]
    public Task Reads_no_stream(string body) => OnlyTheFirstAsync("        var b = new byte[99];\n" + body);

    [Theory]
    [InlineData("var b = ArrayPool<byte>.Shared.Rent(99);")]
    [InlineData("var b = new byte[99]; // for all")]
    [InlineData("const int n = 99; var b = new byte[n];")]
    [InlineData("var b = new byte[Console.Read()];")]
    [InlineData("byte[] b = new byte[99], c = b;")]
    [InlineData("Memory<byte> b = new byte[99];")]
    public Task Reads_no_stream_where_the_buffer_would_stay(string buffer) => OnlyTheFirstAsync($"        {buffer}\n        while (true) {{ {(buffer.Contains("Memory") ? Simple.Replace("b, 0, r.Count", "b.Span[..r.Count]") : Simple)} }}");

    [Theory]
    // A reconnect may put another socket in its place.
    [InlineData("ClientWebSocket _ws = new();", "_ws.ReceiveAsync")]
    [InlineData("ClientWebSocket Ws { get; set; } = new();", "Ws.ReceiveAsync")]
    public Task Reads_no_stream_of_another_socket(string members, string call) => OnlyTheFirstAsync("        var b = new byte[99];\n        while (true) { " + Simple.Replace("ws.[|ReceiveAsync|]", call.Insert(call.IndexOf('.') + 1, "[|") + "|]") + " }", members);

    [Fact]
    public Task Reads_a_stream_of_a_readonly_field() => Verify<WS2002EndOfMessageIgnored>.FixesAsync(
        Looped(Simple.Replace("ws.", "this._ws.")).Replace("class Feed\n{", "class Feed\n{\n    readonly ClientWebSocket _ws = new();"),
        Looped((Reading + "if (ws.CloseStatus is not null) break;" + Read).Replace("(ws)", "(_ws)").Replace("ws.Close", "_ws.Close"), buffer: "").Replace("class Feed\n{", "class Feed\n{\n    readonly ClientWebSocket _ws = new();"), Stream);

    [Fact]
    public Task Reads_a_stream_in_C8() => Verify<WS2002EndOfMessageIgnored>.FixesAsync(
        Looped(Simple), Looped(Reading + "if (ws.CloseStatus != null) break;" + Read, buffer: ""), Stream, new() { Language = LanguageVersion.CSharp8 });

    [Fact]
    public Task Reads_no_stream_on_frameworks_without_one() => OnlyTheFirstAsync("        var b = new byte[99];\n        while (true) { " + Simple + " }", setup: Setup.Net8);

    [Fact]
    public Task Reads_no_stream_in_C7() => Verify<WS2002EndOfMessageIgnored>.NotFixableAsync(
        """
        using System.Net.WebSockets;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        class Feed
        {
            async Task M(WebSocket ws, CancellationToken ct)
            {
                var b = new byte[99];
                while (true)
                {
                    var r = await ws.[|ReceiveAsync|](b, ct);
                    if (r.MessageType == WebSocketMessageType.Close) break;
                    System.Console.WriteLine(Encoding.UTF8.GetString(b, 0, r.Count));
                }
            }
        }
        """, new() { Language = LanguageVersion.CSharp7_3, Compiles = false }, Stream);

    /// <summary>The stream is not offered.</summary>
    private static Task OnlyTheFirstAsync(string body, string members = "", Setup? setup = null) => Verify<WS2002EndOfMessageIgnored>.NotFixableAsync(Block(body).Replace("class Feed\n{", "class Feed\n{\n    " + members), setup, Stream);
}

using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.Tests.Rules.Messages;

public class WS2013DisposeWithoutCloseTests
{
    private const string Open = "using var s = [|new ClientWebSocket()|]; await s.ConnectAsync(new Uri(\"wss://example.com\"), ct); ";
    private const string Send = "await s.SendAsync(new byte[1], WebSocketMessageType.Text, true, ct); ";

    [Theory]
    [InlineData(Open + Send)]
    [InlineData("using (var s = [|new ClientWebSocket()|]) { await s.ConnectAsync(new Uri(\"wss://example.com\"), ct); " + Send + "}")]
    [InlineData(Open + "while (true) { var r = await s.ReceiveAsync(new byte[9], ct); if (r.MessageType == WebSocketMessageType.Close) break; }")]
    [InlineData(Open + Send + "await Log(s); } static async Task Log(WebSocket s) { await Task.Yield(); Console.WriteLine(s.State); ")]
    public Task Reports(string body) => Verify<WS2013DisposeWithoutClose>.ReportsAsync(Source.Method(body));

    [Theory]
    [InlineData(Open + Send + "await s.CloseAsync(WebSocketCloseStatus.NormalClosure, null, ct);")]
    [InlineData(Open + Send + "await s.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ct);")]
    [InlineData(Open + Send + "s.Abort();")]
    [InlineData(Open + Send + "await End(s); } static Task End(WebSocket s) { return s.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default); ")]
    // It only ends by an exception.
    [InlineData(Open + "while (true) { " + Send + "}")]
    // It goes elsewhere, or does nothing.
    [InlineData(Open + Send + "GC.KeepAlive(s);")]
    [InlineData(Open)]
    [InlineData("using var s = new ClientWebSocket(); Console.WriteLine(s.State);")]
    [InlineData("var s = new ClientWebSocket(); await s.ConnectAsync(new Uri(\"wss://example.com\"), ct); " + Send)]
    public Task Silent(string body) => Verify<WS2013DisposeWithoutClose>.SilentAsync(Source.Method(body));

    [Theory]
    [InlineData("class FactAttribute : Attribute { } [Fact] async Task M(CancellationToken ct) { " + Open + Send + "}")]
    [InlineData("class ClientWebSocket : IDisposable { public Task ConnectAsync(Uri u, CancellationToken c) => Task.CompletedTask; public Task SendAsync(byte[] b, WebSocketMessageType t, bool e, CancellationToken c) => Task.CompletedTask; public void Dispose() { } } async Task M(CancellationToken ct) { " + Open + Send + "}")]
    public Task Silent_in_classes(string members) => Verify<WS2013DisposeWithoutClose>.SilentAsync(Source.Class(members));

    [Theory]
    [InlineData("using var s = new ClientWebSocket(; await s.ConnectAsync(")]
    public Task Half_typed(string body) => Verify<WS2013DisposeWithoutClose>.SilentAsync(Source.Method(body), new() { Compiles = false });

    [Fact]
    public Task Reports_an_accepted_socket() => Verify<WS2013DisposeWithoutClose>.ReportsAsync("""
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Http;
        class C
        {
            async Task M(HttpContext context)
            {
                using var socket = await context.WebSockets.[|AcceptWebSocketAsync|]();
                await socket.SendAsync(new byte[1], WebSocketMessageType.Text, true, context.RequestAborted);
            }
        }
        """);

    [Fact]
    public Task Fix_all_keeps_comments() => Verify<WS2013DisposeWithoutClose>.FixesAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            async Task<int> A(Uri uri)
            {
                using var socket = [|new ClientWebSocket()|]; // one
                await socket.ConnectAsync(uri, CancellationToken.None);
                var result = await socket.ReceiveAsync(new byte[9], CancellationToken.None);

                // the number
                return result.Count;
            }

            async Task B(Uri uri)
            {
                using (var socket = [|new ClientWebSocket()|])
                {
                    await socket.ConnectAsync(uri, CancellationToken.None);
                    await socket.SendAsync(new byte[9], WebSocketMessageType.Text, true, CancellationToken.None); // sent
                }
            }
        }
        """, """
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            async Task<int> A(Uri uri)
            {
                using var socket = new ClientWebSocket(); // one
                await socket.ConnectAsync(uri, CancellationToken.None);
                var result = await socket.ReceiveAsync(new byte[9], CancellationToken.None);
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

                // the number
                return result.Count;
            }

            async Task B(Uri uri)
            {
                using (var socket = new ClientWebSocket())
                {
                    await socket.ConnectAsync(uri, CancellationToken.None);
                    await socket.SendAsync(new byte[9], WebSocketMessageType.Text, true, CancellationToken.None); // sent
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                }
            }
        }
        """);
}

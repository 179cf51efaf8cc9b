using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.Tests.Rules.Messages;

public class WS2006CloseWithoutTimeoutTests
{
    private const string Arguments = "WebSocketCloseStatus.NormalClosure, null, ";

    [Theory]
    [InlineData("await ws.[|CloseAsync|](ARGSCancellationToken.None);")]
    [InlineData("await ws.[|CloseAsync|](ARGSdefault).ConfigureAwait(false);")]
    [InlineData("await ws.[|CloseAsync|](ARGSdefault(CancellationToken));")]
    [InlineData("await ws.[|CloseAsync|](ARGSnew CancellationToken());")]
    [InlineData("ws.[|CloseAsync|](ARGSCancellationToken.None).Wait();")]
    [InlineData("ws.[|CloseAsync|](ARGSCancellationToken.None).GetAwaiter().GetResult();")]
    [InlineData("if (ws.State == WebSocketState.Open || ws.State == WebSocketState.CloseReceived) await ws.[|CloseAsync|](ARGSCancellationToken.None);")]
    [InlineData("try { while (true) { var r = await ws.ReceiveAsync(new byte[9], ct); if (r.MessageType == WebSocketMessageType.Close) break; } } finally { await ws.[|CloseAsync|](ARGSCancellationToken.None); }")]
    [InlineData("var never = CancellationToken.None; await ws.[|CloseAsync|](ARGSnever);")]
    // The frame was no close.
    [InlineData("var r = await ws.ReceiveAsync(new byte[9], ct); if (r.MessageType == WebSocketMessageType.Close) { } else if (r.Count > 5) { await ws.[|CloseAsync|](ARGSdefault); }")]
    // Another task may end the wait.
    [InlineData("var receiving = Receive(ws, ct); await Task.WhenAny(receiving, Task.Delay(99)); await ws.[|CloseAsync|](ARGSdefault); } static async Task Receive(WebSocket ws, CancellationToken ct) { while (true) { var r = await ws.ReceiveAsync(new byte[9], ct); if (r.MessageType == WebSocketMessageType.Close) break; }")]
    [InlineData("await Greet(ws, ct); await ws.[|CloseAsync|](ARGSdefault); } static async Task Greet(WebSocket ws, CancellationToken ct) { await ws.SendAsync(new byte[9], WebSocketMessageType.Text, true, ct);")]
    [InlineData("if (ws.State == WebSocketState.Closed) return; await ws.[|CloseAsync|](ARGSdefault);")]
    [InlineData("if (ws.State != WebSocketState.Closed) await ws.[|CloseAsync|](ARGSdefault);")]
    [InlineData("var receiving = Receive(ws, ct); receiving.Wait(999); await ws.[|CloseAsync|](ARGSdefault); } static async Task Receive(WebSocket ws, CancellationToken ct) { while (true) { var r = await ws.ReceiveAsync(new byte[9], ct); if (r.MessageType == WebSocketMessageType.Close) break; }")]
    public Task Reports(string body) => Verify<WS2006CloseWithoutTimeout>.ReportsAsync(Source.Method(body.Replace("ARGS", Arguments)));

    [Theory]
    [InlineData("await ws.CloseAsync(ARGSct);")]
    [InlineData("await ws.CloseOutputAsync(ARGSCancellationToken.None);")]
    [InlineData("await ws.CloseAsync(ARGSCancellationToken.None).WaitAsync(TimeSpan.FromSeconds(1));")]
    [InlineData("await Task.WhenAny(ws.CloseAsync(ARGSCancellationToken.None), Task.Delay(100));")]
    [InlineData("ws.CloseAsync(ARGSCancellationToken.None).Wait(1000);")]
    [InlineData("_ = ws.CloseAsync(ARGSCancellationToken.None);")]
    // The other end has closed.
    [InlineData("var r = await ws.ReceiveAsync(new byte[9], ct); if (r.MessageType == WebSocketMessageType.Close) { await ws.CloseAsync(ARGSCancellationToken.None); }")]
    [InlineData("var r = await ws.ReceiveAsync(new byte[9], ct); switch (r.MessageType) { case WebSocketMessageType.Close: await ws.CloseAsync(ARGSCancellationToken.None); break; }")]
    [InlineData("var r = await ws.ReceiveAsync(new byte[9], ct); while (!r.CloseStatus.HasValue) { r = await ws.ReceiveAsync(new byte[9], ct); } await ws.CloseAsync(r.CloseStatus.Value, r.CloseStatusDescription, CancellationToken.None);")]
    [InlineData("var r = await ws.ReceiveAsync(new byte[9], ct); bool closed = r.MessageType == WebSocketMessageType.Close; if (closed) await ws.CloseAsync(ARGSCancellationToken.None);")]
    [InlineData("if (ws.State == WebSocketState.CloseReceived) await ws.CloseAsync(ARGSCancellationToken.None);")]
    [InlineData("while (ws.State == WebSocketState.Open) { await ws.ReceiveAsync(new byte[9], ct); } await ws.CloseAsync(ARGSCancellationToken.None);")]
    [InlineData("var r = await ws.ReceiveAsync(new byte[9], ct); if (r.MessageType != WebSocketMessageType.Close) { } else { await ws.CloseAsync(ARGSdefault); }")]
    // It has closed when the loop of another method has ended.
    [InlineData("await Receive(ws, ct); await ws.CloseAsync(ARGSdefault); } static async Task Receive(WebSocket ws, CancellationToken ct) { while (true) { var r = await ws.ReceiveAsync(new byte[9], ct); if (r.MessageType == WebSocketMessageType.Close) break; }")]
    [InlineData("var receiving = Receive(ws, ct); await receiving; await ws.CloseAsync(ARGSdefault); } static async Task Receive(WebSocket ws, CancellationToken ct) { while (true) { var r = await ws.ReceiveAsync(new byte[9], ct); if (r.MessageType == WebSocketMessageType.Close) break; }")]
    [InlineData("var receiving = Task.Run(async () => { while (true) { var r = await ws.ReceiveAsync(new byte[9], ct); if (r.MessageType == WebSocketMessageType.Close) break; } }); await Task.WhenAll(receiving); await ws.CloseAsync(ARGSdefault);")]
    [InlineData("var receiving = Receive(ws, ct); var other = Task.Delay(99); Task.WaitAll(receiving, other); await ws.CloseAsync(ARGSdefault); } static async Task Receive(WebSocket ws, CancellationToken ct) { while (true) { var r = await ws.ReceiveAsync(new byte[9], ct); if (r.MessageType == WebSocketMessageType.Close) break; }")]
    // It throws at once.
    [InlineData("if (ws.State == WebSocketState.Closed) await ws.CloseAsync(ARGSdefault);")]
    public Task Silent(string body) => Verify<WS2006CloseWithoutTimeout>.SilentAsync(Source.Method(body.Replace("ARGS", Arguments)));

    [Theory]
    [InlineData("class FactAttribute : Attribute { } [Fact] async Task M(WebSocket ws) => await ws.CloseAsync(ARGSdefault);")]
    [InlineData("class WebSocket { public Task CloseAsync(WebSocketCloseStatus s, string? d, CancellationToken t) => Task.CompletedTask; } async Task M(WebSocket ws) => await ws.CloseAsync(ARGSdefault);")]
    public Task Silent_in_classes(string members) => Verify<WS2006CloseWithoutTimeout>.SilentAsync(Source.Class(members.Replace("ARGS", Arguments)));

    [Theory]
    [InlineData("await ws.CloseAsync(WebSocketCloseStatus.NormalClosure, ")]
    public Task Half_typed(string body) => Verify<WS2006CloseWithoutTimeout>.SilentAsync(Source.Method(body), new() { Compiles = false });

    [Fact]
    public Task Fix_all() => Verify<WS2006CloseWithoutTimeout>.FixesAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            async Task A(ClientWebSocket socket)
            {
                // politely
                await socket.[|CloseAsync|](WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None).ConfigureAwait(false); // done
            }

            async Task B(WebSocket socket)
            {
                if (socket.State == WebSocketState.Open)
                    await socket.[|CloseAsync|](WebSocketCloseStatus.NormalClosure, null, default);
            }

            Task D(WebSocket socket) => socket.[|CloseAsync|](WebSocketCloseStatus.NormalClosure, null, default);
        }
        """, """
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            async Task A(ClientWebSocket socket)
            {
                // politely
                using var closeTimeout = new CancellationTokenSource(TimeSpan.FromSeconds(5));
                try
                {
                    await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", closeTimeout.Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    socket.Abort();
                } // done
            }

            async Task B(WebSocket socket)
            {
                if (socket.State == WebSocketState.Open)
                {
                    using var closeTimeout = new CancellationTokenSource(TimeSpan.FromSeconds(5));
                    try
                    {
                        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, closeTimeout.Token);
                    }
                    catch (OperationCanceledException)
                    {
                        socket.Abort();
                    }
                }
            }

            Task D(WebSocket socket) => socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, new CancellationTokenSource(TimeSpan.FromSeconds(5)).Token);
        }
        """);
}

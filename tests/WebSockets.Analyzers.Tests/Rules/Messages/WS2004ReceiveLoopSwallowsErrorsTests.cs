using WebSockets.Analyzers.CodeFixes.Rules.Messages;
using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.Tests.Rules.Messages;

public class WS2004ReceiveLoopSwallowsErrorsTests
{
    private const string Try = "try { var r = await ws.ReceiveAsync(b, ct); if (r.MessageType == WebSocketMessageType.Close) break; }";

    [Theory]
    [InlineData("while (true) { TRY [|catch|] { } }")]
    [InlineData("while (true) { TRY [|catch|] (Exception e) { handle(e.Message); } }")]
    [InlineData("while (true) { TRY [|catch|] (WebSocketException e) { handle(e.Message); } }")]
    [InlineData("while (!ct.IsCancellationRequested) { TRY [|catch|] (Exception) { continue; } }")]
    [InlineData("while (ws.State != WebSocketState.Closed) { TRY [|catch|] (Exception) { } }")]
    [InlineData("for (; ; ) { TRY [|catch|] (Exception) { } }")]
    [InlineData("while (true) { TRY catch (OperationCanceledException) { break; } [|catch|] (Exception) { } }")]
    [InlineData("while (true) { TRY [|catch|] (Exception) { if (ct.IsCancellationRequested) break; } }")]
    [InlineData("while (true) { TRY [|catch|] (Exception e) when (e is not OperationCanceledException) { } }")]
    // With a pause it is as endless.
    [InlineData("while (true) { TRY [|catch|] (Exception) { await Task.Delay(1000); } }")]
    // A flag that nobody clears here.
    [InlineData("bool running = true; while (running) { TRY [|catch|] (Exception e) { Console.WriteLine(e); } }")]
    public Task Reports(string body) => Verify<WS2004ReceiveLoopSwallowsErrors>.ReportsAsync(Source.Method("var b = new byte[99]; " + body.Replace("TRY", Try)));

    [Theory]
    [InlineData("while (true) { TRY catch { break; } }")]
    [InlineData("while (true) { TRY catch (Exception) { return; } }")]
    [InlineData("while (true) { TRY catch (Exception) { throw; } }")]
    [InlineData("while (true) { TRY catch (Exception) when (ws.State == WebSocketState.Open) { } }")]
    [InlineData("while (true) { TRY catch (Exception) { if (ws.State != WebSocketState.Open) break; } }")]
    [InlineData("while (ws.State == WebSocketState.Open) { TRY catch (Exception) { } }")]
    [InlineData("while (ws.State is WebSocketState.Open or WebSocketState.CloseSent) { TRY catch (Exception) { } }")]
    [InlineData("while (true) { if (ws.State != WebSocketState.Open) break; TRY catch (Exception) { } }")]
    [InlineData("bool running = true; while (running) { TRY catch (Exception) { running = false; } }")]
    [InlineData("for (int i = 0; i < 5; i++) { TRY catch (Exception) { } }")]
    [InlineData("int errors = 0; while (errors < 5) { TRY catch (Exception) { errors++; } }")]
    // What a lost connection does not throw, twice.
    [InlineData("while (true) { TRY catch (OperationCanceledException) { } }")]
    [InlineData("while (true) { TRY catch (JsonException) { } }")]
    [InlineData("while (true) { TRY catch (WebSocketException e) { if (e.WebSocketErrorCode == WebSocketError.ConnectionClosedPrematurely) break; } }")]
    // The loop is inside.
    [InlineData("try { while (true) { await ws.ReceiveAsync(b, ct); } } catch (Exception) { }")]
    // Another socket each time.
    [InlineData("while (true) { var own = new ClientWebSocket(); try { await own.ReceiveAsync(b, ct); } catch (Exception) { } }")]
    [InlineData("while (true) { TRY catch (Exception) { ws = new ClientWebSocket(); } }")]
    // A lambda's loop is another function's.
    [InlineData("while (true) { Func<Task> f = async () => { try { await ws.ReceiveAsync(b, ct); } catch { } }; await f(); }")]
    public Task Silent(string body) => Verify<WS2004ReceiveLoopSwallowsErrors>.SilentAsync(Source.Method("var b = new byte[99]; " + body.Replace("TRY", Try)));

    [Theory]
    [InlineData("readonly ClientWebSocket _ws = new(); async Task Loop() { while (true) { try { await Next(); } [|catch|] (Exception e) { Console.WriteLine(e); } } } async Task Next() { var b = new byte[9]; await _ws.ReceiveAsync(b, default); }")]
    [InlineData("async Task Loop(WebSocket ws) { while (true) { try { await Next(ws); } [|catch|] (Exception e) { Console.WriteLine(e); } } } static async Task<int> Next(WebSocket s) { var b = new byte[9]; return (await s.ReceiveAsync(b, default)).Count; }")]
    // A log of the project's own stops nothing.
    [InlineData("interface ILog { void Info(string text); } async Task M(WebSocket ws, ILog log, CancellationToken ct) { while (!ct.IsCancellationRequested) { try { await ws.ReceiveAsync(new byte[9], ct); } catch (OperationCanceledException) { break; } [|catch|] (Exception e) { log.Info(e.Message); } } }")]
    public Task Reports_a_receive_in_a_method(string members) => Verify<WS2004ReceiveLoopSwallowsErrors>.ReportsAsync(Source.Class(members));

    [Theory]
    // Renewed elsewhere, or told to somebody who may stop it.
    [InlineData("ClientWebSocket _ws = new(); void Renew() { _ws = new(); } async Task Loop() { var b = new byte[9]; while (true) { try { await _ws.ReceiveAsync(b, default); } catch (Exception) { await Reconnect(); } } } Task Reconnect() { Renew(); return Task.CompletedTask; }")]
    [InlineData("bool _run = true; readonly ClientWebSocket _ws = new(); event Action? Lost; async Task Loop() { var b = new byte[9]; while (_run) { try { await _ws.ReceiveAsync(b, default); } catch (Exception) { Lost?.Invoke(); } } }")]
    [InlineData("bool _run = true; readonly ClientWebSocket _ws = new(); void Stop() => _run = false; async Task Loop() { var b = new byte[9]; while (_run) { try { await _ws.ReceiveAsync(b, default); } catch (Exception) { Stop(); } } }")]
    [InlineData("readonly ClientWebSocket _ws = new(); async Task Loop() { while (true) { try { await Next(); } catch (Exception) { } } } async Task Next() { if (_ws.State != WebSocketState.Open) return; await _ws.ReceiveAsync(new byte[9], default); }")]
    [InlineData("class FactAttribute : Attribute { } [Fact] async Task M(WebSocket ws) { while (true) { try { await ws.ReceiveAsync(new byte[9], default); } catch { } } }")]
    [InlineData("class WebSocket { public Task ReceiveAsync(byte[] b) => Task.CompletedTask; } async Task M(WebSocket ws, ClientWebSocket c) { while (true) { try { await ws.ReceiveAsync(new byte[9]); } catch { } } }")]
    public Task Silent_in_classes(string members) => Verify<WS2004ReceiveLoopSwallowsErrors>.SilentAsync(Source.Class(members));

    [Theory]
    [InlineData("while (true) { try { await ws.ReceiveAsync( } catch { } }")]
    [InlineData("while (true) { try { await ws.ReceiveAsync(new byte[9], ct); } catch (")]
    public Task Half_typed(string body) => Verify<WS2004ReceiveLoopSwallowsErrors>.SilentAsync(Source.Method(body.Replace("new byte[9], ct); } catch (", "new byte[9], ; return; } catch (Exce")), new() { Compiles = false });

    [Fact]
    public Task Says_that_it_never_ends() => Verify<WS2004ReceiveLoopSwallowsErrors>.ReportsAsync(Source.Method("var b = new byte[99]; while (true) { " + Try + " [|catch|] (Exception) { Thread.Sleep(50); } }"));

    private const string Wrong = """
        using System;
        using System.Net.WebSockets;
        using System.Threading.Tasks;
        class C
        {
            async Task A(WebSocket socket)
            {
                var buffer = new byte[512];
                while (true)
                {
                    try
                    {
                        await socket.ReceiveAsync(buffer, default);
                    }
                    [|catch|] (Exception e) // all of them
                    {
                        Console.WriteLine(e); // logged
                    }
                }
            }

            async Task B(WebSocket socket)
            {
                while (true)
                {
                    try { await socket.ReceiveAsync(new byte[9], default); }
                    [|catch|] { }
                }
            }

            async Task D(WebSocket socket)
            {
                while (true)
                {
                    try
                    {
                        await socket.ReceiveAsync(new byte[9], default);
                    }
                    [|catch|]
                    {
                        // nothing to do
                    }
                }
            }
        }
        """;

    [Fact]
    public Task Fix_all_leaves_the_loops() => Verify<WS2004ReceiveLoopSwallowsErrors>.FixesAsync(Wrong, Wrong
        .Replace("[|catch|]", "catch")
        .Replace("                Console.WriteLine(e); // logged\n", "                Console.WriteLine(e); // logged\n                break;\n")
        .Replace("catch { }", "catch { break; }")
        .Replace("                // nothing to do\n", "                // nothing to do\n                break;\n"), WS2004ReceiveLoopSwallowsErrorsFix.BreakTitle);

    [Fact]
    public Task Fix_all_filters() => Verify<WS2004ReceiveLoopSwallowsErrors>.FixesAsync(Wrong, Wrong
        .Replace("[|catch|] (Exception e) // all", "catch (Exception e) when (socket.State == WebSocketState.Open) // all")
        .Replace("[|catch|] { }", "catch when (socket.State == WebSocketState.Open) { }")
        .Replace("[|catch|]\n", "catch when (socket.State == WebSocketState.Open)\n"), WS2004ReceiveLoopSwallowsErrorsFix.FilterTitle);
}

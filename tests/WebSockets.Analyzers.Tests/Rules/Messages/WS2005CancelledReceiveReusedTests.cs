using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.Tests.Rules.Messages;

public class WS2005CancelledReceiveReusedTests
{
    private const string Timed = "using var late = new CancellationTokenSource(1000); ";

    [Theory]
    // The handler goes on.
    [InlineData("while (true) { " + Timed + "try { await ws.[|ReceiveAsync|](new byte[9], late.Token); } catch (OperationCanceledException) { } }")]
    [InlineData("while (true) { " + Timed + "try { await ws.[|ReceiveAsync|](new byte[9], late.Token); } catch (TaskCanceledException) { continue; } }")]
    [InlineData("while (true) { using var late = CancellationTokenSource.CreateLinkedTokenSource(ct); late.CancelAfter(1000); try { await ws.[|ReceiveAsync|](new byte[9], late.Token); } catch (OperationCanceledException) { Console.WriteLine(); } }")]
    [InlineData("while (true) { try { await ws.[|SendAsync|](new byte[9], WebSocketMessageType.Text, true, new CancellationTokenSource(TimeSpan.FromSeconds(1)).Token); } catch (OperationCanceledException) { } }")]
    // A loop over the state would end, but the handler sends first.
    [InlineData("while (ws.State == WebSocketState.Open) { " + Timed + "try { await ws.[|ReceiveAsync|](new byte[9], late.Token); } catch (OperationCanceledException) { await ws.SendAsync(new byte[1], WebSocketMessageType.Text, true, ct); } }")]
    public Task Reports_a_timeout(string body) => Verify<WS2005CancelledReceiveReused>.ReportsAsync(Source.Method(body));

    [Theory]
    [InlineData("static async Task<string?> Next(ClientWebSocket ws) { try { var b = new byte[9]; using var late = new CancellationTokenSource(1000); var r = await ws.[|ReceiveAsync|](b, late.Token); return Encoding.UTF8.GetString(b, 0, r.Count); } catch (OperationCanceledException) { return null; } }")]
    [InlineData("readonly ClientWebSocket _ws = new(); readonly CancellationTokenSource _stop = new(); async Task Loop(CancellationToken t) { await _ws.ReceiveAsync(new byte[9], t); } void Start() => Loop(_stop.Token); async Task Stop() { _stop.Cancel(); await _ws.[|CloseAsync|](WebSocketCloseStatus.NormalClosure, null, default); }")]
    [InlineData("ClientWebSocket? _ws; CancellationTokenSource? _stop; async Task Loop() { using var own = CancellationTokenSource.CreateLinkedTokenSource(_stop!.Token); await _ws!.ReceiveAsync(new byte[9], own.Token); } async Task Stop() { try { _stop?.Cancel(); } catch { } if (_ws is { State: WebSocketState.Open }) { await _ws.[|CloseOutputAsync|](WebSocketCloseStatus.NormalClosure, null, default); } }")]
    public Task Reports_in_classes(string members) => Verify<WS2005CancelledReceiveReused>.ReportsAsync(Source.Class(members));

    [Theory]
    // The socket goes, or the loop.
    [InlineData("while (true) { " + Timed + "try { await ws.ReceiveAsync(new byte[9], late.Token); } catch (OperationCanceledException) { throw; } }")]
    [InlineData("while (true) { " + Timed + "try { await ws.ReceiveAsync(new byte[9], late.Token); } catch (OperationCanceledException) { ws.Abort(); break; } }")]
    [InlineData("while (true) { " + Timed + "try { await ws.ReceiveAsync(new byte[9], late.Token); } catch (OperationCanceledException) { ws.Dispose(); } }")]
    [InlineData("while (ws.State == WebSocketState.Open) { " + Timed + "try { await ws.ReceiveAsync(new byte[9], late.Token); } catch (OperationCanceledException) { } }")]
    [InlineData("var own = new ClientWebSocket(); while (true) { " + Timed + "try { await own.ReceiveAsync(new byte[9], late.Token); } catch (OperationCanceledException) { break; } }")]
    // No handler, or no time.
    [InlineData(Timed + "await ws.ReceiveAsync(new byte[9], late.Token);")]
    [InlineData("while (true) { try { await ws.ReceiveAsync(new byte[9], ct); } catch (OperationCanceledException) { } }")]
    [InlineData("while (true) { try { await ws.ReceiveAsync(new byte[9], CancellationToken.None); } catch (Exception) { } }")]
    public Task Silent(string body) => Verify<WS2005CancelledReceiveReused>.SilentAsync(Source.Method(body));

    [Theory]
    // Closed first, another source, another socket, no socket at all.
    [InlineData("readonly ClientWebSocket _ws = new(); readonly CancellationTokenSource _stop = new(); async Task Loop() => await _ws.ReceiveAsync(new byte[9], _stop.Token); async Task Stop() { await _ws.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default); _stop.Cancel(); }")]
    [InlineData("readonly ClientWebSocket _ws = new(); readonly CancellationTokenSource _stop = new(), _timer = new(); async Task Loop() { await _ws.ReceiveAsync(new byte[9], _stop.Token); } async Task Stop() { _timer.Cancel(); await _ws.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default); }")]
    [InlineData("readonly ClientWebSocket _a = new(), _b = new(); readonly CancellationTokenSource _stop = new(); async Task Loop() { await _a.ReceiveAsync(new byte[9], _stop.Token); } async Task Stop() { _stop.Cancel(); await _b.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default); }")]
    [InlineData("readonly ClientWebSocket _ws = new(); readonly CancellationTokenSource _stop = new(); async Task Loop() { await _ws.ReceiveAsync(new byte[9], default); } async Task Stop() { _stop.Cancel(); await _ws.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default); }")]
    [InlineData("class WebSocket { public Task ReceiveAsync(byte[] b, CancellationToken t) => Task.CompletedTask; public Task CloseAsync() => Task.CompletedTask; } readonly WebSocket _ws = new(); readonly CancellationTokenSource _stop = new(); readonly ClientWebSocket _c = new(); async Task Loop() { await _ws.ReceiveAsync(new byte[9], _stop.Token); } async Task Stop() { _stop.Cancel(); await _ws.CloseAsync(); }")]
    public Task Silent_in_classes(string members) => Verify<WS2005CancelledReceiveReused>.SilentAsync(Source.Class(members));

    [Theory]
    [InlineData("try { await ws.ReceiveAsync(new byte[9], late.); } catch (OperationCanceledException) { }")]
    [InlineData("ct.Cancel(; await ws.CloseAsync(")]
    public Task Half_typed(string body) => Verify<WS2005CancelledReceiveReused>.SilentAsync(Source.Method(body), new() { Compiles = false });

    [Fact]
    public Task A_timeout_is_for_a_person() => Verify<WS2005CancelledReceiveReused>.NotFixableAsync(Source.Method("while (true) { " + Timed + "try { await ws.[|ReceiveAsync|](new byte[9], late.Token); } catch (OperationCanceledException) { } }"));

    [Fact]
    public Task Fix_all_keeps_comments() => Verify<WS2005CancelledReceiveReused>.FixesAsync("""
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            ClientWebSocket? _socket;
            CancellationTokenSource? _stop;

            async Task ReceiveAsync() => await _socket!.ReceiveAsync(new byte[9], _stop!.Token);

            async Task StopAsync()
            {
                // the loop
                _stop?.Cancel();

                // the socket
                if (_socket != null)
                {
                    await _socket.[|CloseAsync|](WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                }
                _socket?.Dispose();
            }

            async Task EndAsync()
            {
                await _stop!.CancelAsync();
                await _socket!.[|CloseOutputAsync|](WebSocketCloseStatus.NormalClosure, null, CancellationToken.None); // bye
            }
        }
        """, """
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            ClientWebSocket? _socket;
            CancellationTokenSource? _stop;

            async Task ReceiveAsync() => await _socket!.ReceiveAsync(new byte[9], _stop!.Token);

            async Task StopAsync()
            {
                // the socket
                if (_socket != null)
                {
                    await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                }
                // the loop
                _stop?.Cancel();
                _socket?.Dispose();
            }

            async Task EndAsync()
            {
                await _socket!.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None); // bye
                await _stop!.CancelAsync();
            }
        }
        """);
}

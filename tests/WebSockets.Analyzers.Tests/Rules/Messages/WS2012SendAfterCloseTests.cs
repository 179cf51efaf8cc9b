using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.Tests.Rules.Messages;

public class WS2012SendAfterCloseTests
{
    private const string Close = "await ws.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ct); ";
    private const string Send = "(new byte[1], WebSocketMessageType.Text, true, ct);";

    [Theory]
    [InlineData(Close + "await ws.[|SendAsync|]" + Send)]
    [InlineData("await ws.CloseAsync(WebSocketCloseStatus.NormalClosure, null, ct).ConfigureAwait(false); await ws.[|SendAsync|]" + Send)]
    [InlineData(Close + "if (ct.CanBeCanceled) { await ws.[|SendAsync|]" + Send + " }")]
    [InlineData(Close + "try { await ws.[|SendAsync|]" + Send + " } finally { }")]
    [InlineData("if (ws.State == WebSocketState.Open) { " + Close + "await ws.[|SendAsync|]" + Send + " }")]
    public Task Reports(string body) => Verify<WS2012SendAfterClose>.ReportsAsync(Source.Method(body));

    [Theory]
    [InlineData("await ws.SendAsync" + Send + Close)]
    [InlineData("if (ct.IsCancellationRequested) { " + Close + "} await ws.SendAsync" + Send)]
    [InlineData("try { " + Close + "} catch { } await ws.SendAsync" + Send)]
    [InlineData(Close + "ws = new ClientWebSocket(); await ws.SendAsync" + Send)]
    [InlineData(Close + "WebSocket other = new ClientWebSocket(); await other.SendAsync" + Send)]
    [InlineData(Close + "Func<Task> f = async () => await ws.SendAsync" + Send)]
    [InlineData(Close + "await ws.ReceiveAsync(new byte[9], ct);")]
    // The state keeps it from running.
    [InlineData(Close + "if (ws.State == WebSocketState.Open) await ws.SendAsync" + Send)]
    [InlineData(Close + "if (ws.State != WebSocketState.Open) return; await ws.SendAsync" + Send)]
    public Task Silent(string body) => Verify<WS2012SendAfterClose>.SilentAsync(Source.Method(body));

    [Theory]
    [InlineData("class FactAttribute : Attribute { } [Fact] async Task M(WebSocket ws, CancellationToken ct) { " + Close + "await ws.SendAsync" + Send + " }")]
    [InlineData("class WebSocket { public Task SendAsync(byte[] b, WebSocketMessageType t, bool e, CancellationToken c) => Task.CompletedTask; public Task CloseOutputAsync(WebSocketCloseStatus s, string? d, CancellationToken c) => Task.CompletedTask; } async Task M(WebSocket ws, CancellationToken ct) { " + Close + "await ws.SendAsync" + Send + " }")]
    public Task Silent_in_classes(string members) => Verify<WS2012SendAfterClose>.SilentAsync(Source.Class(members));

    [Theory]
    [InlineData(Close + "await ws.SendAsync(new")]
    public Task Half_typed(string body) => Verify<WS2012SendAfterClose>.SilentAsync(Source.Method(body.Replace("(new", "().")), new() { Compiles = false });

    [Fact]
    public Task Says_where_the_close_is() => Verify<WS2012SendAfterClose>.SaysAsync(Source.Method(Close + "\n await ws.{|#0:SendAsync|}" + Send),
        "This always throws WebSocketException and the message is lost: CloseOutputAsync in line 13 has closed 'ws' for sending; send before the close");
}

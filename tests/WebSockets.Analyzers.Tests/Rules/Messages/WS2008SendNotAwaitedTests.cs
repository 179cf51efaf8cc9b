using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.Tests.Rules.Messages;

public class WS2008SendNotAwaitedTests
{
    private const string Send = "SendAsync(new byte[9], WebSocketMessageType.Text, true, default)";

    [Theory]
    [InlineData("void M(WebSocket ws) { ws.[|SendAsync|]ARGS; }")]
    [InlineData("void M(WebSocket ws) => ws.[|SendAsync|]ARGS;")]
    [InlineData("void M(ClientWebSocket? ws) { ws?.[|SendAsync|]ARGS; }")]
    [InlineData("void M(WebSocket ws) { ws.[|SendAsync|]ARGS.ConfigureAwait(false); }")]
    [InlineData("async Task M(WebSocket ws) { _ = ws.[|SendAsync|]ARGS; await Task.Yield(); }")]
    [InlineData("void M(WebSocket ws) { _ = ws.[|SendAsync|](new byte[9].AsMemory(), WebSocketMessageType.Text, true, default).AsTask(); }")]
    [InlineData("void M(WebSocket ws, List<int> all) { all.ForEach(_ => ws.[|SendAsync|]ARGS); }")]
    [InlineData("void M(WebSocket ws) { Action a = () => { ws.[|SendAsync|]ARGS; }; a(); }")]
    [InlineData("void M(WebSocket ws) { ws.[|SendAsync|]ARGS.ContinueWith(_ => Console.WriteLine(\"sent\")); }")]
    public Task Reports(string members) => Verify<WS2008SendNotAwaited>.ReportsAsync(Source.Class(members.Replace("ARGS", Send["SendAsync".Length..])));

    [Theory]
    [InlineData("async Task M(WebSocket ws) { await ws.SEND; }")]
    [InlineData("Task M(WebSocket ws) => ws.SEND;")]
    [InlineData("Task M(WebSocket ws) { var t = ws.SEND; return t; }")]
    [InlineData("Task? _t; void M(WebSocket ws) { _t = ws.SEND; }")]
    [InlineData("void M(WebSocket ws) { ws.SEND.Wait(); }")]
    [InlineData("void M(WebSocket ws) { ws.SEND.GetAwaiter().GetResult(); }")]
    [InlineData("void M(WebSocket ws) { ws.SEND.ContinueWith(t => Console.WriteLine(t.Exception)); }")]
    [InlineData("Task M(WebSocket ws, List<int> all) => Task.WhenAll(all.Select(_ => ws.SEND));")]
    // The compiler's own CS4014.
    [InlineData("async Task M(WebSocket ws) { ws.SEND; await Task.Yield(); }")]
    [InlineData("class FactAttribute : Attribute { } [Fact] void M(WebSocket ws) { ws.SEND; }")]
    [InlineData("class WebSocket { public Task SendAsync(byte[] b, WebSocketMessageType t, bool e, CancellationToken c) => Task.CompletedTask; } void M(WebSocket ws) { ws.SEND; }")]
    public Task Silent(string members) => Verify<WS2008SendNotAwaited>.SilentAsync(Source.Class(members.Replace("SEND", Send)));

    [Theory]
    [InlineData("void M(WebSocket ws) { ws.SendAsync(new byte[9], ")]
    public Task Half_typed(string members) => Verify<WS2008SendNotAwaited>.SilentAsync(Source.Class(members), new() { Compiles = false });

    [Fact]
    public Task Fix_all_keeps_comments() => Verify<WS2008SendNotAwaited>.FixesAsync(
        Source.Method("/* a */ _ = ws.[|SendAsync|](new byte[1], WebSocketMessageType.Text, true, ct); // a\n Func<Task> f = async () => { _ = ws.[|SendAsync|](new byte[1], WebSocketMessageType.Text, true, ct); await Task.Yield(); };"),
        Source.Method("/* a */ await ws.SendAsync(new byte[1], WebSocketMessageType.Text, true, ct); // a\n Func<Task> f = async () => { await ws.SendAsync(new byte[1], WebSocketMessageType.Text, true, ct); await Task.Yield(); };"));

    [Fact]
    public Task A_synchronous_method_is_for_a_person() => Verify<WS2008SendNotAwaited>.NotFixableAsync(Source.Class("void M(WebSocket ws) { ws.[|SendAsync|](new byte[1], WebSocketMessageType.Text, true, default); }"));
}

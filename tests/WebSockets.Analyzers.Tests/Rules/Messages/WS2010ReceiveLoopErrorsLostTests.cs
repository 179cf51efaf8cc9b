using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.Tests.Rules.Messages;

public class WS2010ReceiveLoopErrorsLostTests
{
    private const string Loop = "async () => { while (true) await ws.ReceiveAsync(new byte[9], ct); }";

    [Theory]
    [InlineData("Task.Factory.[|StartNew|](LOOP);")]
    [InlineData("_ = Task.Factory.[|StartNew|](LOOP, ct, TaskCreationOptions.LongRunning, TaskScheduler.Default);")]
    [InlineData("var t = Task.Factory.[|StartNew|](LOOP); await Task.WhenAll(t);")]
    [InlineData("await Task.Factory.[|StartNew|](LOOP);")]
    [InlineData("[|new Thread(LOOP)|].Start();")]
    [InlineData("using var t = [|new Timer(async _ => await ws.SendAsync(new byte[9], WebSocketMessageType.Text, true, ct), null, 0, 1000)|];")]
    [InlineData("Each([|async s => await ws.SendAsync(new byte[9], WebSocketMessageType.Text, true, ct)|]); } void Each(Action<string> action) { action(\"\");")]
    [InlineData("Each([|async s => await ws.CloseAsync(WebSocketCloseStatus.NormalClosure, null, ct)|]); } void Each(Action<string> action) { action(\"\");")]
    // What the delegate awaits fails as well.
    [InlineData("await ws.ReceiveAsync(new byte[9], ct); Each([|async s => await Answer(ws)|]); } async Task Answer(WebSocket ws) { await ws.SendAsync(new byte[9], WebSocketMessageType.Text, true, default); } void Each(Action<string> action) { action(\"\");")]
    public Task Reports(string body) => Verify<WS2010ReceiveLoopErrorsLost>.ReportsAsync(Source.Method(body.Replace("LOOP", Loop)));

    [Theory]
    [InlineData("readonly ClientWebSocket _ws = new(); Feed() { [|Connect|](); } async Task Connect() { try { await _ws.ConnectAsync(new Uri(\"wss://example.com\"), default); } catch (Exception) { throw; } }")]
    [InlineData("readonly ClientWebSocket _ws = new(); void Open() { [|Connect|](); } void Again() { Connect(); } async void Connect() { await _ws.ConnectAsync(new Uri(\"wss://example.com\"), default); }")]
    [InlineData("readonly ClientWebSocket _ws = new(); void Open() { [|Connect|](); } async void Connect() { await _ws.ConnectAsync(new Uri(\"wss://example.com\"), default); }")]
    [InlineData("readonly ClientWebSocket _ws = new(); void Open() { Task.Factory.[|StartNew|](Receive); } async Task Receive() { await Next(); } async Task Next() => await _ws.ReceiveAsync(new byte[9], default);")]
    [InlineData("readonly ClientWebSocket _ws = new(); void Open() { Task.Factory.[|StartNew|](() => Receive()); } async Task Receive() => await _ws.ReceiveAsync(new byte[9], default);")]
    public Task Reports_in_classes(string members) => Verify<WS2010ReceiveLoopErrorsLost>.ReportsAsync(Source.Class(members));

    [Theory]
    // The inner task is held.
    [InlineData("await Task.Factory.StartNew(LOOP).Unwrap();")]
    [InlineData("await await Task.Factory.StartNew(LOOP);")]
    [InlineData("var t = Task.Factory.StartNew(LOOP); await await t;")]
    [InlineData("var t = Task.Factory.StartNew(LOOP); await t.Unwrap();")]
    [InlineData("_ = Task.Run(LOOP);")]
    // Nothing leaves the body.
    [InlineData("Task.Factory.StartNew(async () => { try { while (true) await ws.ReceiveAsync(new byte[9], ct); } catch (Exception e) { Console.WriteLine(e); } });")]
    [InlineData("new Thread(async () => { try { await ws.ReceiveAsync(new byte[9], ct); } catch { } }).Start();")]
    // No socket, or no async.
    [InlineData("Task.Factory.StartNew(async () => { await Task.Delay(9); }); await ws.ReceiveAsync(new byte[9], ct);")]
    [InlineData("Task.Factory.StartNew(() => { ws.ReceiveAsync(new byte[9], ct).Wait(); });")]
    [InlineData("await ws.ReceiveAsync(new byte[9], ct); Each(async s => await Answer(ws)); } async Task Answer(WebSocket ws) { try { await ws.SendAsync(new byte[9], WebSocketMessageType.Text, true, default); } catch { } } void Each(Action<string> action) { action(\"\");")]
    [InlineData("await ws.ReceiveAsync(new byte[9], ct); await Each(async s => await Answer(ws)); } async Task Answer(WebSocket ws) { await ws.SendAsync(new byte[9], WebSocketMessageType.Text, true, default); } async Task Each(Func<string, Task> action) { await action(\"\");")]
    [InlineData("AppDomain.CurrentDomain.ProcessExit += async (s, e) => await ws.SendAsync(new byte[9], WebSocketMessageType.Text, true, ct);")]
    public Task Silent(string body) => Verify<WS2010ReceiveLoopErrorsLost>.SilentAsync(Source.Method(body.Replace("LOOP", Loop)));

    [Theory]
    // On purpose, kept, or the compiler's own warning.
    [InlineData("readonly ClientWebSocket _ws = new(); Feed() { _ = Connect(); } async Task Connect() => await _ws.ConnectAsync(new Uri(\"wss://example.com\"), default);")]
    [InlineData("Task? _t; readonly ClientWebSocket _ws = new(); Feed() { _t = Connect(); } async Task Connect() => await _ws.ConnectAsync(new Uri(\"wss://example.com\"), default);")]
    [InlineData("readonly ClientWebSocket _ws = new(); async Task M() { await Task.Yield(); Connect(); } async Task Connect() => await _ws.ConnectAsync(new Uri(\"wss://example.com\"), default);")]
    [InlineData("readonly ClientWebSocket _ws = new(); Feed() { Connect(); } async Task Connect() { try { await _ws.ConnectAsync(new Uri(\"wss://example.com\"), default); } catch (Exception e) { Console.WriteLine(e); } }")]
    [InlineData("class FactAttribute : Attribute { } [Fact] void M(WebSocket ws) { Task.Factory.StartNew(async () => await ws.ReceiveAsync(new byte[9], default)); }")]
    [InlineData("class WebSocket { public Task ReceiveAsync(byte[] b) => Task.CompletedTask; } void M(WebSocket ws, ClientWebSocket c) { Task.Factory.StartNew(async () => await ws.ReceiveAsync(new byte[9])); }")]
    public Task Silent_in_classes(string members) => Verify<WS2010ReceiveLoopErrorsLost>.SilentAsync(Source.Class(members));

    [Theory]
    [InlineData("Task.Factory.StartNew(async () => { await ws.ReceiveAsync(")]
    [InlineData("Task.Factory.StartNew(async () => ; new Thread(async ")]
    public Task Half_typed(string body) => Verify<WS2010ReceiveLoopErrorsLost>.SilentAsync(Source.Method(body), new() { Compiles = false });

    [Fact]
    public Task Fix_all() => Verify<WS2010ReceiveLoopErrorsLost>.FixesAsync(
        Source.Method("/* a */ var a = Task.Factory.[|StartNew|](LOOP); /* b */ var b = Task.Factory.[|StartNew|](LOOP, ct, TaskCreationOptions.LongRunning, TaskScheduler.Default); await Task.WhenAll(a, b);".Replace("LOOP", Loop)),
        Source.Method("/* a */ var a = Task.Run(LOOP); /* b */ var b = Task.Run(LOOP, ct); await Task.WhenAll(a, b);".Replace("LOOP", Loop)));

    [Fact]
    public Task A_thread_is_for_a_person() => Verify<WS2010ReceiveLoopErrorsLost>.NotFixableAsync(Source.Method("[|new Thread(LOOP)|].Start();".Replace("LOOP", Loop)));
}

using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.Tests.Rules.Messages;

public class WS2011CloseArgumentsInvalidTests
{
    private static readonly string Long = new('x', 124);

    [Theory]
    [InlineData("await ws.CloseAsync([|(WebSocketCloseStatus)1006|], \"x\", ct);", "await ws.CloseAsync(WebSocketCloseStatus.InternalServerError, \"x\", ct);")]
    [InlineData("await ws.CloseOutputAsync([|(WebSocketCloseStatus)1015|], null, ct);", "await ws.CloseOutputAsync(WebSocketCloseStatus.InternalServerError, null, ct);")]
    [InlineData("await ws.CloseOutputAsync([|(WebSocketCloseStatus)200|], null, ct);", "await ws.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ct);")]
    [InlineData("await ws.CloseAsync([|WebSocketCloseStatus.Empty|], \"x\", ct);", "await ws.CloseAsync(WebSocketCloseStatus.NormalClosure, \"x\", ct);")]
    [InlineData("await ws.SendAsync(new ArraySegment<byte>(new byte[0]), [|WebSocketMessageType.Close|], true, ct);", "await ws.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ct);")]
    [InlineData("await ws.SendAsync(new byte[0].AsMemory(), [|WebSocketMessageType.Close|], true, ct).ConfigureAwait(false);", "await ws.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ct).ConfigureAwait(false);")]
    [InlineData("const WebSocketCloseStatus S = (WebSocketCloseStatus)1006; await ws.CloseAsync([|S|], null, ct);", "const WebSocketCloseStatus S = (WebSocketCloseStatus)1006; await ws.CloseAsync(WebSocketCloseStatus.InternalServerError, null, ct);")]
    public Task Reports_and_fixes(string wrong, string right) => Verify<WS2011CloseArgumentsInvalid>.FixesAsync(Source.Method(wrong), Source.Method(right));

    [Fact]
    public Task A_long_description() => Verify<WS2011CloseArgumentsInvalid>.FixesAsync(
        Source.Method($"await ws.CloseAsync(WebSocketCloseStatus.NormalClosure, [|\"{Long}\"|], ct);"), Source.Method($"await ws.CloseAsync(WebSocketCloseStatus.NormalClosure, \"{Long[1..]}\", ct);"));

    [Fact]
    public Task Bytes_count_and_not_characters() => Verify<WS2011CloseArgumentsInvalid>.FixesAsync(
        Source.Method($"await ws.CloseAsync(WebSocketCloseStatus.NormalClosure, [|\"{new string('é', 62)}\"|], ct);"), Source.Method($"await ws.CloseAsync(WebSocketCloseStatus.NormalClosure, \"{new string('é', 61)}\", ct);"));

    [Theory]
    [InlineData("await ws.CloseAsync((WebSocketCloseStatus)4000, \"x\", ct);")]
    [InlineData("await ws.CloseAsync(WebSocketCloseStatus.NormalClosure, null, ct);")]
    [InlineData("await ws.CloseAsync(WebSocketCloseStatus.Empty, null, ct);")]
    [InlineData("var r = await ws.ReceiveAsync(new byte[9], ct); await ws.CloseAsync(r.CloseStatus!.Value, r.CloseStatusDescription, ct);")]
    [InlineData("await ws.SendAsync(new byte[1], WebSocketMessageType.Text, true, ct);")]
    [InlineData("var r = await ws.ReceiveAsync(new byte[9], ct); await ws.SendAsync(new byte[1], r.MessageType, true, ct);")]
    public Task Silent(string body) => Verify<WS2011CloseArgumentsInvalid>.SilentAsync(Source.Method(body));

    [Theory]
    [InlineData("class FactAttribute : Attribute { } [Fact] Task M(WebSocket ws) => ws.CloseAsync((WebSocketCloseStatus)1006, null, default);")]
    [InlineData("class WebSocket { public Task CloseAsync(WebSocketCloseStatus s, string? d, CancellationToken t) => Task.CompletedTask; } Task M(WebSocket ws) => ws.CloseAsync((WebSocketCloseStatus)1006, null, default);")]
    public Task Silent_in_classes(string members) => Verify<WS2011CloseArgumentsInvalid>.SilentAsync(Source.Class(members));

    [Theory]
    [InlineData("await ws.CloseAsync((WebSocketCloseStatus), ")]
    [InlineData("await ws.SendAsync(, WebSocketMessageType., ")]
    public Task Half_typed(string body) => Verify<WS2011CloseArgumentsInvalid>.SilentAsync(Source.Method(body), new() { Compiles = false });

    [Fact]
    public Task A_description_of_a_constant_is_for_a_person() => Verify<WS2011CloseArgumentsInvalid>.NotFixableAsync(Source.Method($"const string D = \"{Long}\"; await ws.CloseAsync(WebSocketCloseStatus.NormalClosure, [|D|], ct);"));
}

using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.Tests.Rules.Server;

public class WS3014ShutdownIgnoredTests
{
    private const string Usings = """
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Http;
        using Microsoft.Extensions.Hosting;

        """;

    private static string Handler(string body) => Usings + $"class E {{ async Task A(HttpContext c, CancellationToken t, IHostApplicationLifetime life) {{ var b = new byte[9]; {body} }} }}";

    [Theory]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync(); while (s.State == WebSocketState.Open) await s.[|ReceiveAsync|](b, CancellationToken.None);")]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync(); while (true) { await s.[|ReceiveAsync|](b, default); }")]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync(); while (true) await s.[|ReceiveAsync|](b.AsMemory(), c.RequestAborted);")]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync(); do { await s.[|ReceiveAsync|](new ArraySegment<byte>(b), c.RequestAborted); } while (s.State == WebSocketState.Open);")]
    public Task Nothing_ends_the_loop(string body) => Verify<WS3014ShutdownIgnored>.ReportsAsync(Handler(body));

    [Theory]
    [InlineData("class E { async Task A(HttpContext c) { using var s = await c.WebSockets.AcceptWebSocketAsync(); await Loop(s); } static async Task Loop(WebSocket s) { while (true) await s.[|ReceiveAsync|](new byte[9], CancellationToken.None); } }")]
    [InlineData("class E { async Task A(HttpContext c) => await Loop(await c.WebSockets.AcceptWebSocketAsync()); static async Task Loop(WebSocket s) { while (true) await s.[|ReceiveAsync|](new byte[9], CancellationToken.None); } }")]
    [InlineData("record Client(WebSocket Socket); class E { async Task A(HttpContext c) => await Loop(new Client(await c.WebSockets.AcceptWebSocketAsync())); static async Task Loop(Client l) { while (true) await l.Socket.[|ReceiveAsync|](new byte[9], CancellationToken.None); } }")]
    public Task In_a_method_that_gets_the_socket(string code) => Verify<WS3014ShutdownIgnored>.ReportsAsync(Usings + code);

    [Theory]
    [InlineData("class E { async Task A(HttpContext c) => await Loop(await c.WebSockets.AcceptWebSocketAsync(), CancellationToken.None); static async Task Loop(WebSocket s, CancellationToken t) { while (true) await s.[|ReceiveAsync|](new byte[9], t); } }")]
    [InlineData("class E { async Task A(HttpContext c) => await Loop(await c.WebSockets.AcceptWebSocketAsync()); static async Task Loop(WebSocket s, CancellationToken t = default) { while (true) await s.[|ReceiveAsync|](new byte[9], t); } }")]
    public Task Under_a_parameter_that_no_token_is_given_for(string code) => Verify<WS3014ShutdownIgnored>.ReportsAsync(Usings + code);

    [Theory]
    [InlineData("class E { CancellationTokenSource o = new(); async Task A(HttpContext c) => await Loop(await c.WebSockets.AcceptWebSocketAsync(), default); async Task B(HttpContext c) => await Loop(await c.WebSockets.AcceptWebSocketAsync(), o.Token); static async Task Loop(WebSocket s, CancellationToken t) { while (true) await s.ReceiveAsync(new byte[9], t); } }")]
    [InlineData("class E { async Task A(HttpContext c) => await Loop(await c.WebSockets.AcceptWebSocketAsync(), c.RequestAborted); static async Task Loop(WebSocket s, CancellationToken t) { while (true) await s.ReceiveAsync(new byte[9], t); } }")]
    [InlineData("public class E : Microsoft.AspNetCore.Mvc.ControllerBase { public async Task A(CancellationToken t) { var s = await HttpContext.WebSockets.AcceptWebSocketAsync(); while (true) await s.ReceiveAsync(new byte[9], t); } }")]
    public Task Under_a_token_of_others(string code) => Verify<WS3014ShutdownIgnored>.SilentAsync(Usings + code);

    [Fact]
    public Task In_a_local_function_of_a_program() => Verify<WS3014ShutdownIgnored>.ReportsAsync(Usings + """
        Func<HttpContext, Task> handler = async c => { using var socket = await c.WebSockets.AcceptWebSocketAsync(); await Echo(socket); };
        await handler(null!);
        static async Task Echo(WebSocket s) { while (true) await s.[|ReceiveAsync|](new byte[9], CancellationToken.None); }
        """, Setup.Program);

    [Theory]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync(); await s.ReceiveAsync(b, default);")]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync(); while (true) await s.ReceiveAsync(b, t);")]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync(); while (true) await s.ReceiveAsync(b, life.ApplicationStopping);")]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync(); using var r = life.ApplicationStopping.Register(() => s.Abort()); while (true) await s.ReceiveAsync(b, default);")]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync(); using var l = CancellationTokenSource.CreateLinkedTokenSource(c.RequestAborted, life.ApplicationStopping); while (true) await s.ReceiveAsync(b, l.Token);")]
    [InlineData("using var s = new ClientWebSocket(); while (true) await s.ReceiveAsync(b, default);")]
    public Task Once_or_under_another_token(string body) => Verify<WS3014ShutdownIgnored>.SilentAsync(Handler(body));

    [Theory]
    [InlineData("public class E { public async Task Loop(WebSocket s) { while (true) await s.ReceiveAsync(new byte[9], CancellationToken.None); } }")]
    [InlineData("class E { async Task A(ClientWebSocket c) => await Loop(c); async Task B(HttpContext c) => await Loop(await c.WebSockets.AcceptWebSocketAsync()); static async Task Loop(WebSocket s) { while (true) await s.ReceiveAsync(new byte[9], CancellationToken.None); } }")]
    [InlineData("class WebSocket { public Task ReceiveAsync(byte[] b, CancellationToken t) => Task.CompletedTask; } class E { async Task A(global::WebSocket s) { while (true) await s.ReceiveAsync(new byte[9], default); } }")]
    [InlineData("record Client(WebSocket Socket); class E { async Task A(HttpContext c) => await Loop(new Client(await c.WebSockets.AcceptWebSocketAsync())); Client B() => new Client(new ClientWebSocket()); static async Task Loop(Client l) { while (true) await l.Socket.ReceiveAsync(new byte[9], CancellationToken.None); } }")]
    public Task Sockets_of_others(string code) => Verify<WS3014ShutdownIgnored>.SilentAsync(Usings + code);

    [Fact]
    public Task Half_typed_code() => Verify<WS3014ShutdownIgnored>.SilentAsync(Handler("using var s = await c.WebSockets.AcceptWebSocketAsync(); while (true) await s.ReceiveAsync(b, "), new Setup { Compiles = false });

    [Fact]
    public Task The_fix_links_the_end_of_the_program() => Verify<WS3014ShutdownIgnored>.FixesAsync(
        Usings + """
        class E
        {
            async Task A(HttpContext context)
            {
                using var s = await context.WebSockets.AcceptWebSocketAsync();
                var buffer = new byte[4096];

                // Receives.
                while (s.State == WebSocketState.Open)
                {
                    await s.[|ReceiveAsync|](buffer, CancellationToken.None); // one
                }
            }
        }
        """,
        Usings + """
        class E
        {
            async Task A(HttpContext context)
            {
                using var s = await context.WebSockets.AcceptWebSocketAsync();
                var buffer = new byte[4096];

                var lifetime = (IHostApplicationLifetime)context.RequestServices.GetService(typeof(IHostApplicationLifetime))!;
                using var stopping = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
                // Receives.
                while (s.State == WebSocketState.Open)
                {
                    await s.ReceiveAsync(buffer, stopping.Token); // one
                }
            }
        }
        """);

    [Fact]
    public Task Without_a_context_it_is_for_a_person() => Verify<WS3014ShutdownIgnored>.NotFixableAsync(
        Usings + "class E { async Task A(HttpContext c) => await Loop(await c.WebSockets.AcceptWebSocketAsync()); static async Task Loop(WebSocket s) { while (true) await s.[|ReceiveAsync|](new byte[9], CancellationToken.None); } }");
}

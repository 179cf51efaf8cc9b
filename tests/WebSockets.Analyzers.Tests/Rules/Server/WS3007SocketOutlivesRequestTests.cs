using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.Tests.Rules.Server;

public class WS3007SocketOutlivesRequestTests
{
    private const string Usings = """
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Channels;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;

        static class Manager
        {
            static readonly ConcurrentDictionary<string, WebSocket> All = new();
            public static void Add(string id, WebSocket socket) => All[id] = socket;
            public static async void Serve(WebSocket socket) => await Task.Delay(1);
            public static void Describe(WebSocket socket) => Console.WriteLine(socket.State);
        }

        class Client(WebSocket s) { public Task RunAsync() => Task.Delay(1); public WebSocket Socket => s; }

        """;

    private static string Handler(string body) => Usings + $$"""
        class Startup
        {
            readonly List<WebSocket> sockets = new(); readonly ConcurrentDictionary<string, WebSocket> byId = new(); WebSocket? last; readonly List<Client> clients = new();
            void Configure(WebApplication app, Channel<WebSocket> channel) => app.Map("/ws", async (HttpContext c) => { {{body}} });
            static async Task Work(WebSocket s) => await Task.Delay(1);
        }
        """;

    [Theory]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); _ = [|Work|](s);")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); await s.SendAsync(new byte[1], WebSocketMessageType.Text, true, default); _ = [|Work|](s);")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); _ = Task.[|Run|](() => Work(s));")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); _ = Task.[|Run|](async () => { while (true) await s.ReceiveAsync(new byte[1], default); });")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); sockets.[|Add|](s);")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); byId.[|TryAdd|](\"a\", s);")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); [|byId[\"a\"] = s|];")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); await channel.Writer.[|WriteAsync|](s);")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); channel.Writer.[|TryWrite|](s);")]
    [InlineData("sockets.[|Add|](await c.WebSockets.AcceptWebSocketAsync());")]
    [InlineData("[|last = await c.WebSockets.AcceptWebSocketAsync()|];")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); [|last = s|];")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); _ = new Client(s).[|RunAsync|]();")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); var client = new Client(s); _ = client.[|RunAsync|]();")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); clients.[|Add|](new Client(s));")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); [|Keep|](s); void Keep(WebSocket k) => sockets.Add(k);")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); Manager.[|Add|](\"a\", s);")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); Manager.[|Serve|](s);")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); [|new Thread(() => Work(s).Wait())|].Start();")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); var t = new Thread(o => Work((WebSocket)o!).Wait()); t.[|Start|](s);")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); ThreadPool.[|QueueUserWorkItem|](async _ => await Work(s));")]
    [InlineData("await c.WebSockets.[|AcceptWebSocketAsync|]();")]
    [InlineData("var s = await c.WebSockets.[|AcceptWebSocketAsync|]();")]
    [InlineData("if (c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.AcceptWebSocketAsync(); _ = [|Work|](s); } else { await c.Response.WriteAsync(\"no\"); }")]
    public Task The_handler_ends(string body) => Verify<WS3007SocketOutlivesRequest>.ReportsAsync(Handler(body));

    [Theory]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); await Work(s);")]
    [InlineData("await Work(await c.WebSockets.AcceptWebSocketAsync());")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); Manager.Describe(s);")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); Manager.Add(\"a\", s); await Work(s);")]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync(); _ = Work(s); await Work(s);")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); sockets.Add(s); while (s.State == WebSocketState.Open) await s.ReceiveAsync(new byte[1], default);")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); var done = new TaskCompletionSource(); byId[\"a\"] = s; await done.Task;")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); sockets.Add(s); await Task.Delay(Timeout.Infinite, c.RequestAborted);")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); sockets.Add(s); Work(s).Wait();")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); sockets.Add(s); Work(s).GetAwaiter().GetResult();")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); var t = Work(s); await Task.WhenAll(t);")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); await Task.Run(() => Work(s));")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); var client = new Client(s); clients.Add(client); await client.RunAsync();")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); await s.SendAsync(new byte[1], WebSocketMessageType.Text, true, default); await s.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); var t = new Thread(() => Work(s).Wait()); t.Start(); t.Join();")]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync(); var g = new SemaphoreSlim(0); sockets.Add(s); await g.WaitAsync();")]
    public Task It_waits(string body) => Verify<WS3007SocketOutlivesRequest>.SilentAsync(Handler(body));

    [Theory]
    [InlineData("class E : ControllerBase { [Route(\"/ws\")] public async void Get() { using var s = await HttpContext.WebSockets.[|AcceptWebSocketAsync|](); await Task.Delay(1); } }")]
    [InlineData("class E : ControllerBase { static Task Work(WebSocket s) => Task.Delay(1); [Route(\"/ws\")] public async Task Get() { var s = await HttpContext.WebSockets.AcceptWebSocketAsync(); _ = [|Work|](s); } }")]
    [InlineData("class M(RequestDelegate next, Channel<WebSocket> ch) { public async Task Invoke(HttpContext c) { if (c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.AcceptWebSocketAsync(); ch.Writer.[|TryWrite|](s); } else await next(c); } }")]
    public Task Other_entries(string code) => Verify<WS3007SocketOutlivesRequest>.ReportsAsync(Usings + code);

    [Theory]
    [InlineData("class E { async Task<WebSocket> Open(HttpContext c) => await c.WebSockets.AcceptWebSocketAsync(); }")]
    [InlineData("class E { List<WebSocket> l = new(); void A(WebApplication app) => app.Map(\"/ws\", async (HttpContext c) => { await Open(c); await Task.Delay(1); }); async Task Open(HttpContext c) { l.Add(await c.WebSockets.AcceptWebSocketAsync()); } }")]
    [InlineData("class E : ControllerBase { [Route(\"/ws\")] public async Task Get() { using var s = await HttpContext.WebSockets.AcceptWebSocketAsync(); await Task.Delay(1); } }")]
    [InlineData("class Other { public Task AcceptWebSocketAsync() => Task.CompletedTask; } class E { void A(WebApplication app, Other m) => app.Map(\"/ws\", async (HttpContext c) => { _ = m.AcceptWebSocketAsync(); await Task.Yield(); }); }")]
    public Task Helpers_and_others(string code) => Verify<WS3007SocketOutlivesRequest>.SilentAsync(Usings + code);

    [Fact]
    public Task Half_typed_code() => Verify<WS3007SocketOutlivesRequest>.ReportsAsync(Handler("var s = await c.WebSockets.AcceptWebSocketAsync(); _ = [|Work|](s); int x = "), new Setup { Compiles = false });

    [Fact]
    public Task The_fix_awaits_and_keeps_comments() => Verify<WS3007SocketOutlivesRequest>.FixesAsync(
        Usings + """
        class E : ControllerBase
        {
            static Task Work(WebSocket s) => Task.Delay(1);

            [Route("/a")]
            public async Task A()
            {
                var s = await HttpContext.WebSockets.AcceptWebSocketAsync();
                // Runs.
                _ = [|Work|](s); // here
            }

            [Route("/b")]
            public async void B() // b
            {
                using var s = await HttpContext.WebSockets.[|AcceptWebSocketAsync|]();
                await Work(s);
            }
        }
        """,
        Usings + """
        class E : ControllerBase
        {
            static Task Work(WebSocket s) => Task.Delay(1);

            [Route("/a")]
            public async Task A()
            {
                var s = await HttpContext.WebSockets.AcceptWebSocketAsync();
                // Runs.
                await Work(s); // here
            }

            [Route("/b")]
            public async Task B() // b
            {
                using var s = await HttpContext.WebSockets.AcceptWebSocketAsync();
                await Work(s);
            }
        }
        """);

    [Fact]
    public Task What_is_only_stored_is_for_a_person() => Verify<WS3007SocketOutlivesRequest>.NotFixableAsync(Handler("var s = await c.WebSockets.AcceptWebSocketAsync(); sockets.[|Add|](s);"));
}

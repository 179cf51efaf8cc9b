using Microsoft.CodeAnalysis;
using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.Tests.Rules.Server;

public class WS3001ServerKeepAliveTooSlowTests
{
    private const string Usings = """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.Extensions.Configuration;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Options;
        using Microsoft.AspNetCore.WebSockets;

        """;

    private const string Accept = "class Endpoint { async Task Accept(HttpContext c) { using var s = await c.WebSockets.AcceptWebSocketAsync(); } }";

    [Theory]
    [InlineData("app.[|UseWebSockets|]();")]
    [InlineData("app\n            .UseRouting()\n            .[|UseWebSockets|]();")]
    [InlineData("WebSocketMiddlewareExtensions.[|UseWebSockets|](app);")]
    [InlineData("app.[|UseWebSockets|](new WebSocketOptions());")]
    [InlineData("app.[|UseWebSockets|](new WebSocketOptions { AllowedOrigins = { \"https://example.org\" } });")]
    [InlineData("var o = new WebSocketOptions(); o.AllowedOrigins.Add(\"https://example.org\"); app.[|UseWebSockets|](o);")]
    [InlineData("app.UseWebSockets(new WebSocketOptions { [|KeepAliveInterval = TimeSpan.FromMinutes(2)|] });")]
    [InlineData("var o = new WebSocketOptions { [|KeepAliveInterval = TimeSpan.FromSeconds(60)|] }; app.UseWebSockets(o);")]
    [InlineData("var o = new WebSocketOptions(); [|o.KeepAliveInterval = new TimeSpan(0, 5, 0)|]; app.UseWebSockets(o);")]
    [InlineData("services.AddWebSockets(o => [|o.KeepAliveInterval = TimeSpan.FromMinutes(2)|]); app.UseWebSockets();")]
    [InlineData("services.Configure<WebSocketOptions>(o => { [|o.KeepAliveInterval = TimeSpan.FromMinutes(2)|]; }); app.UseWebSockets();")]
    [InlineData("services.AddWebSockets(o => o.AllowedOrigins.Add(\"https://example.org\")); app.[|UseWebSockets|]();")]
    [InlineData("app.Map(\"/a\", a => a.[|UseWebSockets|]()); app.Map(\"/b\", b => b.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(20) }));")]
    [InlineData("app.[|UseWebSockets|](); app.UseWebSockets();")]
    [InlineData("var o = new WebSocketOptions { KeepAliveInterval = TimeSpan.FromMinutes(2) }; app.[|UseWebSockets|]();")]
    public Task An_effective_interval_at_or_above_the_limit(string statements) => Verify<WS3001ServerKeepAliveTooSlow>.ReportsAsync(Usings + $$"""
        class Startup
        {
            void Configure(IApplicationBuilder app, IServiceCollection services) { {{statements}} }
        }
        {{Accept}}
        """);

    [Fact]
    public Task An_accept_context_with_a_slow_interval_of_its_own() => Verify<WS3001ServerKeepAliveTooSlow>.ReportsAsync(Usings + """
        class Startup
        {
            void Configure(IApplicationBuilder app)
            {
                app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(20) });
                app.Run(async c =>
                {
                    var context = new WebSocketAcceptContext { SubProtocol = "chat", [|KeepAliveInterval = TimeSpan.FromMinutes(1)|] };
                    using var s = await c.WebSockets.AcceptWebSocketAsync(context);
                });
            }
        }
        """);

    [Fact]
    public Task A_context_without_an_interval_inherits() => Verify<WS3001ServerKeepAliveTooSlow>.ReportsAsync(Usings + """
        class Startup
        {
            void Configure(IApplicationBuilder app)
            {
                app.[|UseWebSockets|]();
                app.Run(async c => { using var s = await c.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { SubProtocol = "chat" }); });
            }
        }
        """);

    [Theory]
    [InlineData("app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(59) });")]
    [InlineData("app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });")]
    [InlineData("app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });")]
    [InlineData("app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.MaxValue });")]
    [InlineData("app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(configuration.GetValue<int>(\"ping\")) });")]
    [InlineData("app.UseWebSockets(options);")]
    [InlineData("app.UseWebSockets(Make());")]
    [InlineData("var o = new WebSocketOptions(); configuration.Bind(o); app.UseWebSockets(o);")]
    [InlineData("var o = new WebSocketOptions(); Fill(o); app.UseWebSockets(o);")]
    [InlineData("services.AddWebSockets(o => o.KeepAliveInterval = TimeSpan.FromSeconds(20)); app.UseWebSockets();")]
    [InlineData("services.AddWebSockets(o => configuration.Bind(o)); app.UseWebSockets();")]
    [InlineData("services.AddWebSockets(Fill); app.UseWebSockets();")]
    [InlineData("services.Configure<WebSocketOptions>(o => o.KeepAliveInterval = TimeSpan.FromSeconds(20)); app.UseWebSockets();")]
    [InlineData("services.Configure<WebSocketOptions>(configuration.GetSection(\"sockets\")); app.UseWebSockets();")]
    [InlineData("services.AddOptions<WebSocketOptions>().Bind(configuration); app.UseWebSockets();")]
    [InlineData("services.AddWebSockets(o => o.KeepAliveInterval = TimeSpan.FromMinutes(5)); app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(20) });")]
    [InlineData("app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(20) }); app.UseWebSockets();")]
    [InlineData("app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(20) }); app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromMinutes(2) });")]
    public Task Silent_when_it_is_fast_off_or_unknown(string statements) => Verify<WS3001ServerKeepAliveTooSlow>.SilentAsync(Usings + $$"""
        class Startup
        {
            void Configure(IApplicationBuilder app, IServiceCollection services, IConfiguration configuration, WebSocketOptions options) { {{statements}} }
            static void Fill(WebSocketOptions options) => options.KeepAliveInterval = TimeSpan.FromSeconds(20);
            static WebSocketOptions Make() => new();
        }
        {{Accept}}
        """);

    [Fact]
    public Task Silent_with_a_class_that_configures_the_options() => Verify<WS3001ServerKeepAliveTooSlow>.SilentAsync(Usings + $$"""
        class Startup
        {
            void Configure(IApplicationBuilder app) => app.UseWebSockets();
        }
        class Setup : IConfigureOptions<WebSocketOptions> { public void Configure(WebSocketOptions options) => options.KeepAliveInterval = TimeSpan.FromSeconds(20); }
        {{Accept}}
        """);

    [Theory]
    [InlineData("class Endpoint { }")]
    [InlineData("class Endpoint { async Task Accept(HttpContext c) { using var s = await c.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.FromSeconds(20) }); } }")]
    [InlineData("class Endpoint { async Task Accept(HttpContext c, WebSocketAcceptContext context) { using var s = await c.WebSockets.AcceptWebSocketAsync(context); } }")]
    [InlineData("class Endpoint { async Task Accept(HttpContext c) { using var s = await c.WebSockets.AcceptWebSocketAsync(); while (true) { await s.SendAsync(new byte[1], 0, true, default); await Task.Delay(20_000); } } }")]
    public Task Silent_when_no_socket_depends_on_it(string endpoint) => Verify<WS3001ServerKeepAliveTooSlow>.SilentAsync(Usings + $$"""
        class Startup
        {
            void Configure(IApplicationBuilder app) => app.UseWebSockets();
            void Slow(IApplicationBuilder app) => app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromMinutes(5) });
        }
        {{endpoint}}
        """);

    [Fact]
    public Task A_heartbeat_of_another_protocol_is_none() => Verify<WS3001ServerKeepAliveTooSlow>.ReportsAsync(Usings + $$"""
        class Startup
        {
            void Configure(IApplicationBuilder app) => app.[|UseWebSockets|]();
        }
        class Bot { void HeartBeat(object? state) => Console.WriteLine("steam"); }
        {{Accept}}
        """);

    [Fact]
    public Task Silent_when_the_receive_is_raced_with_a_delay_after_which_something_is_sent() => Verify<WS3001ServerKeepAliveTooSlow>.SilentAsync(Usings + $$"""
        using System.Net.WebSockets;
        class Startup
        {
            void Configure(IApplicationBuilder app) => app.UseWebSockets();
        }
        static class Receiving
        {
            public static async Task<WebSocketReceiveResult> ReceiveOrSayAsync(this WebSocket socket, byte[] buffer)
            {
                var waiting = Task.Delay(TimeSpan.FromSeconds(30));
                var receiving = socket.ReceiveAsync(buffer, default);
            again:
                if (await Task.WhenAny(waiting, receiving) == receiving) return await receiving;
                await socket.SendAsync(new byte[1], WebSocketMessageType.Text, true, default);
                waiting = Task.Delay(TimeSpan.FromSeconds(30));
                goto again;
            }
        }
        {{Accept}}
        """);

    [Fact]
    public Task The_option_moves_the_limit() => Verify<WS3001ServerKeepAliveTooSlow>.SilentAsync(Usings + $$"""
        class Startup
        {
            void Configure(IApplicationBuilder app) => app.UseWebSockets();
        }
        {{Accept}}
        """, new() { Options = "websockets_analyzers.idle_timeout = 4m" });

    [Fact]
    public Task Silent_in_tests() => Verify<WS3001ServerKeepAliveTooSlow>.SilentAsync(Usings + $$"""
        class FactAttribute : Attribute { }
        class Startup
        {
            [Fact] void Configure(IApplicationBuilder app) => app.UseWebSockets();
        }
        {{Accept}}
        """);

    [Fact]
    public Task Silent_where_another_file_uses_a_test_framework_that_is_not_restored() => Verify<WS3001ServerKeepAliveTooSlow>.SilentAsync(Usings + $$"""
        class Startup
        {
            void Configure(IApplicationBuilder app) => app.UseWebSockets();
        }
        {{Accept}}
        """, new() { Compiles = false, OtherFiles = [("/SocketTests.cs", "using Xunit;\npublic class SocketTests { [Fact] public void Opens() { } }\n")] });

    [Fact]
    public Task Silent_on_a_look_alike() => Verify<WS3001ServerKeepAliveTooSlow>.SilentAsync("""
        using System;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Http;
        class App { }
        class WebSocketOptions { public TimeSpan KeepAliveInterval { get; set; } }
        static class Extensions { public static App UseWebSockets(this App app, WebSocketOptions? options = null) => app; }
        class Startup
        {
            void Configure(App app) => app.UseWebSockets();
            void Slow(App app) => app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromMinutes(5) });
            async Task Accept(HttpContext c) { using var s = await c.WebSockets.AcceptWebSocketAsync(); }
        }
        """);

    [Fact]
    public Task Half_typed_code() => Verify<WS3001ServerKeepAliveTooSlow>.SilentAsync(Usings + $$"""
        {{Accept}}
        class Startup
        {
            void Configure(IApplicationBuilder app)
            {
                app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = });
                app.UseWebSockets(new );
                app.UseWebSockets(
        """, new() { Compiles = false });

    [Fact]
    public Task An_accept_in_a_referenced_project() => Verify<WS3001ServerKeepAliveTooSlow>.ReportsAsync(Usings + """
        class Startup
        {
            void Configure(IApplicationBuilder app) => app.[|UseWebSockets|]();
        }
        """, WithProject(Usings + "public " + Accept));

    [Fact]
    public Task Silent_when_the_referenced_project_has_a_heartbeat() => Verify<WS3001ServerKeepAliveTooSlow>.SilentAsync(Usings + """
        class Startup
        {
            void Configure(IApplicationBuilder app) => app.UseWebSockets();
        }
        """, WithProject(Usings + "public " + Accept + " public class Beat { System.Net.WebSockets.WebSocket? Socket { get; set; } void SendHeartbeat() { } }"));

    private static Setup WithProject(string source) => new()
    {
        References = References.Net10WithLibraries.Add(Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create(
            "Project", [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText(source)], References.Net10, new(OutputKind.DynamicallyLinkedLibrary)).ToMetadataReference()),
    };

    [Fact]
    public Task Fix_in_each_place() => Verify<WS3001ServerKeepAliveTooSlow>.FixesAsync(Usings + $$"""
        class Startup
        {
            void A(IApplicationBuilder app)
            {
                app.[|UseWebSockets|](); // before the endpoints
            }
            void B(IApplicationBuilder app)
            {
                app.[|UseWebSockets|](new WebSocketOptions
                {
                    AllowedOrigins = { "https://example.org" }, // the shop
                });
            }
            void D(IApplicationBuilder app)
            {
                var options = new WebSocketOptions();
                options.AllowedOrigins.Add("https://example.org");
                app.[|UseWebSockets|](options);
            }
            void E(IApplicationBuilder app) => app.UseWebSockets(new() { [|KeepAliveInterval = TimeSpan.FromMinutes(2)|] /* as always */ });
            async Task F(HttpContext c) => await c.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { [|KeepAliveInterval = TimeSpan.FromMinutes(2)|] });
            void G(IApplicationBuilder app) => WebSocketMiddlewareExtensions.[|UseWebSockets|](app);
        }
        {{Accept}}
        """, Usings + $$"""
        class Startup
        {
            void A(IApplicationBuilder app)
            {
                app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(30) }); // before the endpoints
            }
            void B(IApplicationBuilder app)
            {
                app.UseWebSockets(new WebSocketOptions
                {
                    AllowedOrigins = { "https://example.org" }, // the shop
                    KeepAliveInterval = TimeSpan.FromSeconds(30),
                });
            }
            void D(IApplicationBuilder app)
            {
                var options = new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(30) };
                options.AllowedOrigins.Add("https://example.org");
                app.UseWebSockets(options);
            }
            void E(IApplicationBuilder app) => app.UseWebSockets(new() { KeepAliveInterval = TimeSpan.FromSeconds(30) /* as always */ });
            async Task F(HttpContext c) => await c.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.FromSeconds(30) });
            void G(IApplicationBuilder app) => WebSocketMiddlewareExtensions.UseWebSockets(app, new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(30) });
        }
        {{Accept}}
        """);

    [Fact]
    public Task Fix_on_a_framework_of_old_without_libraries() => Verify<WS3001ServerKeepAliveTooSlow>.FixesAsync("""
        using Microsoft.AspNetCore.Builder;
        var app = WebApplication.CreateBuilder(args).Build();
        app.[|UseWebSockets|]();
        app.Map("/ws", async (Microsoft.AspNetCore.Http.HttpContext c) => { using var s = await c.WebSockets.AcceptWebSocketAsync(); });
        app.Run();
        """, """
        using Microsoft.AspNetCore.Builder;
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = System.TimeSpan.FromSeconds(10) });
        app.Map("/ws", async (Microsoft.AspNetCore.Http.HttpContext c) => { using var s = await c.WebSockets.AcceptWebSocketAsync(); });
        app.Run();
        """, setup: Setup.Net8 with { OutputKind = OutputKind.ConsoleApplication, Options = "websockets_analyzers.idle_timeout = 20s" });

    [Fact]
    public Task No_fix_that_would_discard_the_options_of_the_services() => Verify<WS3001ServerKeepAliveTooSlow>.NotFixableAsync(Usings + $$"""
        class Startup
        {
            void Services(IServiceCollection services) => services.AddWebSockets(o => o.AllowedOrigins.Add("https://example.org"));
            void Configure(IApplicationBuilder app) => app.[|UseWebSockets|]();
        }
        {{Accept}}
        """);
}

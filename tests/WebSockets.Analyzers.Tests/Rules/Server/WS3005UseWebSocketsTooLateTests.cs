using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.Tests.Rules.Server;

public class WS3005UseWebSocketsTooLateTests
{
    private const string Usings = """
        using System;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Routing;

        static class Chat
        {
            public static async Task Handle(HttpContext c) { var s = await c.WebSockets.AcceptWebSocketAsync(); }
            public static void UseChat(this IApplicationBuilder app) => app.Map("/chat", b => b.Run(Handle));
            public static void MapChat(this IEndpointRouteBuilder app) => app.Map("/chat", Handle);
            public static void UseOwnSockets(this IApplicationBuilder app) { app.UseWebSockets(); app.Map("/own", b => b.Run(Handle)); }
        }
        class ChatMiddleware(RequestDelegate next) { public Task Invoke(HttpContext c) => c.Request.Path == "/ws" ? Chat.Handle(c) : next(c); }

        """;

    private static string Startup(string type, string body) => Usings + $"class Startup {{ void Configure({type} app, bool on) {{ {body} }} }}";

    [Theory]
    [InlineData("app.Use(async (c, next) => { if (c.Request.Path == \"/ws\") { var s = await c.WebSockets.AcceptWebSocketAsync(); } else await next(c); }); app.[|UseWebSockets|]();")]
    [InlineData("app.Map(\"/ws\", b => b.Run(async c => { var s = await c.WebSockets.AcceptWebSocketAsync(); })); app.[|UseWebSockets|]();")]
    [InlineData("app.Map(\"/ws\", b => b.Run(Chat.Handle)); app.[|UseWebSockets|](new WebSocketOptions());")]
    [InlineData("app.MapWhen(c => c.WebSockets.IsWebSocketRequest, b => b.Run(Chat.Handle)); app.[|UseWebSockets|]();")]
    [InlineData("app.UseWhen(c => c.Request.Path == \"/ws\", b => b.Run(Chat.Handle)); app.[|UseWebSockets|]();")]
    [InlineData("app.UseMiddleware<ChatMiddleware>(); app.[|UseWebSockets|]();")]
    [InlineData("app.UseRouting(); app.UseEndpoints(e => e.MapGet(\"/ws\", Chat.Handle)); app.[|UseWebSockets|]();")]
    [InlineData("app.UseRouting().UseEndpoints(e => e.MapChat()).[|UseWebSockets|]();")]
    [InlineData("app.UseChat(); app.[|UseWebSockets|]();")]
    [InlineData("if (on) app.UseMiddleware<ChatMiddleware>(); app.[|UseWebSockets|]();")]
    public Task After_what_accepts(string body) => Verify<WS3005UseWebSocketsTooLate>.ReportsAsync(Startup("IApplicationBuilder", body));

    [Fact]
    public Task After_the_endpoints_of_controllers() => Verify<WS3005UseWebSocketsTooLate>.ReportsAsync(
        Startup("IApplicationBuilder", "app.UseRouting(); app.UseEndpoints(e => e.MapControllers()); app.[|UseWebSockets|]();") + " public class E : ControllerBase { public async Task Get() { var s = await HttpContext.WebSockets.AcceptWebSocketAsync(); } }");

    [Theory]
    [InlineData("app.UseWebSockets(); app.Run(Chat.Handle);")]
    [InlineData("app.UseRouting(); app.UseWebSockets(); app.UseEndpoints(e => e.MapChat());")]
    [InlineData("app.Map(\"/a\", b => { b.UseWebSockets(); b.Run(Chat.Handle); }); app.UseWebSockets();")]
    [InlineData("app.UseOwnSockets(); app.UseWebSockets();")]
    [InlineData("app.UseWebSockets(); app.UseChat(); app.UseWebSockets();")]
    [InlineData("app.Use(async (c, next) => await next(c)); app.UseWebSockets();")]
    [InlineData("app.Map(\"/a\", b => b.Run(c => c.Response.WriteAsync(\"a\"))); app.UseWebSockets();")]
    [InlineData("if (on) app.UseMiddleware<ChatMiddleware>(); else app.UseWebSockets();")]
    [InlineData("app.UseRouting(); app.UseEndpoints(e => e.MapGet(\"/\", c => Task.CompletedTask)); app.UseWebSockets();")]
    public Task Before_it_or_nothing_accepts(string body) => Verify<WS3005UseWebSocketsTooLate>.SilentAsync(Startup("IApplicationBuilder", body));

    [Theory]
    [InlineData("app.MapGet(\"/ws\", Chat.Handle); app.UseWebSockets(); app.Run();")]
    [InlineData("app.Map(\"/ws\", async (HttpContext c) => { var s = await c.WebSockets.AcceptWebSocketAsync(); }); app.UseWebSockets();")]
    [InlineData("app.MapChat(); app.UseRouting(); app.UseWebSockets();")]
    [InlineData("app.MapControllers(); app.UseWebSockets();")]
    public Task Endpoints_of_a_WebApplication_run_last(string body) => Verify<WS3005UseWebSocketsTooLate>.SilentAsync(Startup("WebApplication", body));

    [Theory]
    [InlineData("app.Use(async (HttpContext c, RequestDelegate next) => { var s = await c.WebSockets.AcceptWebSocketAsync(); }); app.[|UseWebSockets|]();")]
    [InlineData("app.Map(\"/ws\", (IApplicationBuilder b) => b.Run(Chat.Handle)); app.[|UseWebSockets|]();")]
    [InlineData("app.UseRouting(); app.UseEndpoints(e => e.MapChat()); app.[|UseWebSockets|]();")]
    public Task Its_middleware_does_not(string body) => Verify<WS3005UseWebSocketsTooLate>.ReportsAsync(Startup("WebApplication", body));

    [Fact]
    public Task Half_typed_code() => Verify<WS3005UseWebSocketsTooLate>.ReportsAsync(Startup("IApplicationBuilder", "app.Run(Chat.Handle); app.[|UseWebSockets|](; app."), new Setup { Compiles = false });

    [Fact]
    public Task A_look_alike() => Verify<WS3005UseWebSocketsTooLate>.SilentAsync(
        Startup("IApplicationBuilder", "app.Run(Chat.Handle); app.UseWebSockets(1);") + " static class Own { public static void UseWebSockets(this IApplicationBuilder app, int i) { } }");

    [Fact]
    public Task It_moves_with_its_comments() => Verify<WS3005UseWebSocketsTooLate>.FixesAsync(
        Usings + """
        class Startup
        {
            void Configure(IApplicationBuilder app)
            {
                app.UseRouting();

                // The chat.
                app.UseMiddleware<ChatMiddleware>();

                // Sockets.
                app.[|UseWebSockets|](); // on
                app.Run(c => Task.CompletedTask);
            }
        }
        """,
        Usings + """
        class Startup
        {
            void Configure(IApplicationBuilder app)
            {
                app.UseRouting();

                // Sockets.
                app.UseWebSockets(); // on
                // The chat.
                app.UseMiddleware<ChatMiddleware>();
                app.Run(c => Task.CompletedTask);
            }
        }
        """);
}

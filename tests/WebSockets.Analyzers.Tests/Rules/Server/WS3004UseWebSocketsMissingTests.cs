using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.Tests.Rules.Server;

public class WS3004UseWebSocketsMissingTests
{
    private const string Usings = """
        using System;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Hosting;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.WebSockets;
        using Microsoft.Extensions.Hosting;

        """;

    [Theory]
    [InlineData("var app = WebApplication.Create(args); app.Map(\"/ws\", async (HttpContext c) => { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }); app.Run();")]
    [InlineData("var app = WebApplication.Create(args); app.Map(\"/ws\", async (HttpContext c) => { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }); app.Map(\"/b\", async (HttpContext c) => { var s = await c.WebSockets.AcceptWebSocketAsync(); }); app.Run();")]
    [InlineData("var b = WebApplication.CreateBuilder(args); var app = b.Build(); app.UseRouting(); app.MapControllers(); app.Run(); class E : ControllerBase { [Route(\"/ws\")] public async Task Get() { var s = await HttpContext.WebSockets.[|AcceptWebSocketAsync|](); } }")]
    [InlineData("Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(w => w.UseStartup<Startup>()).Build().Run(); class Startup { public void Configure(IApplicationBuilder app) => app.Run(async c => { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }); }")]
    [InlineData("new WebHostBuilder().UseKestrel().Configure((IApplicationBuilder app) => app.Run(async c => { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); })).Build().Run();")]
    [InlineData("Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(w => w.Configure(app => app.Run(async c => { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }))).Build().Run();")]
    public Task A_program_that_accepts(string code) => Verify<WS3004UseWebSocketsMissing>.ReportsAsync(Usings + code, Setup.Program);

    [Theory]
    [InlineData("var app = WebApplication.Create(args); app.UseWebSockets(); app.Map(\"/ws\", async (HttpContext c) => { var s = await c.WebSockets.AcceptWebSocketAsync(); }); app.Run();")]
    [InlineData("var app = WebApplication.Create(args); X.Add(app); app.Map(\"/ws\", async (HttpContext c) => { var s = await c.WebSockets.AcceptWebSocketAsync(); }); app.Run(); static class X { public static void Add(IApplicationBuilder app) => WebSocketMiddlewareExtensions.UseWebSockets(app); }")]
    [InlineData("var app = WebApplication.Create(args); app.UseMiddleware<WebSocketMiddleware>(); app.Map(\"/ws\", async (HttpContext c) => { var s = await c.WebSockets.AcceptWebSocketAsync(); }); app.Run();")]
    [InlineData("var app = WebApplication.Create(args); app.MapGet(\"/\", () => 1); app.Run();")]
    [InlineData("var l = new System.Net.HttpListener(); var app = WebApplication.Create(args); var c = await l.GetContextAsync(); var s = await c.AcceptWebSocketAsync(null); app.Run();")]
    [InlineData("Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(w => w.Configure(app => { app.UseWebSockets(); app.Run(async c => { var s = await c.WebSockets.AcceptWebSocketAsync(); }); })).Build().Run();")]
    [InlineData("Console.WriteLine(); class E { async Task Go(HttpContext c) { var s = await c.WebSockets.AcceptWebSocketAsync(); } }")]
    public Task The_middleware_is_there_or_no_pipeline_is_in_sight(string code) => Verify<WS3004UseWebSocketsMissing>.SilentAsync(Usings + code, Setup.Program);

    [Fact]
    public Task A_library_leaves_it_to_the_program() => Verify<WS3004UseWebSocketsMissing>.SilentAsync(
        Usings + "static class X { public static void MapChat(this WebApplication app) => app.Map(\"/ws\", async (HttpContext c) => { var s = await c.WebSockets.AcceptWebSocketAsync(); }); }");

    [Fact]
    public Task Half_typed_code() => Verify<WS3004UseWebSocketsMissing>.ReportsAsync(
        Usings + "var app = WebApplication.Create(args); app.Map(\"/ws\", async (HttpContext c) => { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }); app.Use", Setup.Program with { Compiles = false });

    [Fact]
    public Task A_look_alike() => Verify<WS3004UseWebSocketsMissing>.SilentAsync(
        Usings + "var app = WebApplication.Create(args); await new WebSocketManager().AcceptWebSocketAsync(); app.Run(); class WebSocketManager { public Task AcceptWebSocketAsync() => Task.CompletedTask; }", Setup.Program);

    [Fact]
    public Task It_becomes_the_first_of_the_pipeline_under_the_comments() => Verify<WS3004UseWebSocketsMissing>.FixesAsync(
        Usings + """
        Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(w => w.UseStartup<Startup>()).Build().Run();

        class Startup
        {
            public void Configure(IApplicationBuilder app, IWebHostEnvironment environment)
            {
                if (environment.IsDevelopment()) Console.WriteLine();

                // The routes.
                app.UseRouting();
                app.UseEndpoints(e => e.Map("/ws", async c => { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }));
            }
        }
        """,
        Usings + """
        Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(w => w.UseStartup<Startup>()).Build().Run();

        class Startup
        {
            public void Configure(IApplicationBuilder app, IWebHostEnvironment environment)
            {
                if (environment.IsDevelopment()) Console.WriteLine();

                app.UseWebSockets();
                // The routes.
                app.UseRouting();
                app.UseEndpoints(e => e.Map("/ws", async c => { var s = await c.WebSockets.AcceptWebSocketAsync(); }));
            }
        }
        """, null, Setup.Program);

    [Fact]
    public Task It_becomes_the_first_of_a_pipeline_in_Configure() => Verify<WS3004UseWebSocketsMissing>.FixesAsync(
        Usings + """
        Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.Configure(app =>
        {
            // The routes.
            app.UseRouting();
            app.Map("/ws", branch =>
            {
                branch.Run(async c => { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); });
            });
        })).Build().Run();
        """,
        Usings + """
        Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.Configure(app =>
        {
            app.UseWebSockets();
            // The routes.
            app.UseRouting();
            app.Map("/ws", branch =>
            {
                branch.Run(async c => { var s = await c.WebSockets.AcceptWebSocketAsync(); });
            });
        })).Build().Run();
        """, null, Setup.Program);
}

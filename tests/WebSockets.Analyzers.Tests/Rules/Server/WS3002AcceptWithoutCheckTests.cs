using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.Tests.Rules.Server;

public class WS3002AcceptWithoutCheckTests
{
    private const string Usings = """
        using System;
        using System.Net;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Http.Features;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Mvc.Filters;
        using Microsoft.AspNetCore.Routing;
        using Microsoft.Extensions.Logging;

        """;

    /// <summary>Bodies of a handler that gets <c>c</c>.</summary>
    private static string Handler(string body) => Usings + $$"""
        class Startup
        {
            void Configure(WebApplication app, ILogger log) => app.Map("/ws", async (HttpContext c) => { {{body}} });
            static Task Work(WebSocket s) => Task.CompletedTask;
        }
        """;

    [Theory]
    [InlineData("using var s = await c.WebSockets.[|AcceptWebSocketAsync|](); await Work(s);")]
    [InlineData("await Work(await c.WebSockets.[|AcceptWebSocketAsync|](\"chat\"));")]
    [InlineData("var m = c.WebSockets; using var s = await m.[|AcceptWebSocketAsync|](new WebSocketAcceptContext());")]
    [InlineData("if (!c.WebSockets.IsWebSocketRequest) c.Response.StatusCode = 400; using var s = await c.WebSockets.[|AcceptWebSocketAsync|]();")]
    [InlineData("if (!c.WebSockets.IsWebSocketRequest) { c.Response.StatusCode = StatusCodes.Status400BadRequest; } var s = await c.WebSockets.[|AcceptWebSocketAsync|]();")]
    [InlineData("if (!c.WebSockets.IsWebSocketRequest) { c.Response.StatusCode = 400; await c.Response.WriteAsync(\"no\"); } var s = await c.WebSockets.[|AcceptWebSocketAsync|]();")]
    [InlineData("log.LogInformation(\"{W}\", c.WebSockets.IsWebSocketRequest); var s = await c.WebSockets.[|AcceptWebSocketAsync|]();")]
    [InlineData("if (c.WebSockets.IsWebSocketRequest) log.LogInformation(\"socket\"); var s = await c.WebSockets.[|AcceptWebSocketAsync|]();")]
    [InlineData("if (!c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }")]
    [InlineData("if (c.WebSockets.IsWebSocketRequest) { c.Response.StatusCode = 400; return; } var s = await c.WebSockets.[|AcceptWebSocketAsync|]();")]
    [InlineData("if (c.WebSockets.IsWebSocketRequest || c.Request.Query.ContainsKey(\"force\")) { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }")]
    [InlineData("if (!c.WebSockets.IsWebSocketRequest && c.Request.Method == \"POST\") { c.Response.StatusCode = 400; return; } var s = await c.WebSockets.[|AcceptWebSocketAsync|]();")]
    [InlineData("if (c.Request.Path == \"/ws\") { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }")]
    [InlineData("try { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); } catch (Exception e) { log.LogError(e, \"\"); }")]
    [InlineData("try { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); } finally { log.LogInformation(\"\"); }")]
    [InlineData("try { if (!c.WebSockets.IsWebSocketRequest) throw new Exception(); } catch { log.LogInformation(\"\"); } var s = await c.WebSockets.[|AcceptWebSocketAsync|]();")]
    [InlineData("bool isSocket = c.WebSockets.IsWebSocketRequest; var s = await c.WebSockets.[|AcceptWebSocketAsync|]();")]
    [InlineData("if (c.WebSockets.IsWebSocketRequest == false) { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }")]
    [InlineData("if (c is { WebSockets.IsWebSocketRequest: false }) { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }")]
    [InlineData("switch (c.Request.Method) { case \"GET\": var s = await c.WebSockets.[|AcceptWebSocketAsync|](); break; }")]
    [InlineData("if (c.User.Identity?.IsAuthenticated != true) { c.Response.StatusCode = 401; return; } var s = await c.WebSockets.[|AcceptWebSocketAsync|]();")]
    [InlineData("var s = c.Request.Query[\"a\"] == \"b\" ? await c.WebSockets.[|AcceptWebSocketAsync|]() : null;")]
    [InlineData("async Task Go() { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); } await Go();")]
    [InlineData("await Task.Run(async () => { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); });")]
    public Task No_check_on_some_way(string body) => Verify<WS3002AcceptWithoutCheck>.ReportsAsync(Handler(body));

    [Theory]
    [InlineData("if (c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.AcceptWebSocketAsync(); } else c.Response.StatusCode = 400;")]
    [InlineData("if (!c.WebSockets.IsWebSocketRequest) { c.Response.StatusCode = 400; return; } var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("if (!c.WebSockets.IsWebSocketRequest) { c.Response.StatusCode = 400; } else { var s = await c.WebSockets.AcceptWebSocketAsync(); }")]
    [InlineData("if (!c.WebSockets.IsWebSocketRequest) throw new InvalidOperationException(); var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("if (c.WebSockets.IsWebSocketRequest == false) return; var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("if (false == c.WebSockets.IsWebSocketRequest) return; var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("if (c.WebSockets.IsWebSocketRequest != true) return; var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("if (c.WebSockets.IsWebSocketRequest is false) return; var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("if (c.WebSockets.IsWebSocketRequest is not true) return; var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("if (c is not { WebSockets.IsWebSocketRequest: true }) return; var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("if (c.WebSockets is { IsWebSocketRequest: true } m) { var s = await m.AcceptWebSocketAsync(); }")]
    [InlineData("if (c?.WebSockets?.IsWebSocketRequest == true) { var s = await c.WebSockets.AcceptWebSocketAsync(); }")]
    [InlineData("if (!(c?.WebSockets?.IsWebSocketRequest ?? false)) return; var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("if (!c.WebSockets.IsWebSocketRequest || c.Request.Query.Count == 0) { c.Response.StatusCode = 400; return; } var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("if (c.Request.Path == \"/ws\" && c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.AcceptWebSocketAsync(); }")]
    [InlineData("if (c.Request.Path == \"/ws\") { if (c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.AcceptWebSocketAsync(); } }")]
    [InlineData("var isSocket = c.WebSockets.IsWebSocketRequest; if (!isSocket) return; var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("bool ok = false; if (c.WebSockets.IsWebSocketRequest) ok = c.WebSockets.IsWebSocketRequest; if (!ok) return; var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("var s = c.WebSockets.IsWebSocketRequest ? await c.WebSockets.AcceptWebSocketAsync() : null;")]
    [InlineData("while (c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.AcceptWebSocketAsync(); break; }")]
    [InlineData("switch (c.WebSockets.IsWebSocketRequest) { case true: var s = await c.WebSockets.AcceptWebSocketAsync(); break; default: c.Response.StatusCode = 400; break; }")]
    [InlineData("if (!c.WebSockets.IsWebSocketRequest) { c.Response.StatusCode = 400; return; } try { var s = await c.WebSockets.AcceptWebSocketAsync(); } catch (Exception) { } finally { log.LogInformation(\"\"); }")]
    [InlineData("try { if (!c.WebSockets.IsWebSocketRequest) return; var s = await c.WebSockets.AcceptWebSocketAsync(); } catch { throw; }")]
    [InlineData("try { var s = await c.WebSockets.AcceptWebSocketAsync(); } catch (InvalidOperationException) { c.Response.StatusCode = 400; }")]
    [InlineData("if (!c.WebSockets.IsWebSocketRequest) return; async Task Go() { var s = await c.WebSockets.AcceptWebSocketAsync(); } await Go();")]
    [InlineData("if (!c.WebSockets.IsWebSocketRequest) return; await Task.Run(async () => { var s = await c.WebSockets.AcceptWebSocketAsync(); });")]
    [InlineData("if (!c.Features.Get<IHttpWebSocketFeature>()!.IsWebSocketRequest) return; var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("if (c.Request.Headers.Upgrade != \"websocket\") { c.Response.StatusCode = 426; return; } var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("if (c.Request.Headers[\"Upgrade\"].ToString().ToLower() == \"websocket\") { var s = await c.WebSockets.AcceptWebSocketAsync(); }")]
    [InlineData("if (!c.WebSockets.WebSocketRequestedProtocols.Contains(\"chat\")) { c.Response.StatusCode = 400; return; } var s = await c.WebSockets.AcceptWebSocketAsync(\"chat\");")]
    public Task A_check_whose_other_branch_leaves(string body) => Verify<WS3002AcceptWithoutCheck>.SilentAsync(Handler(body));

    [Theory]
    [InlineData("class E : ControllerBase { [Route(\"/ws\")] public async Task Get() { var s = await HttpContext.WebSockets.[|AcceptWebSocketAsync|](); } }")]
    [InlineData("class E : Controller { [HttpGet] public async Task<IActionResult> Get() { var s = await HttpContext.WebSockets.[|AcceptWebSocketAsync|](); return new EmptyResult(); } }")]
    [InlineData("class E : ControllerBase { public async Task Get() { if (!HttpContext.WebSockets.IsWebSocketRequest) HttpContext.Response.StatusCode = 400; var s = await HttpContext.WebSockets.[|AcceptWebSocketAsync|](); } }")]
    [InlineData("class E : ControllerBase { public Task Get() => Run(); async Task Run() { var s = await HttpContext.WebSockets.[|AcceptWebSocketAsync|](); } }")]
    [InlineData("class M(RequestDelegate next) { public async Task InvokeAsync(HttpContext c) { if (c.Request.Path != \"/ws\") { await next(c); return; } var s = await c.WebSockets.[|AcceptWebSocketAsync|](); } }")]
    [InlineData("class M : IMiddleware { public async Task InvokeAsync(HttpContext c, RequestDelegate next) { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); } }")]
    [InlineData("class E { void A(IApplicationBuilder app) => app.Run(async c => { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }); }")]
    [InlineData("class E { void A(IApplicationBuilder app) => app.Use(async (c, next) => { if (c.Request.Path == \"/ws\") { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); } else await next(c); }); }")]
    [InlineData("class E { void A(IApplicationBuilder app) => app.Use(next => async c => { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }); }")]
    [InlineData("class E { void A(IApplicationBuilder app) => app.Map(\"/ws\", b => b.Run(async c => { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); })); }")]
    [InlineData("class E { void A(IApplicationBuilder app) => app.MapWhen(c => c.Request.Path == \"/ws\", b => b.Run(async c => { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); })); }")]
    [InlineData("class E { void A(IApplicationBuilder app) => app.MapWhen(c => !c.WebSockets.IsWebSocketRequest, b => b.Run(async c => { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); })); }")]
    [InlineData("class E { void A(IApplicationBuilder app) => app.UseEndpoints(e => e.MapGet(\"/ws\", async c => { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); })); }")]
    [InlineData("class E { void A(IEndpointRouteBuilder app) => app.MapGroup(\"/a\").MapGet(\"/ws\", Handle); static async Task Handle(HttpContext c) { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); } }")]
    [InlineData("class E { void A(IEndpointRouteBuilder app) { RequestDelegate handle = async c => { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }; app.Map(\"/ws\", handle); } }")]
    [InlineData("class E { void A(IEndpointRouteBuilder app) => app.Map(\"/ws\", async (HttpContext c) => await S.Go(c)); } class S { public static async Task Go(HttpContext c) { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); } }")]
    [InlineData("interface I { Task Go(HttpContext c); } class S : I { public async Task Go(HttpContext c) { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); } } class E { void A(IEndpointRouteBuilder app, I i) => app.Map(\"/ws\", (HttpContext c) => i.Go(c)); }")]
    [InlineData("static class X { public static void MapSocket(this IEndpointRouteBuilder app, Func<HttpContext, Task> handle) => app.Map(\"/ws\", async (HttpContext c) => await handle(c)); } class E { void A(IEndpointRouteBuilder app) => app.MapSocket(async c => { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }); }")]
    [InlineData("class E { async Task Nobody(HttpContext c) { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); } }")]
    [InlineData("class E { void A(IEndpointRouteBuilder app) => app.Map(\"/ws\", async (HttpContext c) => { Check(c); var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }); static void Check(HttpContext c) { if (!c.WebSockets.IsWebSocketRequest) c.Response.StatusCode = 400; } }")]
    [InlineData("class E { void A(IEndpointRouteBuilder app) { app.Map(\"/a\", async (HttpContext c) => { if (c.WebSockets.IsWebSocketRequest) await Go(c); }); app.Map(\"/b\", Go); } static async Task Go(HttpContext c) { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); } }")]
    [InlineData("class E { void A(IApplicationBuilder app) { app.Use(async (c, next) => { if (c.WebSockets.IsWebSocketRequest) Console.WriteLine(); await next(c); }); app.Run(async c => { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }); } }")]
    [InlineData("class E { void A(IEndpointRouteBuilder app) => app.Map(\"/ws\", async (HttpContext c) => { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }).AddEndpointFilter(async (f, n) => await n(f)); }")]
    [InlineData("class E { async Task Run(HttpListener l) { while (true) { var c = await l.GetContextAsync(); var s = await c.[|AcceptWebSocketAsync|](null); } } }")]
    [InlineData("class E { async Task Run(HttpListener l) { while (true) { var c = await l.GetContextAsync(); if (!c.Request.IsWebSocketRequest) { c.Response.StatusCode = 400; c.Response.Close(); } var s = await c.[|AcceptWebSocketAsync|](\"chat\"); } } }")]
    [InlineData("class E { async Task Run(HttpListener l) { var c = await l.GetContextAsync(); _ = Serve(c); } async Task Serve(HttpListenerContext c) { var s = await c.[|AcceptWebSocketAsync|](null); } }")]
    public Task Every_kind_of_entry(string code) => Verify<WS3002AcceptWithoutCheck>.ReportsAsync(Usings + code);

    [Theory]
    [InlineData("class E : ControllerBase { public async Task<IActionResult> Get() { if (!HttpContext.WebSockets.IsWebSocketRequest) return BadRequest(); var s = await HttpContext.WebSockets.AcceptWebSocketAsync(); return new EmptyResult(); } }")]
    [InlineData("class E : ControllerBase { public async Task Get() { if (HttpContext.WebSockets.IsWebSocketRequest) await Run(); else HttpContext.Response.StatusCode = 400; } async Task Run() { var s = await HttpContext.WebSockets.AcceptWebSocketAsync(); } }")]
    [InlineData("class Base : ControllerBase { protected bool IsSocket => HttpContext.WebSockets.IsWebSocketRequest; } class E : Base { public async Task<IActionResult> Get() { if (!IsSocket) return NotFound(); var s = await HttpContext.WebSockets.AcceptWebSocketAsync(); return new EmptyResult(); } }")]
    [InlineData("class RequireSocketAttribute : ActionFilterAttribute { public override void OnActionExecuting(ActionExecutingContext a) { if (!a.HttpContext.WebSockets.IsWebSocketRequest) a.Result = new BadRequestResult(); } } class E : ControllerBase { [RequireSocket] public async Task Get() { var s = await HttpContext.WebSockets.AcceptWebSocketAsync(); } }")]
    [InlineData("class E : ControllerBase { [NonAction] public async Task Get() { var s = await HttpContext.WebSockets.AcceptWebSocketAsync(); } public Task Run() => HttpContext.WebSockets.IsWebSocketRequest ? Get() : Task.CompletedTask; }")]
    [InlineData("class M(RequestDelegate next) { public async Task InvokeAsync(HttpContext c) { if (!c.WebSockets.IsWebSocketRequest) { await next(c); return; } var s = await c.WebSockets.AcceptWebSocketAsync(); } }")]
    [InlineData("class M(RequestDelegate next) { public async Task Invoke(HttpContext c) { if (c.Request.Path != \"/ws\" || !c.WebSockets.IsWebSocketRequest) { await next(c); return; } await Run(c); } async Task Run(HttpContext c) { var s = await c.WebSockets.AcceptWebSocketAsync(); } }")]
    [InlineData("class M(RequestDelegate next) { public async Task Invoke(HttpContext c) { _ = next; var s = await c.WebSockets.AcceptWebSocketAsync(); } } class E { void A(IApplicationBuilder app) => app.MapWhen(c => c.WebSockets.IsWebSocketRequest, b => b.UseMiddleware<M>()); }")]
    [InlineData("class E { void A(IApplicationBuilder app) => app.MapWhen(c => c.Request.Path == \"/ws\" && c.WebSockets.IsWebSocketRequest, b => b.Run(async c => { var s = await c.WebSockets.AcceptWebSocketAsync(); })); }")]
    [InlineData("class E { void A(IApplicationBuilder app) => app.UseWhen(IsSocket, b => b.Run(async c => { var s = await c.WebSockets.AcceptWebSocketAsync(); })); static bool IsSocket(HttpContext c) => c.WebSockets.IsWebSocketRequest; }")]
    [InlineData("class E { void A(IApplicationBuilder app) => app.MapWhen(c => c.WebSockets.IsWebSocketRequest, Branch); static void Branch(IApplicationBuilder b) => b.Run(async c => { var s = await c.WebSockets.AcceptWebSocketAsync(); }); }")]
    [InlineData("class E { void A(IApplicationBuilder app, Func<HttpContext, bool> p) => app.MapWhen(p, b => b.Run(async c => { var s = await c.WebSockets.AcceptWebSocketAsync(); })); }")]
    [InlineData("class E { void A(IApplicationBuilder app) { app.Use(async (c, next) => { if (c.Request.Path.StartsWithSegments(\"/ws\") && !c.WebSockets.IsWebSocketRequest) { c.Response.StatusCode = 400; return; } await next(c); }); app.Run(async c => { var s = await c.WebSockets.AcceptWebSocketAsync(); }); } }")]
    [InlineData("class E { void A(IEndpointRouteBuilder app) => app.Map(\"/ws\", async (HttpContext c) => { var s = await c.WebSockets.AcceptWebSocketAsync(); }).AddEndpointFilter(async (f, n) => f.HttpContext.WebSockets.IsWebSocketRequest ? await n(f) : Results.BadRequest()); }")]
    [InlineData("class F : IEndpointFilter { public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext f, EndpointFilterDelegate n) => f.HttpContext.WebSockets.IsWebSocketRequest ? await n(f) : Results.BadRequest(); } class E { void A(IEndpointRouteBuilder app) { var g = app.MapGroup(\"/a\").AddEndpointFilter<F>(); g.Map(\"/ws\", async (HttpContext c) => { var s = await c.WebSockets.AcceptWebSocketAsync(); }); } }")]
    [InlineData("static class X { public static TBuilder RequireSocket<TBuilder>(this TBuilder b) where TBuilder : IEndpointConventionBuilder => b.AddEndpointFilter(async (f, n) => f.HttpContext.WebSockets.IsWebSocketRequest ? await n(f) : null); } class E { void A(IEndpointRouteBuilder app) => app.Map(\"/ws\", async (HttpContext c) => { var s = await c.WebSockets.AcceptWebSocketAsync(); }).RequireSocket(); }")]
    [InlineData("class E { void A(IEndpointRouteBuilder app) => app.Map(\"/ws\", async (HttpContext c) => { Ensure(c); var s = await c.WebSockets.AcceptWebSocketAsync(); }); static void Ensure(HttpContext c) { if (!c.WebSockets.IsWebSocketRequest) throw new BadHttpRequestException(\"no\"); } }")]
    [InlineData("class E { void A(IEndpointRouteBuilder app) => app.Map(\"/ws\", async (HttpContext c) => { if (await Refuse(c)) return; var s = await c.WebSockets.AcceptWebSocketAsync(); }); static async Task<bool> Refuse(HttpContext c) { if (c.WebSockets.IsWebSocketRequest) return false; c.Response.StatusCode = 400; await c.Response.WriteAsync(\"no\"); return true; } }")]
    [InlineData("class E { void A(IEndpointRouteBuilder app) => app.Map(\"/ws\", async (HttpContext c) => { if (!c.IsSocket()) return; var s = await c.WebSockets.AcceptWebSocketAsync(); }); } static class X { public static bool IsSocket(this HttpContext c) => c.WebSockets.IsWebSocketRequest; }")]
    [InlineData("static class X { public static void MapSocket(this IEndpointRouteBuilder app, Func<HttpContext, Task> handle) => app.Map(\"/ws\", async (HttpContext c) => { if (c.WebSockets.IsWebSocketRequest) await handle(c); }); } class E { void A(IEndpointRouteBuilder app) => app.MapSocket(async c => { var s = await c.WebSockets.AcceptWebSocketAsync(); }); }")]
    [InlineData("public abstract class H { public abstract Task Go(HttpContext c); } public class S : H { public override async Task Go(HttpContext c) { var s = await c.WebSockets.AcceptWebSocketAsync(); } }")]
    [InlineData("public class S { public virtual async Task Go(HttpContext c) { var s = await c.WebSockets.AcceptWebSocketAsync(); } }")]
    [InlineData("public static class S { public static async Task Go(HttpContext c) { var s = await c.WebSockets.AcceptWebSocketAsync(); } }")]
    [InlineData("interface I { Task Go(HttpContext c); } class S : I { public async Task Go(HttpContext c) { var s = await c.WebSockets.AcceptWebSocketAsync(); } }")]
    [InlineData("class E { Func<HttpContext, Task> handle = async c => { var s = await c.WebSockets.AcceptWebSocketAsync(); }; }")]
    [InlineData("class E { async Task Run(HttpListener l) { while (true) { var c = await l.GetContextAsync(); if (!c.Request.IsWebSocketRequest) { c.Response.StatusCode = 400; c.Response.Close(); continue; } var s = await c.AcceptWebSocketAsync(null); } } }")]
    [InlineData("class E { async Task Run(HttpListener l) { var c = await l.GetContextAsync(); if (c.Request.IsWebSocketRequest) _ = Serve(c); } async Task Serve(HttpListenerContext c) { var s = await c.AcceptWebSocketAsync(null); } }")]
    [InlineData("class E { async Task Run(HttpListener l) { var c = await l.GetContextAsync(); try { var s = await c.AcceptWebSocketAsync(null); } catch (Exception) { c.Response.StatusCode = 500; c.Response.Close(); } } }")]
    [InlineData("class WebSocketManager { public Task AcceptWebSocketAsync() => Task.CompletedTask; } class E { async Task A(WebSocketManager m) => await m.AcceptWebSocketAsync(); }")]
    [InlineData("class T { [Test] public async Task A(HttpContext c) { var s = await c.WebSockets.AcceptWebSocketAsync(); } } class TestAttribute : Attribute { }")]
    public Task Checks_elsewhere_and_what_is_unknown(string code) => Verify<WS3002AcceptWithoutCheck>.SilentAsync(Usings + code);

    [Fact]
    public Task A_public_handler_of_a_program_is_its_own() => Verify<WS3002AcceptWithoutCheck>.ReportsAsync(
        Usings + "Console.WriteLine(); public static class S { public static async Task Go(HttpContext c) { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); } }", Setup.Program);

    [Fact]
    public Task Top_level_statements_with_a_listener() => Verify<WS3002AcceptWithoutCheck>.FixesAsync(
        """
        using System.Net;

        var listener = new HttpListener();
        while (true)
        {
            var context = await listener.GetContextAsync();
            var socket = await context.[|AcceptWebSocketAsync|](null);
        }
        """,
        """
        using System.Net;

        var listener = new HttpListener();
        while (true)
        {
            var context = await listener.GetContextAsync();
            if (!context.Request.IsWebSocketRequest)
            {
                context.Response.StatusCode = 400;
                context.Response.Close();
                continue;
            }

            var socket = await context.AcceptWebSocketAsync(null);
        }
        """, "WS3002: Refuse plain requests", Setup.Program);

    [Fact]
    public Task Half_typed_code() => Verify<WS3002AcceptWithoutCheck>.ReportsAsync(Handler("if (!c.WebSockets. ) return; var s = await c.WebSockets.[|AcceptWebSocketAsync|]( "), new Setup { Compiles = false });

    [Fact]
    public Task The_message() => Verify<WS3002AcceptWithoutCheck>.SaysAsync(
        Handler("var s = await c.WebSockets.{|#0:AcceptWebSocketAsync|}();"),
        "A plain request gets 500 (\"Not a WebSocket request.\") instead of 400: the socket is accepted without a check of IsWebSocketRequest; check it first and refuse the others");

    [Fact]
    public Task The_way_out_is_added_to_a_check_that_goes_on() => Verify<WS3002AcceptWithoutCheck>.FixesAsync(
        Usings + """
        class E : ControllerBase
        {
            public async Task A()
            {
                if (!HttpContext.WebSockets.IsWebSocketRequest)
                {
                    HttpContext.Response.StatusCode = 400; // refused
                }
                using var s = await HttpContext.WebSockets.[|AcceptWebSocketAsync|]();
            }

            public async Task<IActionResult> B()
            {
                if (!HttpContext.WebSockets.IsWebSocketRequest)
                    Response.StatusCode = 404;

                using var s = await HttpContext.WebSockets.[|AcceptWebSocketAsync|]();
                return new EmptyResult();
            }
        }
        """,
        Usings + """
        class E : ControllerBase
        {
            public async Task A()
            {
                if (!HttpContext.WebSockets.IsWebSocketRequest)
                {
                    HttpContext.Response.StatusCode = 400; // refused
                    return;
                }
                using var s = await HttpContext.WebSockets.AcceptWebSocketAsync();
            }

            public async Task<IActionResult> B()
            {
                if (!HttpContext.WebSockets.IsWebSocketRequest)
                {
                    Response.StatusCode = 404;
                    return new EmptyResult();
                }

                using var s = await HttpContext.WebSockets.AcceptWebSocketAsync();
                return new EmptyResult();
            }
        }
        """, "WS3002: Refuse plain requests");

    [Fact]
    public Task The_answer_fits_the_handler() => Verify<WS3002AcceptWithoutCheck>.FixesAsync(
        Usings + """
        class E : ControllerBase
        {
            public async Task<IActionResult> A()
            {
                // The chat.
                using var s = await HttpContext.WebSockets.[|AcceptWebSocketAsync|](); // open
                return new EmptyResult();
            }

            void B(IEndpointRouteBuilder app)
            {
                app.Map("/a", async Task<IResult> (HttpContext c) =>
                {
                    using var s = await c.WebSockets.[|AcceptWebSocketAsync|]();
                    return Results.Empty;
                });
                app.Map("/b", async (HttpContext c) => await Work(await c.WebSockets.[|AcceptWebSocketAsync|]()));
                app.Map("/c", (HttpContext c) =>
                {
                    return Work(c.WebSockets.[|AcceptWebSocketAsync|]().Result);
                });
            }

            static Task Work(WebSocket s) => Task.CompletedTask;
        }
        """,
        Usings + """
        class E : ControllerBase
        {
            public async Task<IActionResult> A()
            {
                if (!HttpContext.WebSockets.IsWebSocketRequest)
                {
                    return BadRequest();
                }

                // The chat.
                using var s = await HttpContext.WebSockets.AcceptWebSocketAsync(); // open
                return new EmptyResult();
            }

            void B(IEndpointRouteBuilder app)
            {
                app.Map("/a", async Task<IResult> (HttpContext c) =>
                {
                    if (!c.WebSockets.IsWebSocketRequest)
                    {
                        return Results.BadRequest();
                    }

                    using var s = await c.WebSockets.AcceptWebSocketAsync();
                    return Results.Empty;
                });
                app.Map("/b", async (HttpContext c) =>
                {
                    if (!c.WebSockets.IsWebSocketRequest)
                    {
                        c.Response.StatusCode = StatusCodes.Status400BadRequest;
                        return;
                    }

                    await Work(await c.WebSockets.AcceptWebSocketAsync());
                });
                app.Map("/c", (HttpContext c) =>
                {
                    if (!c.WebSockets.IsWebSocketRequest)
                    {
                        c.Response.StatusCode = StatusCodes.Status400BadRequest;
                        return Task.CompletedTask;
                    }

                    return Work(c.WebSockets.AcceptWebSocketAsync().Result);
                });
            }

            static Task Work(WebSocket s) => Task.CompletedTask;
        }
        """, "WS3002: Refuse plain requests");

    [Fact]
    public Task The_answer_426_says_what_to_upgrade_to() => Verify<WS3002AcceptWithoutCheck>.FixesAsync(
        Usings + """
        class E : ControllerBase
        {
            public async Task<IActionResult> A()
            {
                using var s = await HttpContext.WebSockets.[|AcceptWebSocketAsync|]();
                return new EmptyResult();
            }

            async Task B(HttpListener l)
            {
                var c = await l.GetContextAsync();
                var s = await c.[|AcceptWebSocketAsync|](null);
            }
        }
        """,
        Usings + """
        class E : ControllerBase
        {
            public async Task<IActionResult> A()
            {
                if (!HttpContext.WebSockets.IsWebSocketRequest)
                {
                    HttpContext.Response.Headers.Upgrade = "websocket";
                    HttpContext.Response.Headers.Connection = "Upgrade";
                    return StatusCode(StatusCodes.Status426UpgradeRequired);
                }

                using var s = await HttpContext.WebSockets.AcceptWebSocketAsync();
                return new EmptyResult();
            }

            async Task B(HttpListener l)
            {
                var c = await l.GetContextAsync();
                if (!c.Request.IsWebSocketRequest)
                {
                    c.Response.StatusCode = 426;
                    c.Response.Headers["Upgrade"] = "websocket";
                    c.Response.Headers["Connection"] = "Upgrade";
                    c.Response.Close();
                    return;
                }

                var s = await c.AcceptWebSocketAsync(null);
            }
        }
        """, "WS3002: Refuse plain requests with 426 Upgrade Required");

    [Fact]
    public Task A_function_that_returns_something_of_its_own_is_for_a_person() => Verify<WS3002AcceptWithoutCheck>.NotFixableAsync(Usings + """
        class E
        {
            async Task<WebSocket> Open(HttpContext c) => await c.WebSockets.[|AcceptWebSocketAsync|]();
        }
        """);
}

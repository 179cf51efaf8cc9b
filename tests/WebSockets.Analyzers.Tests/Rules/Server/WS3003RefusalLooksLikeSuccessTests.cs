using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.Tests.Rules.Server;

public class WS3003RefusalLooksLikeSuccessTests
{
    private const string Usings = """
        using System;
        using System.Net.WebSockets;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Routing;
        using Microsoft.Extensions.Logging;

        """;

    private static string Handler(string body) => Usings + $$"""
        class Startup
        {
            void Configure(WebApplication app, ILogger log) => app.Map("/ws", async (HttpContext c) => { {{body}} });
        }
        """;

    [Theory]
    [InlineData("if (c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }")]
    [InlineData("if (!c.WebSockets.IsWebSocketRequest) return; var s = await c.WebSockets.[|AcceptWebSocketAsync|]();")]
    [InlineData("if (!c.WebSockets.IsWebSocketRequest) { log.LogWarning(\"plain\"); return; } var s = await c.WebSockets.[|AcceptWebSocketAsync|]();")]
    [InlineData("if (c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); } else { Console.WriteLine(\"plain\"); }")]
    [InlineData("if (c.WebSockets.IsWebSocketRequest == false) return; var s = await c.WebSockets.[|AcceptWebSocketAsync|]();")]
    [InlineData("if (c.Request.Path != \"/ws\") { c.Response.StatusCode = 404; return; } if (c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }")]
    [InlineData("if (c.WebSockets.IsWebSocketRequest) { if (c.Request.Query.Count > 0) { var a = await c.WebSockets.[|AcceptWebSocketAsync|](\"a\"); } else { var b = await c.WebSockets.AcceptWebSocketAsync(); } }")]
    [InlineData("try { if (c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); } } catch (Exception e) { log.LogError(e, \"\"); }")]
    public Task Nothing_answers_plain_requests(string body) => Verify<WS3003RefusalLooksLikeSuccess>.ReportsAsync(Handler(body));

    [Theory]
    [InlineData("if (c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.AcceptWebSocketAsync(); } else { c.Response.StatusCode = 400; }")]
    [InlineData("if (!c.WebSockets.IsWebSocketRequest) { c.Response.StatusCode = 400; return; } var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("if (!c.WebSockets.IsWebSocketRequest) { await c.Response.WriteAsync(\"the page\"); return; } var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("if (!c.WebSockets.IsWebSocketRequest) throw new BadHttpRequestException(\"no\"); var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("c.Response.StatusCode = 400; if (c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.AcceptWebSocketAsync(); }")]
    [InlineData("if (c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.AcceptWebSocketAsync(); return; } c.Response.StatusCode = 426;")]
    [InlineData("if (!c.WebSockets.IsWebSocketRequest) { Refuse(); return; } var s = await c.WebSockets.AcceptWebSocketAsync(); void Refuse() => c.Response.StatusCode = 400;")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync();")]
    public Task An_answer_or_no_check(string body) => Verify<WS3003RefusalLooksLikeSuccess>.SilentAsync(Handler(body));

    [Theory]
    [InlineData("class M(RequestDelegate next) { public async Task InvokeAsync(HttpContext c) { if (c.Request.Path == \"/ws\") { if (c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); } } else await next(c); } }")]
    [InlineData("class E : ControllerBase { [Route(\"/ws\")] public async Task Get() { if (HttpContext.WebSockets.IsWebSocketRequest) { var s = await HttpContext.WebSockets.[|AcceptWebSocketAsync|](); } } }")]
    [InlineData("class E { void A(IApplicationBuilder app) => app.Use(async (HttpContext c, RequestDelegate next) => { if (c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); } }); }")]
    [InlineData("class E { void A(IApplicationBuilder app) => app.Map(\"/ws\", b => b.Run(async c => { if (!c.WebSockets.IsWebSocketRequest) { return; } await Go(c); })); static async Task Go(HttpContext c) { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); } }")]
    public Task Other_entries(string code) => Verify<WS3003RefusalLooksLikeSuccess>.ReportsAsync(Usings + code);

    [Theory]
    [InlineData("class M(RequestDelegate next) { public async Task InvokeAsync(HttpContext c) { if (c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.AcceptWebSocketAsync(); } else await next(c); } }")]
    [InlineData("class E { void A(IApplicationBuilder app) => app.Use(async (c, next) => { if (!c.WebSockets.IsWebSocketRequest) { await next(); return; } var s = await c.WebSockets.AcceptWebSocketAsync(); }); }")]
    [InlineData("class E : ControllerBase { public async Task<IActionResult> Get() { if (HttpContext.WebSockets.IsWebSocketRequest) { var s = await HttpContext.WebSockets.AcceptWebSocketAsync(); } return new EmptyResult(); } }")]
    [InlineData("class E { void A(IApplicationBuilder app) => app.MapWhen(c => c.WebSockets.IsWebSocketRequest, b => b.Run(async c => { if (c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.AcceptWebSocketAsync(); } })); }")]
    [InlineData("public class H { public async Task Go(HttpContext c) { if (c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.AcceptWebSocketAsync(); } } }")]
    [InlineData("class WebSocketManager { public bool IsWebSocketRequest; public Task AcceptWebSocketAsync() => Task.CompletedTask; } class E { async Task A(WebSocketManager m) { if (m.IsWebSocketRequest) await m.AcceptWebSocketAsync(); } }")]
    [InlineData("class T { [Test] public void A(IApplicationBuilder app) => app.Run(async c => { if (c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.AcceptWebSocketAsync(); } }); } class TestAttribute : Attribute { }")]
    public Task Passed_on_or_answered_elsewhere(string code) => Verify<WS3003RefusalLooksLikeSuccess>.SilentAsync(Usings + code);

    [Fact]
    public Task Half_typed_code() => Verify<WS3003RefusalLooksLikeSuccess>.SilentAsync(Handler("if (c.WebSockets. var s = await c.WebSockets.AcceptWebSocketAsync( "), new Setup { Compiles = false });

    [Fact]
    public Task The_answer_goes_where_there_is_none() => Verify<WS3003RefusalLooksLikeSuccess>.FixesAsync(
        Usings + """
        class E
        {
            void A(IEndpointRouteBuilder app)
            {
                app.Map("/a", async (HttpContext c) =>
                {
                    if (!c.WebSockets.IsWebSocketRequest) return; // not for us
                    using var s = await c.WebSockets.[|AcceptWebSocketAsync|]();
                });
                app.Map("/b", async (HttpContext c) =>
                {
                    if (!c.WebSockets.IsWebSocketRequest)
                    {
                        // not for us
                        return;
                    }
                    using var s = await c.WebSockets.[|AcceptWebSocketAsync|]();
                });
                app.Map("/c", async (HttpContext c) =>
                {
                    if (c.WebSockets.IsWebSocketRequest)
                    {
                        using var s = await c.WebSockets.[|AcceptWebSocketAsync|]();
                    } // done
                });
            }
        }
        """,
        Usings + """
        class E
        {
            void A(IEndpointRouteBuilder app)
            {
                app.Map("/a", async (HttpContext c) =>
                {
                    if (!c.WebSockets.IsWebSocketRequest)
                    {
                        c.Response.StatusCode = StatusCodes.Status400BadRequest;
                        return;
                    } // not for us
                    using var s = await c.WebSockets.AcceptWebSocketAsync();
                });
                app.Map("/b", async (HttpContext c) =>
                {
                    if (!c.WebSockets.IsWebSocketRequest)
                    {
                        c.Response.StatusCode = StatusCodes.Status400BadRequest;
                        // not for us
                        return;
                    }
                    using var s = await c.WebSockets.AcceptWebSocketAsync();
                });
                app.Map("/c", async (HttpContext c) =>
                {
                    if (c.WebSockets.IsWebSocketRequest)
                    {
                        using var s = await c.WebSockets.AcceptWebSocketAsync();
                    } // done
                    else
                    {
                        c.Response.StatusCode = StatusCodes.Status400BadRequest;
                    }
                });
            }
        }
        """, "WS3003: Answer plain requests with 400 Bad Request");

    [Fact]
    public Task A_condition_for_more_than_sockets_is_for_a_person() => Verify<WS3003RefusalLooksLikeSuccess>.NotFixableAsync(
        Handler("if (c.Request.Query.Count > 0 && c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.[|AcceptWebSocketAsync|](); }"));
}

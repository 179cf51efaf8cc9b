using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.Tests.Rules.Server;

public class WS3010ResponseAfterUpgradeTests
{
    private const string Usings = """
        using System;
        using System.Net.WebSockets;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;

        """;

    private static string Handler(string body) => Usings + $"class E {{ async Task A(HttpContext c) {{ {body} }} static Task Work(WebSocket s) => Task.CompletedTask; }}";

    [Theory]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync(); await Work(s); [|c.Response.StatusCode = 200|];")]
    [InlineData("using (var s = await c.WebSockets.AcceptWebSocketAsync()) { await Work(s); } await c.Response.[|WriteAsync|](\"bye\");")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); if (c.Request.Query.Count > 0) [|c.Response.StatusCode = 400|];")]
    [InlineData("if (c.WebSockets.IsWebSocketRequest) { var s = await c.WebSockets.AcceptWebSocketAsync(); await Work(s); } [|c.Response.StatusCode = 400|];")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); try { await Work(s); } finally { [|c.Response.StatusCode = 200|]; }")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); try { await Work(s); } catch (Exception) { [|c.Response.StatusCode = 500|]; }")]
    [InlineData("try { var s = await c.WebSockets.AcceptWebSocketAsync(); try { await Work(s); } catch (Exception e) when (e is not OperationCanceledException) { [|c.Response.StatusCode = 500|]; } } catch (Exception) { c.Response.StatusCode = 500; }")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); await c.Response.Body.[|WriteAsync|](new byte[1]);")]
    [InlineData("var s = await c.WebSockets.AcceptWebSocketAsync(); c.Response.[|Redirect|](\"/\");")]
    [InlineData("await c.Response.[|WriteAsync|](\"hello\"); using var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("if (c.Request.Query.Count > 0) await c.Response.[|StartAsync|](); using var s = await c.WebSockets.AcceptWebSocketAsync();")]
    public Task Beside_the_upgrade(string body) => Verify<WS3010ResponseAfterUpgrade>.ReportsAsync(Handler(body));

    [Theory]
    [InlineData("class E : ControllerBase { public async Task<IActionResult> A() { using var s = await HttpContext.WebSockets.AcceptWebSocketAsync(); return [|Ok()|]; } }")]
    [InlineData("class E : ControllerBase { public async Task<IActionResult> A() { if (!HttpContext.WebSockets.IsWebSocketRequest) return BadRequest(); using var s = await HttpContext.WebSockets.AcceptWebSocketAsync(); return [|new OkResult()|]; } }")]
    [InlineData("class E : ControllerBase { public async Task<ActionResult> A() { if (HttpContext.WebSockets.IsWebSocketRequest) { using var s = await HttpContext.WebSockets.AcceptWebSocketAsync(); } return [|NoContent()|]; } }")]
    [InlineData("class E { async Task<IResult> A(HttpContext c) { using var s = await c.WebSockets.AcceptWebSocketAsync(); return [|Results.Ok()|]; } }")]
    [InlineData("class E { async Task<IResult> A(HttpContext c) { using var s = await c.WebSockets.AcceptWebSocketAsync(); return [|TypedResults.Ok(\"done\")|]; } }")]
    public Task A_result_after_it(string code) => Verify<WS3010ResponseAfterUpgrade>.ReportsAsync(Usings + code);

    [Theory]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync(); await Work(s);")]
    [InlineData("if (!c.WebSockets.IsWebSocketRequest) { c.Response.StatusCode = 400; await c.Response.WriteAsync(\"no\"); return; } using var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("if (c.WebSockets.IsWebSocketRequest) { using var s = await c.WebSockets.AcceptWebSocketAsync(); } else { c.Response.StatusCode = 400; await c.Response.WriteAsync(\"no\"); }")]
    [InlineData("if (c.WebSockets.IsWebSocketRequest) { using var s = await c.WebSockets.AcceptWebSocketAsync(); return; } c.Response.StatusCode = 400;")]
    [InlineData("c.Response.StatusCode = 200; c.Response.Headers[\"a\"] = \"b\"; using var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("try { using var s = await c.WebSockets.AcceptWebSocketAsync(); await Work(s); } catch (Exception) { c.Response.StatusCode = 500; }")]
    [InlineData("WebSocket? s = null; if (c.WebSockets.IsWebSocketRequest) s = await c.WebSockets.AcceptWebSocketAsync(); if (s == null) { c.Response.StatusCode = 400; return; } await Work(s);")]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync(); await Work(s); if (!c.Response.HasStarted) c.Response.StatusCode = 500;")]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync(); try { await Work(s); } catch (Exception) when (!c.Response.HasStarted) { c.Response.StatusCode = 500; }")]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync(); try { await Work(s); } catch (Exception) { if (!c.Response.HasStarted) c.Response.StatusCode = 500; }")]
    [InlineData("bool ok = c.WebSockets.IsWebSocketRequest; if (ok) { using var s = await c.WebSockets.AcceptWebSocketAsync(); } if (!ok) c.Response.StatusCode = 400;")]
    public Task Before_it_a_status_or_another_way(string body) => Verify<WS3010ResponseAfterUpgrade>.SilentAsync(Handler(body));

    [Theory]
    [InlineData("class E : ControllerBase { public async Task<IActionResult> A() { if (!HttpContext.WebSockets.IsWebSocketRequest) return BadRequest(); using var s = await HttpContext.WebSockets.AcceptWebSocketAsync(); return new EmptyResult(); } }")]
    [InlineData("class E : ControllerBase { public async Task<IActionResult> A() { if (HttpContext.WebSockets.IsWebSocketRequest) { using var s = await HttpContext.WebSockets.AcceptWebSocketAsync(); return new EmptyResult(); } return Ok(); } }")]
    [InlineData("class E { async Task<IResult> A(HttpContext c) { using var s = await c.WebSockets.AcceptWebSocketAsync(); return Results.Empty; } }")]
    [InlineData("class E { async Task<IResult> A(HttpContext c) { using var s = await c.WebSockets.AcceptWebSocketAsync(); return TypedResults.Empty; } }")]
    [InlineData("class E { async Task<IResult> A(HttpContext c, IResult given) { using var s = await c.WebSockets.AcceptWebSocketAsync(); return given; } }")]
    [InlineData("class HttpResponse { public int StatusCode; } class E { async Task A(HttpContext c, global::HttpResponse r) { using var s = await c.WebSockets.AcceptWebSocketAsync(); r.StatusCode = 1; } }")]
    public Task Empty_results_and_others(string code) => Verify<WS3010ResponseAfterUpgrade>.SilentAsync(Usings + code);

    [Fact]
    public Task Half_typed_code() => Verify<WS3010ResponseAfterUpgrade>.SilentAsync(Handler("using var s = await c.WebSockets.AcceptWebSocketAsync(); c.Response. ; c.Response.Wri"), new Setup { Compiles = false });

    [Fact]
    public Task The_fix() => Verify<WS3010ResponseAfterUpgrade>.FixesAsync(
        Usings + """
        class E : ControllerBase
        {
            public async Task<IActionResult> A()
            {
                using var s = await HttpContext.WebSockets.AcceptWebSocketAsync();
                // That was it.
                [|Response.StatusCode = 200|];
                return [|Ok()|]; // done
            }

            static async Task<IResult> B(HttpContext c)
            {
                using var s = await c.WebSockets.AcceptWebSocketAsync();
                await c.Response.[|WriteAsync|]("bye");
                return [|Results.NoContent()|];
            }
        }
        """,
        Usings + """
        class E : ControllerBase
        {
            public async Task<IActionResult> A()
            {
                using var s = await HttpContext.WebSockets.AcceptWebSocketAsync();
                // That was it.
                return new EmptyResult(); // done
            }

            static async Task<IResult> B(HttpContext c)
            {
                using var s = await c.WebSockets.AcceptWebSocketAsync();
                return Results.Empty;
            }
        }
        """);
}

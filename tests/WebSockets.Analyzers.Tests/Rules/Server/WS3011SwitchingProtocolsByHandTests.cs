using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.Tests.Rules.Server;

public class WS3011SwitchingProtocolsByHandTests
{
    private const string Usings = """
        using System;
        using System.Net;
        using System.Net.Http;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Http.Features;
        using Microsoft.AspNetCore.Mvc;

        """;

    [Theory]
    [InlineData("async Task A(HttpContext c) { [|c.Response.StatusCode = 101|]; await Task.Yield(); }")]
    [InlineData("void A(HttpContext c) => [|c.Response.StatusCode = StatusCodes.Status101SwitchingProtocols|];")]
    [InlineData("void A(HttpResponse r) => [|r.StatusCode = (int)HttpStatusCode.SwitchingProtocols|];")]
    [InlineData("const int Switch = 101; void A(HttpResponse r) => [|r.StatusCode = Switch|];")]
    [InlineData("IResult A() => Results.[|StatusCode|](101);")]
    [InlineData("IResult A() => TypedResults.[|StatusCode|](StatusCodes.Status101SwitchingProtocols);")]
    [InlineData("IActionResult A() => [|new StatusCodeResult(101)|];")]
    public Task In_any_spelling(string member) => Verify<WS3011SwitchingProtocolsByHand>.ReportsAsync(Usings + $"class E {{ {member} }}");

    [Fact]
    public Task In_a_controller() => Verify<WS3011SwitchingProtocolsByHand>.ReportsAsync(Usings + "class E : ControllerBase { public IActionResult A() => [|StatusCode|](101); public void B() => [|Response.StatusCode = 101|]; }");

    [Theory]
    [InlineData("void A(HttpContext c) => c.Response.StatusCode = 200;")]
    [InlineData("void A(HttpContext c, int status) => c.Response.StatusCode = status;")]
    [InlineData("bool A(HttpContext c) => c.Response.StatusCode == 101;")]
    [InlineData("void A(HttpResponseMessage r) => r.StatusCode = HttpStatusCode.SwitchingProtocols;")]
    [InlineData("HttpResponseMessage A() => new(HttpStatusCode.SwitchingProtocols);")]
    [InlineData("async Task A(HttpContext c) { c.Response.StatusCode = 101; await c.Features.Get<IHttpUpgradeFeature>()!.UpgradeAsync(); }")]
    [InlineData("[ProducesResponseType(101)] public void A() { }")]
    [InlineData("class Own { public int StatusCode { get; set; } } void A(Own o) => o.StatusCode = 101;")]
    [InlineData("[Test] void A(HttpContext c) => c.Response.StatusCode = 101; class TestAttribute : Attribute { }")]
    public Task Anything_else(string member) => Verify<WS3011SwitchingProtocolsByHand>.SilentAsync(Usings + $"class E {{ {member} }}");

    [Fact]
    public Task Half_typed_code() => Verify<WS3011SwitchingProtocolsByHand>.SilentAsync(Usings + "class E { void A(HttpContext c) { c.Response.StatusCode = ; c.Response.StatusCode = 10", new Setup { Compiles = false });

    [Fact]
    public Task The_fix_keeps_comments_and_names() => Verify<WS3011SwitchingProtocolsByHand>.FixesAsync(
        Usings + """
        class E : ControllerBase
        {
            async Task A(HttpContext context)
            {
                // Upgrade.
                [|context.Response.StatusCode = 101|]; // by hand
                await Task.Yield();
            }

            public async Task B()
            {
                var webSocket = 1;
                [|Response.StatusCode = 101|];
                await Task.Delay(webSocket);
            }
        }
        """,
        Usings + """
        class E : ControllerBase
        {
            async Task A(HttpContext context)
            {
                // Upgrade.
                using var webSocket = await context.WebSockets.AcceptWebSocketAsync(); // by hand
                await Task.Yield();
            }

            public async Task B()
            {
                var webSocket = 1;
                using var webSocket2 = await HttpContext.WebSockets.AcceptWebSocketAsync();
                await Task.Delay(webSocket);
            }
        }
        """);

    [Fact]
    public Task A_result_is_for_a_person() => Verify<WS3011SwitchingProtocolsByHand>.NotFixableAsync(Usings + "class E { IResult A() => Results.[|StatusCode|](101); void B(HttpContext c) => [|c.Response.StatusCode = 101|]; }");
}

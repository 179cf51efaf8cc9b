using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.Tests.Rules.Server;

public class WS3015HandshakeHeaderStrippedTests
{
    private const string Accepts = "class E { void A(WebApplication app) => app.Map(\"/ws\", async (HttpContext c) => { var s = await c.WebSockets.AcceptWebSocketAsync(); }); }";

    private static string Middleware(string body, string app = Accepts) => $$"""
        using System.Net.Http;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.Extensions.Primitives;
        using Microsoft.Net.Http.Headers;

        class Startup
        {
            void Configure(WebApplication app, HttpRequestMessage outgoing, string name) => app.Use(async (context, next) => { {{body}} await next(context); });
        }
        {{app}}
        """;

    [Theory]
    [InlineData("[|context.Request.Headers.Remove(\"Upgrade\")|];")]
    [InlineData("[|context.Request.Headers.Remove(\"connection\")|];")]
    [InlineData("[|context.Request.Headers.Remove(HeaderNames.Connection)|];")]
    [InlineData("[|context.Request.Headers.Remove(\"Sec-WebSocket-Key\")|];")]
    [InlineData("[|context.Request.Headers[\"Upgrade\"] = \"\"|];")]
    [InlineData("[|context.Request.Headers[\"Sec-WebSocket-Version\"] = StringValues.Empty|];")]
    [InlineData("[|context.Request.Headers.Connection = default|];")]
    [InlineData("[|context.Request.Headers.Upgrade = \"\"|];")]
    [InlineData("var request = context.Request; [|request.Headers.Remove(\"Upgrade\")|];")]
    public Task Taken_from_the_request(string body) => Verify<WS3015HandshakeHeaderStripped>.ReportsAsync(Middleware(body));

    [Theory]
    [InlineData("context.Request.Headers.Remove(\"Sec-WebSocket-Extensions\");")]
    [InlineData("context.Request.Headers.Remove(\"Cookie\");")]
    [InlineData("context.Request.Headers.Remove(name);")]
    [InlineData("context.Response.Headers.Remove(\"Connection\");")]
    [InlineData("outgoing.Headers.Remove(\"Connection\");")]
    [InlineData("context.Request.Headers.Connection = \"Upgrade\";")]
    [InlineData("if (!context.WebSockets.IsWebSocketRequest) context.Request.Headers.Remove(\"Upgrade\");")]
    [InlineData("if (context.WebSockets.IsWebSocketRequest) { await next(context); return; } context.Request.Headers.Remove(\"Upgrade\");")]
    [InlineData("if (context.Request.Path.StartsWithSegments(\"/api\")) context.Request.Headers.Remove(\"Upgrade\");")]
    public Task Harmless_or_conditional(string body) => Verify<WS3015HandshakeHeaderStripped>.SilentAsync(Middleware(body));

    [Fact]
    public Task Without_sockets() => Verify<WS3015HandshakeHeaderStripped>.SilentAsync(Middleware("context.Request.Headers.Remove(\"Upgrade\");", ""));

    [Fact]
    public Task In_front_of_a_proxy() => Verify<WS3015HandshakeHeaderStripped>.ReportsAsync(Middleware("[|context.Request.Headers.Remove(\"Upgrade\")|];", "class P { void A(WebApplication app) => app.MapReverseProxy(); }"));

    [Fact]
    public Task A_look_alike() => Verify<WS3015HandshakeHeaderStripped>.SilentAsync(
        Middleware("new HttpRequest().Headers.Remove(\"Upgrade\");", "class HttpRequest { public System.Collections.Generic.Dictionary<string, string> Headers = new(); }" + Accepts));

    [Fact]
    public Task Half_typed_code() => Verify<WS3015HandshakeHeaderStripped>.SilentAsync(Middleware("context.Request.Headers.Remove( ; context.Request.Headers[\"Upgrade\"] = ;"), new Setup { Compiles = false });

    [Fact]
    public Task The_fix() => Verify<WS3015HandshakeHeaderStripped>.FixesAsync(
        Middleware("\n            // Clean.\n            [|context.Request.Headers.Remove(\"Connection\")|]; // hop by hop\n            [|context.Request.Headers[\"Upgrade\"] = \"\"|];\n"),
        Middleware("\n            // Clean.\n            if (!context.WebSockets.IsWebSocketRequest) context.Request.Headers.Remove(\"Connection\"); // hop by hop\n            if (!context.WebSockets.IsWebSocketRequest) context.Request.Headers[\"Upgrade\"] = \"\";\n"));
}

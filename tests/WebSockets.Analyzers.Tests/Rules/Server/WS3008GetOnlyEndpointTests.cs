using Microsoft.CodeAnalysis.CSharp;
using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.Tests.Rules.Server;

public class WS3008GetOnlyEndpointTests
{
    internal const string Usings = """
        using System;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Hosting;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Routing;
        using Microsoft.AspNetCore.Server.Kestrel.Core;

        static class Chat { public static async Task Handle(HttpContext c) { var s = await c.WebSockets.AcceptWebSocketAsync(); } }

        """;

    private static string Map(string call) => Usings + $"class Startup {{ void Configure(IEndpointRouteBuilder app, string[] verbs, KestrelServerOptions kestrel, IWebHostBuilder web) {{ {call} }} }}";

    [Theory]
    [InlineData("app.[|MapGet|](\"/ws\", Chat.Handle);")]
    [InlineData("app.[|MapGet|](\"/ws\", async (HttpContext c) => { var s = await c.WebSockets.AcceptWebSocketAsync(); });")]
    [InlineData("app.[|MapGet|](\"/ws\", async c => await Chat.Handle(c));")]
    [InlineData("app.MapGroup(\"/a\").[|MapGet|](\"/ws\", Chat.Handle).WithName(\"ws\");")]
    [InlineData("EndpointRouteBuilderExtensions.[|MapGet|](app, \"/ws\", Chat.Handle);")]
    [InlineData("app.[|MapMethods|](\"/ws\", new[] { \"GET\" }, Chat.Handle);")]
    [InlineData("app.[|MapMethods|](\"/ws\", new[] { HttpMethods.Get, HttpMethods.Head }, Chat.Handle); static class HttpMethods { public const string Get = \"GET\", Head = \"HEAD\"; }")]
    [InlineData("app.[|MapMethods|](\"/ws\", [Microsoft.AspNetCore.Http.HttpMethods.Get], Chat.Handle);")]
    [InlineData("app.[|MapMethods|](\"/ws\", [\"get\"], Chat.Handle);")]
    [InlineData("app.[|MapGet|](\"/ws\", Chat.Handle); web.UseUrls(\"http://*:80\", \"https://*:443\");")]
    [InlineData("app.[|MapGet|](\"/ws\", Chat.Handle); web.UseUrls(verbs);")]
    public Task Mapped_for_GET(string call)
    {
        var (statement, type) = call.Contains("static class", StringComparison.Ordinal) ? (call[..call.IndexOf("static class", StringComparison.Ordinal)], call[call.IndexOf("static class", StringComparison.Ordinal)..]) : (call, "");
        return Verify<WS3008GetOnlyEndpoint>.ReportsAsync(Map(statement) + type);
    }

    [Theory]
    [InlineData("[[|HttpGet(\"/ws\")|]] public Task Get() => Chat.Handle(HttpContext);")]
    [InlineData("[[|HttpGet|]] [Route(\"/ws\")] public async Task Get() { var s = await HttpContext.WebSockets.AcceptWebSocketAsync(); }")]
    [InlineData("[Route(\"/ws\"), [|HttpGet|]] public async Task Get() { var s = await HttpContext.WebSockets.AcceptWebSocketAsync(); }")]
    [InlineData("[[|AcceptVerbs(\"GET\")|]] public Task Get() => Chat.Handle(HttpContext);")]
    [InlineData("[[|AcceptVerbs(\"GET\", \"POST\", Route = \"/ws\")|]] public Task Get() => Chat.Handle(HttpContext);")]
    public Task Attributes_for_GET(string action) => Verify<WS3008GetOnlyEndpoint>.ReportsAsync(Usings + $"class E : ControllerBase {{ {action} }}");

    [Theory]
    [InlineData("app.Map(\"/ws\", Chat.Handle);")]
    [InlineData("app.MapMethods(\"/ws\", new[] { \"GET\", \"CONNECT\" }, Chat.Handle);")]
    [InlineData("app.MapMethods(\"/ws\", [Microsoft.AspNetCore.Http.HttpMethods.Get, Microsoft.AspNetCore.Http.HttpMethods.Connect], Chat.Handle);")]
    [InlineData("app.MapMethods(\"/ws\", verbs, Chat.Handle);")]
    [InlineData("app.MapPost(\"/ws\", Chat.Handle);")]
    [InlineData("app.MapGet(\"/\", () => \"hello\");")]
    [InlineData("app.MapGet(\"/ws\", Chat.Handle); kestrel.ConfigureEndpointDefaults(l => l.Protocols = HttpProtocols.Http1);")]
    [InlineData("app.MapGet(\"/ws\", Chat.Handle); web.UseUrls(\"http://localhost:5000\", \"http://*:8080\");")]
    public Task CONNECT_is_taken_or_never_comes(string call) => Verify<WS3008GetOnlyEndpoint>.SilentAsync(Map(call));

    [Theory]
    [InlineData("[Route(\"/ws\")] public Task Get() => Chat.Handle(HttpContext);")]
    [InlineData("[AcceptVerbs(\"GET\", \"CONNECT\", Route = \"/ws\")] public Task Get() => Chat.Handle(HttpContext);")]
    [InlineData("[HttpGet, AcceptVerbs(\"CONNECT\")] public Task Get() => Chat.Handle(HttpContext);")]
    [InlineData("[HttpGet, HttpConnect] public Task Get() => Chat.Handle(HttpContext);")]
    [InlineData("[HttpGet] public string Get() => \"\"; [Route(\"/ws\")] public Task Live() => Chat.Handle(HttpContext);")]
    public Task Actions_that_take_CONNECT(string action) => Verify<WS3008GetOnlyEndpoint>.SilentAsync(
        Usings + $"class E : ControllerBase {{ {action} }} class HttpConnectAttribute() : Microsoft.AspNetCore.Mvc.Routing.HttpMethodAttribute([\"CONNECT\"]);");

    [Fact]
    public Task A_look_alike() => Verify<WS3008GetOnlyEndpoint>.SilentAsync(
        Usings + "static class Own { public static void MapGet(this IEndpointRouteBuilder app, int i, RequestDelegate d) { } static void M(IEndpointRouteBuilder app) => app.MapGet(1, Chat.Handle); }");

    [Fact]
    public Task Half_typed_code() => Verify<WS3008GetOnlyEndpoint>.SilentAsync(Map("app.MapGet(\"/ws\", ); app.MapMethods(\"/ws\", [, Chat.Handle); [HttpGet"), new Setup { Compiles = false });

    [Fact]
    public Task The_fix_keeps_the_rest() => Verify<WS3008GetOnlyEndpoint>.FixesAsync(
        Usings + """
        class E : ControllerBase
        {
            // Live.
            [[|HttpGet("/live", Name = "live")|]] // here
            public Task Live() => Chat.Handle(HttpContext);

            [[|HttpGet|]]
            [Route("/b")]
            public Task B() => Chat.Handle(HttpContext);

            [[|AcceptVerbs("GET", Route = "/c")|]]
            public Task C() => Chat.Handle(HttpContext);

            static void Map(IEndpointRouteBuilder app)
            {
                app.[|MapGet|]("/d", async (HttpContext c) => // d
                {
                    await Chat.Handle(c);
                }).WithName("d");
                app.[|MapMethods|]("/e", new[] { "GET" }, Chat.Handle);
                app.[|MapMethods|]("/f", ["GET"], Chat.Handle);
            }
        }
        """,
        Usings + """
        class E : ControllerBase
        {
            // Live.
            [AcceptVerbs("GET", "CONNECT", Route = "/live", Name = "live")] // here
            public Task Live() => Chat.Handle(HttpContext);

            [AcceptVerbs("GET", "CONNECT")]
            [Route("/b")]
            public Task B() => Chat.Handle(HttpContext);

            [AcceptVerbs("GET", "CONNECT", Route = "/c")]
            public Task C() => Chat.Handle(HttpContext);

            static void Map(IEndpointRouteBuilder app)
            {
                app.MapMethods("/d", ["GET", "CONNECT"], async (HttpContext c) => // d
                {
                    await Chat.Handle(c);
                }).WithName("d");
                app.MapMethods("/e", new[] { "GET", "CONNECT" }, Chat.Handle);
                app.MapMethods("/f", ["GET", "CONNECT"], Chat.Handle);
            }
        }
        """);

    [Fact]
    public Task An_older_language_gets_an_array() => Verify<WS3008GetOnlyEndpoint>.FixesAsync(
        Map("app.[|MapGet|](\"/ws\", Chat.Handle);"), Map("app.MapMethods(\"/ws\", new[] { \"GET\", \"CONNECT\" }, Chat.Handle);"), null, new Setup { Language = LanguageVersion.CSharp11 });
}

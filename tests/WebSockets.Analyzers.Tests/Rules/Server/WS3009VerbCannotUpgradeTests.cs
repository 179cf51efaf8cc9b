using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.Tests.Rules.Server;

public class WS3009VerbCannotUpgradeTests
{
    private const string Usings = WS3008GetOnlyEndpointTests.Usings;

    [Theory]
    [InlineData("app.[|MapPost|](\"/ws\", Chat.Handle);")]
    [InlineData("app.[|MapPut|](\"/ws\", Chat.Handle);")]
    [InlineData("app.[|MapDelete|](\"/ws\", Chat.Handle);")]
    [InlineData("app.[|MapPatch|](\"/ws\", Chat.Handle);")]
    [InlineData("app.[|MapMethods|](\"/ws\", new[] { \"POST\", \"PUT\" }, Chat.Handle);")]
    [InlineData("app.MapGroup(\"/a\").[|MapPost|](\"/ws\", async (HttpContext c) => await Chat.Handle(c));")]
    public Task Mapped_for_other_verbs(string call) => Verify<WS3009VerbCannotUpgrade>.ReportsAsync(Usings + $"class S {{ void A(IEndpointRouteBuilder app) {{ {call} }} }}");

    [Theory]
    [InlineData("[[|HttpPost(\"/ws\")|]] public Task Get() => Chat.Handle(HttpContext);")]
    [InlineData("[Route(\"/ws\"), [|HttpPost|]] public async Task Get() { var s = await HttpContext.WebSockets.AcceptWebSocketAsync(); }")]
    [InlineData("[[|AcceptVerbs(\"POST\")|]] public Task Get() => Chat.Handle(HttpContext);")]
    public Task Attributes_for_other_verbs(string action) => Verify<WS3009VerbCannotUpgrade>.ReportsAsync(Usings + $"class E : ControllerBase {{ {action} }}");

    [Theory]
    [InlineData("class S { void A(IEndpointRouteBuilder app, string[] verbs) { app.MapGet(\"/a\", Chat.Handle); app.Map(\"/b\", Chat.Handle); app.MapMethods(\"/c\", verbs, Chat.Handle); app.MapMethods(\"/d\", new[] { \"POST\", \"GET\" }, Chat.Handle); } }")]
    [InlineData("class S { void A(IEndpointRouteBuilder app) => app.MapPost(\"/a\", () => 1); }")]
    [InlineData("class E : ControllerBase { [HttpGet, HttpPost] public Task A() => Chat.Handle(HttpContext); [HttpPost] public int B() => 1; }")]
    [InlineData("class E : ControllerBase { [HttpPost, AcceptVerbs(\"CONNECT\")] public Task A() => Chat.Handle(HttpContext); }")]
    [InlineData("class HttpPostAttribute : Attribute; class E : ControllerBase { [global::HttpPost] public Task A() => Chat.Handle(HttpContext); }")]
    public Task A_verb_that_upgrades_or_no_socket(string code) => Verify<WS3009VerbCannotUpgrade>.SilentAsync(Usings + code);

    [Fact]
    public Task Half_typed_code() => Verify<WS3009VerbCannotUpgrade>.SilentAsync(Usings + "class S { void A(IEndpointRouteBuilder app) { app.MapPost(\"/ws\", ", new Setup { Compiles = false });

    [Fact]
    public Task The_fix() => Verify<WS3009VerbCannotUpgrade>.FixesAsync(
        Usings + """
        class E : ControllerBase
        {
            [[|HttpPost("/a")|]] // a
            public Task A() => Chat.Handle(HttpContext);

            static void Map(IEndpointRouteBuilder app)
            {
                app.[|MapPost|]("/b", Chat.Handle); // b
                app.[|MapMethods|]("/c", new[] { "POST" }, Chat.Handle);
            }
        }
        """,
        Usings + """
        class E : ControllerBase
        {
            [AcceptVerbs("GET", "CONNECT", Route = "/a")] // a
            public Task A() => Chat.Handle(HttpContext);

            static void Map(IEndpointRouteBuilder app)
            {
                app.MapMethods("/b", ["GET", "CONNECT"], Chat.Handle); // b
                app.MapMethods("/c", ["GET", "CONNECT"], Chat.Handle);
            }
        }
        """);
}

using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.Tests.Rules.Server;

public class WS3016SubProtocolNotOfferedTests
{
    private static string Handler(string body) => $$"""
        using System.Net.WebSockets;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Http;

        class E
        {
            const string Chat = "chat";
            async Task A(HttpContext c, string given) { {{body}} await Task.Yield(); }
        }
        """;

    [Theory]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync([|\"chat\"|]);")]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync([|Chat|]);")]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync(subProtocol: [|\"chat\"|]);")]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { SubProtocol = [|\"chat\"|] });")]
    [InlineData("var o = new WebSocketAcceptContext(); o.SubProtocol = [|\"chat\"|]; using var s = await c.WebSockets.AcceptWebSocketAsync(o);")]
    public Task A_constant(string body) => Verify<WS3016SubProtocolNotOffered>.ReportsAsync(Handler(body));

    [Theory]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync();")]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync((string?)null);")]
    [InlineData("using var s = await c.WebSockets.AcceptWebSocketAsync(given);")]
    [InlineData("if (!c.WebSockets.WebSocketRequestedProtocols.Contains(\"chat\")) return; using var s = await c.WebSockets.AcceptWebSocketAsync(\"chat\");")]
    [InlineData("if (c.Request.Headers.SecWebSocketProtocol != \"chat\") return; using var s = await c.WebSockets.AcceptWebSocketAsync(\"chat\");")]
    [InlineData("if (c.Request.Headers[\"Sec-WebSocket-Protocol\"] != \"chat\") return; using var s = await c.WebSockets.AcceptWebSocketAsync(\"chat\");")]
    public Task None_or_one_that_is_asked_for(string body) => Verify<WS3016SubProtocolNotOffered>.SilentAsync(Handler(body));

    [Fact]
    public Task Each_handler_of_a_program_decides_for_itself() => Verify<WS3016SubProtocolNotOffered>.ReportsAsync(
        """
        using System.Linq;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;

        var app = WebApplication.Create(args);
        app.Map("/a", async (HttpContext c) => { using var s = await c.WebSockets.AcceptWebSocketAsync([|"chat"|]); });
        app.Map("/b", async (HttpContext c) => { if (c.WebSockets.WebSocketRequestedProtocols.Contains("chat")) { using var s = await c.WebSockets.AcceptWebSocketAsync("chat"); } });
        app.Run();
        """, Setup.Program);

    [Fact]
    public Task A_look_in_a_helper_is_one_for_all() => Verify<WS3016SubProtocolNotOffered>.SilentAsync(
        Handler("if (!Offers(c)) return; using var s = await c.WebSockets.AcceptWebSocketAsync(\"chat\"); bool Offers(HttpContext h) => h.WebSockets.WebSocketRequestedProtocols.Contains(\"chat\");"));

    [Fact]
    public Task A_look_alike() => Verify<WS3016SubProtocolNotOffered>.SilentAsync(Handler("new Own().AcceptWebSocketAsync(\"chat\");") + "class Own { public void AcceptWebSocketAsync(string subProtocol) { } }");

    [Fact]
    public Task Half_typed_code() => Verify<WS3016SubProtocolNotOffered>.SilentAsync(Handler("await c.WebSockets.AcceptWebSocketAsync("), new Setup { Compiles = false });

    [Fact]
    public Task The_fix() => Verify<WS3016SubProtocolNotOffered>.FixesAsync(
        """
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Http;

        class E
        {
            async Task A(HttpContext c)
            {
                var o = new WebSocketAcceptContext { SubProtocol = [|"chat"|] /* ours */ };
                using var s = await c.WebSockets.AcceptWebSocketAsync(o);
            }

            async Task B(HttpContext c)
            {
                using var s = await c.WebSockets.AcceptWebSocketAsync([|"chat"|]); // ours
            }
        }
        """,
        """
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Http;

        class E
        {
            async Task A(HttpContext c)
            {
                var o = new WebSocketAcceptContext { SubProtocol = c.WebSockets.WebSocketRequestedProtocols.Contains("chat") ? "chat" : null /* ours */ };
                using var s = await c.WebSockets.AcceptWebSocketAsync(o);
            }

            async Task B(HttpContext c)
            {
                using var s = await c.WebSockets.AcceptWebSocketAsync(c.WebSockets.WebSocketRequestedProtocols.Contains("chat") ? "chat" : null); // ours
            }
        }
        """);
}

using WebSockets.Analyzers.Rules.Kestrel;

namespace WebSockets.Analyzers.Tests.Rules.Kestrel;

public class WS4001Http2OnlyEndpointTests
{
    internal const string Usings = """
        using System;
        using System.Net;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Hosting;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Server.Kestrel.Core;
        using Microsoft.AspNetCore.SignalR;

        """;

    internal const string Accepts = "class E { void A(WebApplication app) => app.Map(\"/ws\", async (HttpContext c) => { var s = await c.WebSockets.AcceptWebSocketAsync(); }); }";

    private static string Server(string body, string app = Accepts) => Usings + $"class Server {{ void Configure(KestrelServerOptions k, HttpProtocols given) {{ {body} }} }} {app}";

    [Theory]
    [InlineData("k.ListenAnyIP(5000, l => [|l.Protocols = HttpProtocols.Http2|]);")]
    [InlineData("k.Listen(IPAddress.Loopback, 5000, l => { [|l.Protocols = HttpProtocols.Http2|]; l.UseHttps(); });")]
    [InlineData("k.ConfigureEndpointDefaults(l => [|l.Protocols = HttpProtocols.Http2|]);")]
    [InlineData("k.ListenAnyIP(5000, l => [|l.Protocols = HttpProtocols.Http3|]);")]
    [InlineData("k.ListenAnyIP(5000, l => [|l.Protocols = HttpProtocols.Http2|]); k.ListenAnyIP(5001, l => [|l.Protocols = HttpProtocols.Http2|]);")]
    [InlineData("k.ConfigureEndpointDefaults(l => [|l.Protocols = HttpProtocols.Http2|]); k.ListenAnyIP(5000);")]
    public Task No_endpoint_for_HTTP11(string body) => Verify<WS4001Http2OnlyEndpoint>.ReportsAsync(Server(body));

    [Fact]
    public Task Hubs_count() => Verify<WS4001Http2OnlyEndpoint>.ReportsAsync(
        Server("k.ListenAnyIP(5000, l => [|l.Protocols = HttpProtocols.Http2|]);", "class H : Hub { } class E { void A(WebApplication app) => app.MapHub<H>(\"/h\"); }"));

    [Theory]
    [InlineData("k.ListenAnyIP(5000, l => l.Protocols = HttpProtocols.Http1AndHttp2);")]
    [InlineData("k.ListenAnyIP(5000, l => l.Protocols = HttpProtocols.Http1);")]
    [InlineData("k.ListenAnyIP(5000, l => l.Protocols = given);")]
    [InlineData("k.ListenAnyIP(5000, l => l.Protocols = HttpProtocols.Http2); k.ListenAnyIP(5001, l => l.Protocols = HttpProtocols.Http1);")]
    [InlineData("k.ListenAnyIP(5000, l => l.Protocols = HttpProtocols.Http2); k.ListenAnyIP(5001);")]
    [InlineData("k.ConfigureEndpointDefaults(l => l.Protocols = HttpProtocols.Http2); k.ListenAnyIP(5001, l => l.Protocols = HttpProtocols.Http1);")]
    public Task Another_endpoint_or_both(string body) => Verify<WS4001Http2OnlyEndpoint>.SilentAsync(Server(body));

    [Fact]
    public Task Another_endpoint_in_the_settings() => Verify<WS4001Http2OnlyEndpoint>.SilentAsync(
        Server("k.ListenAnyIP(5000, l => l.Protocols = HttpProtocols.Http2);"),
        new Setup { AdditionalFiles = [("appsettings.json", "{ \"Kestrel\": { \"Endpoints\": { \"Web\": { \"Url\": \"http://*:5001\" } } } }")] });

    [Fact]
    public Task The_defaults_hold_for_endpoints_in_the_settings() => Verify<WS4001Http2OnlyEndpoint>.ReportsAsync(
        Server("k.ConfigureEndpointDefaults(l => [|l.Protocols = HttpProtocols.Http2|]);"),
        new Setup { AdditionalFiles = [("appsettings.json", "{ \"Kestrel\": { \"Endpoints\": { \"Web\": { \"Url\": \"http://*:5001\" } } } }")] });

    [Fact]
    public Task Without_sockets_it_is_gRPC_only() => Verify<WS4001Http2OnlyEndpoint>.SilentAsync(Server("k.ListenAnyIP(5000, l => l.Protocols = HttpProtocols.Http2);", ""));

    [Fact]
    public Task A_look_alike() => Verify<WS4001Http2OnlyEndpoint>.SilentAsync(Usings + "class ListenOptions { public HttpProtocols Protocols; } class S { void A(global::ListenOptions l) => l.Protocols = HttpProtocols.Http2; }" + Accepts);

    [Fact]
    public Task Half_typed_code() => Verify<WS4001Http2OnlyEndpoint>.SilentAsync(Server("k.ListenAnyIP(5000, l => l.Protocols = HttpProtocols. ); k.Listen("), new Setup { Compiles = false });

    [Fact]
    public Task Under_TLS_both() => Verify<WS4001Http2OnlyEndpoint>.FixesAsync(
        Server("k.ListenAnyIP(5000, l => { l.UseHttps(); [|l.Protocols = HttpProtocols.Http2|]; /* gRPC */ });"),
        Server("k.ListenAnyIP(5000, l => { l.UseHttps(); l.Protocols = HttpProtocols.Http1AndHttp2; /* gRPC */ });"));

    [Fact]
    public Task Without_TLS_it_is_for_a_person() => Verify<WS4001Http2OnlyEndpoint>.NotFixableAsync(Server("k.ListenAnyIP(5000, l => [|l.Protocols = HttpProtocols.Http2|]);"));
}

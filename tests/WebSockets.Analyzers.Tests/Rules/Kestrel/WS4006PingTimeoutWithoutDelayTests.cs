using WebSockets.Analyzers.Rules.Kestrel;

namespace WebSockets.Analyzers.Tests.Rules.Kestrel;

public class WS4006PingTimeoutWithoutDelayTests
{
    private static string Server(string body) => WS4001Http2OnlyEndpointTests.Usings + $"class Server {{ void Configure(KestrelServerOptions k, TimeSpan given, IWebHostBuilder web) {{ {body} }} static void Fill(SocketsHttpHandler h) {{ }} }}";

    [Theory]
    [InlineData("[|k.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10)|];")]
    [InlineData("[|k.Limits.Http2.KeepAlivePingTimeout = given|];")]
    [InlineData("web.ConfigureKestrel(o => [|o.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10)|]);")]
    [InlineData("var h = new SocketsHttpHandler { [|KeepAlivePingTimeout = TimeSpan.FromSeconds(10)|] };")]
    [InlineData("var h = new SocketsHttpHandler(); [|h.KeepAlivePingTimeout = TimeSpan.FromSeconds(10)|];")]
    [InlineData("var h = new SocketsHttpHandler { [|KeepAlivePingTimeout = TimeSpan.FromSeconds(10)|], KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always };")]
    public Task Alone(string body) => Verify<WS4006PingTimeoutWithoutDelay>.ReportsAsync(Server(body));

    [Theory]
    [InlineData("k.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30); k.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);")]
    [InlineData("k.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10); k.Limits.Http2.KeepAlivePingDelay = given;")]
    [InlineData("k.Limits.Http2.KeepAlivePingTimeout = Timeout.InfiniteTimeSpan;")]
    [InlineData("var h = new SocketsHttpHandler { KeepAlivePingTimeout = TimeSpan.FromSeconds(10), KeepAlivePingDelay = given };")]
    [InlineData("var h = new SocketsHttpHandler(); h.KeepAlivePingTimeout = given; Fill(h);")]
    public Task Beside_the_delay(string body) => Verify<WS4006PingTimeoutWithoutDelay>.SilentAsync(Server(body));

    [Fact]
    public Task A_look_alike() => Verify<WS4006PingTimeoutWithoutDelay>.SilentAsync(Server("") + "class SocketsHttpHandler { public TimeSpan KeepAlivePingTimeout { get; set; } void A() => KeepAlivePingTimeout = TimeSpan.Zero; }");

    [Fact]
    public Task Half_typed_code() => Verify<WS4006PingTimeoutWithoutDelay>.SilentAsync(Server("k.Limits.Http2.KeepAlivePingTimeout"), new Setup { Compiles = false });

    [Fact]
    public Task The_fix() => Verify<WS4006PingTimeoutWithoutDelay>.FixesAsync(
        Server("\n        // Pings.\n        [|k.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10)|]; // short\n        var h = new SocketsHttpHandler\n        {\n            [|KeepAlivePingTimeout = TimeSpan.FromSeconds(10)|], // short\n        };\n"),
        Server("\n        k.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);\n        // Pings.\n        k.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10); // short\n        var h = new SocketsHttpHandler\n        {\n            KeepAlivePingTimeout = TimeSpan.FromSeconds(10), // short\n            KeepAlivePingDelay = TimeSpan.FromSeconds(30),\n        };\n"));
}

using WebSockets.Analyzers.Rules.Kestrel;

namespace WebSockets.Analyzers.Tests.Rules.Kestrel;

public class WS4005KeepAliveTimeoutIsNotForSocketsTests
{
    private static string Server(string body, string app = WS4001Http2OnlyEndpointTests.Accepts) =>
        WS4001Http2OnlyEndpointTests.Usings + $"class Server {{ void Configure(KestrelServerOptions k, TimeSpan given) {{ {body} }} }} {app}";

    [Theory]
    [InlineData("[|k.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(10)|];")]
    [InlineData("[|k.Limits.KeepAliveTimeout = TimeSpan.MaxValue|];")]
    [InlineData("var l = k.Limits; [|l.KeepAliveTimeout = new TimeSpan(1, 0, 0)|];")]
    public Task Above_the_default(string body) => Verify<WS4005KeepAliveTimeoutIsNotForSockets>.ReportsAsync(Server(body));

    [Theory]
    [InlineData("k.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);")]
    [InlineData("k.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(10);")]
    [InlineData("k.Limits.KeepAliveTimeout = given;")]
    [InlineData("k.Limits.RequestHeadersTimeout = TimeSpan.FromMinutes(10);")]
    public Task Not_above_or_not_known(string body) => Verify<WS4005KeepAliveTimeoutIsNotForSockets>.SilentAsync(Server(body));

    [Fact]
    public Task Without_sockets_it_is_for_HTTP() => Verify<WS4005KeepAliveTimeoutIsNotForSockets>.SilentAsync(Server("k.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(10);", ""));

    [Fact]
    public Task A_look_alike() => Verify<WS4005KeepAliveTimeoutIsNotForSockets>.SilentAsync(
        Server("", "class KestrelServerLimits { public TimeSpan KeepAliveTimeout { get; set; } void A() => KeepAliveTimeout = TimeSpan.FromMinutes(10); }" + WS4001Http2OnlyEndpointTests.Accepts));

    [Fact]
    public Task Half_typed_code() => Verify<WS4005KeepAliveTimeoutIsNotForSockets>.SilentAsync(Server("k.Limits.KeepAliveTimeout = TimeSpan.From"), new Setup { Compiles = false });
}

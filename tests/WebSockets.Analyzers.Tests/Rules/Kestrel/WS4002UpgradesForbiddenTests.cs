using WebSockets.Analyzers.Rules.Kestrel;

namespace WebSockets.Analyzers.Tests.Rules.Kestrel;

public class WS4002UpgradesForbiddenTests
{
    private static string Server(string body, string app = WS4001Http2OnlyEndpointTests.Accepts) =>
        WS4001Http2OnlyEndpointTests.Usings + $"class Server {{ const int None = 0; void Configure(KestrelServerOptions k, int given, IWebHostBuilder web) {{ {body} }} }} {app}";

    [Theory]
    [InlineData("[|k.Limits.MaxConcurrentUpgradedConnections = 0|];")]
    [InlineData("var l = k.Limits; [|l.MaxConcurrentUpgradedConnections = None|];")]
    [InlineData("web.ConfigureKestrel(o => [|o.Limits.MaxConcurrentUpgradedConnections = 0|]);")]
    public Task None_at_all(string body) => Verify<WS4002UpgradesForbidden>.ReportsAsync(Server(body));

    [Theory]
    [InlineData("k.Limits.MaxConcurrentUpgradedConnections = null;")]
    [InlineData("k.Limits.MaxConcurrentUpgradedConnections = 100;")]
    [InlineData("k.Limits.MaxConcurrentUpgradedConnections = given;")]
    [InlineData("k.Limits.MaxConcurrentConnections = 1;")]
    public Task Some_or_any(string body) => Verify<WS4002UpgradesForbidden>.SilentAsync(Server(body));

    [Fact]
    public Task Without_sockets_it_is_meant() => Verify<WS4002UpgradesForbidden>.SilentAsync(Server("k.Limits.MaxConcurrentUpgradedConnections = 0;", ""));

    [Fact]
    public Task A_look_alike() => Verify<WS4002UpgradesForbidden>.SilentAsync(Server("", "class KestrelServerLimits { public int? MaxConcurrentUpgradedConnections; void A() => MaxConcurrentUpgradedConnections = 0; }" + WS4001Http2OnlyEndpointTests.Accepts));

    [Fact]
    public Task Half_typed_code() => Verify<WS4002UpgradesForbidden>.SilentAsync(Server("k.Limits.MaxConcurrentUpgradedConnections = ; k.Limits."), new Setup { Compiles = false });

    [Fact]
    public Task The_fix() => Verify<WS4002UpgradesForbidden>.FixesAsync(
        Server("\n        // Upgrades.\n        [|k.Limits.MaxConcurrentUpgradedConnections = 0|];\n        k.AddServerHeader = false;\n        web.ConfigureKestrel(o => [|o.Limits.MaxConcurrentUpgradedConnections = 0|]);\n"),
        Server("\n        // Upgrades.\n        k.AddServerHeader = false;\n        web.ConfigureKestrel(o => o.Limits.MaxConcurrentUpgradedConnections = null);\n"));
}

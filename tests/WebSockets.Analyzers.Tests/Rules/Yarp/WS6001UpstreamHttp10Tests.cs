using WebSockets.Analyzers.Rules.Yarp;

namespace WebSockets.Analyzers.Tests.Rules.Yarp;

public class WS6001UpstreamHttp10Tests
{
    [Theory]
    [InlineData("HttpVersion.Version10")]
    [InlineData("new Version(1, 0)")]
    [InlineData("new Version(minor: 0, major: 1)")]
    [InlineData("new(1, 0)")]
    [InlineData("new Version(\"1.0\")")]
    [InlineData("new(\"1.0\")")]
    [InlineData("Version.Parse(\"1.0\")")]
    [InlineData("Version.Parse(Text)")]
    [InlineData("new Version(Text)")]
    [InlineData("new Version(Major, 0)")]
    [InlineData("Old")]
    [InlineData("Older")]
    public Task Every_spelling(string version) => Verify<WS6001UpstreamHttp10>.ReportsAsync($$"""
        using System;
        using System.Net;
        using Yarp.ReverseProxy.Forwarder;
        class C
        {
            const string Text = "1.0";
            const int Major = 1;
            static readonly Version Old = HttpVersion.Version10;
            static Version Older => Old;
            ForwarderRequestConfig M() => new ForwarderRequestConfig { [|Version = {{version}}|] };
        }
        """);

    [Fact]
    public Task In_a_cluster_a_with_expression_and_through_a_local() => Verify<WS6001UpstreamHttp10>.ReportsAsync("""
        using System;
        using System.Net;
        using Yarp.ReverseProxy.Configuration;
        using Yarp.ReverseProxy.Forwarder;
        class C
        {
            ClusterConfig Cluster() => new() { ClusterId = "a", HttpRequest = new() { [|Version = HttpVersion.Version10|], ActivityTimeout = TimeSpan.FromMinutes(5) } };
            ForwarderRequestConfig Copy(ForwarderRequestConfig other)
            {
                var version = new Version(1, 0);
                return other with { [|Version = version|] };
            }
        }
        """);

    [Fact]
    public Task Silent_on_other_versions_and_on_values_from_elsewhere() => Verify<WS6001UpstreamHttp10>.SilentAsync("""
        using System;
        using System.Net;
        using Yarp.ReverseProxy.Forwarder;
        class C
        {
            static Version s_mutable = HttpVersion.Version10;
            ForwarderRequestConfig[] M(Version version, bool old, ForwarderRequestConfig other)
            {
                var changed = HttpVersion.Version11;
                if (old) changed = version;
                return
                [
                    new() { Version = HttpVersion.Version11 },
                    new() { Version = HttpVersion.Version20 },
                    new() { Version = new Version(1, 0, 0) },
                    new() { Version = null },
                    new() { Version = version },
                    new() { Version = changed },
                    new() { Version = s_mutable },
                    new() { Version = old ? HttpVersion.Version10 : HttpVersion.Version11 },
                    new(),
                    other with { ActivityTimeout = TimeSpan.FromMinutes(5) },
                ];
            }
            bool IsOld(ForwarderRequestConfig config) => config.Version == HttpVersion.Version10;
        }
        """);

    [Fact]
    public Task Silent_in_tests() => Verify<WS6001UpstreamHttp10>.SilentAsync("""
        using System;
        using System.Net;
        using Yarp.ReverseProxy.Forwarder;
        class FactAttribute : Attribute { }
        class C
        {
            [Fact] ForwarderRequestConfig M() => new() { Version = HttpVersion.Version10 };
        }
        """);

    [Fact]
    public Task Silent_on_a_look_alike_and_without_the_library() => Verify<WS6001UpstreamHttp10>.SilentAsync("""
        using System;
        using System.Net;
        namespace Yarp.ReverseProxy.Forwarder
        {
            record ForwarderRequestConfig { public Version? Version { get; init; } }
            class C
            {
                ForwarderRequestConfig M() => new() { Version = HttpVersion.Version10 };
            }
        }
        """, Setup.Net8);

    [Fact]
    public Task Half_typed_code() => Verify<WS6001UpstreamHttp10>.SilentAsync("""
        using System;
        using System.Net;
        using Yarp.ReverseProxy.Forwarder;
        class C
        {
            object A() => new ForwarderRequestConfig { Version = };
            object B() => new ForwarderRequestConfig { Version = new Version(1, ) };
            object D() => new ForwarderRequestConfig { Version = new Version(
        """, new() { Compiles = false });

    [Fact]
    public Task Fix_writes_Version11_and_keeps_comments() => Verify<WS6001UpstreamHttp10>.FixesAsync("""
        using System;
        using Yarp.ReverseProxy.Forwarder;
        class C
        {
            ForwarderRequestConfig A() => new()
            {
                // the old backend
                [|Version = /* HTTP */ new Version(1, 0)|], // 1.0
                ActivityTimeout = TimeSpan.FromMinutes(5),
            };
            ForwarderRequestConfig B(ForwarderRequestConfig other) => other with { [|Version = Version.Parse("1.0")|] };
        }
        """, """
        using System;
        using Yarp.ReverseProxy.Forwarder;
        class C
        {
            ForwarderRequestConfig A() => new()
            {
                // the old backend
                Version = /* HTTP */ System.Net.HttpVersion.Version11, // 1.0
                ActivityTimeout = TimeSpan.FromMinutes(5),
            };
            ForwarderRequestConfig B(ForwarderRequestConfig other) => other with { Version = System.Net.HttpVersion.Version11 };
        }
        """);
}

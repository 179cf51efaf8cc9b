using WebSockets.Analyzers.Rules.Http;

namespace WebSockets.Analyzers.Tests.Rules.Http;

public class WS7001Http10RequestTests
{
    [Theory]
    [InlineData("HttpVersion.Version10")]
    [InlineData("new Version(1, 0)")]
    [InlineData("new(1, 0)")]
    [InlineData("new Version(\"1.0\")")]
    [InlineData("Version.Parse(\"1.0\")")]
    [InlineData("Old")]
    public Task Every_spelling(string version) => Verify<WS7001Http10Request>.ReportsAsync($$"""
        using System;
        using System.Net;
        using System.Net.Http;
        class C
        {
            static readonly Version Old = new(1, 0);
            void M(HttpRequestMessage request) => [|request.Version = {{version}}|];
        }
        """);

    [Fact]
    public Task Requests_client_defaults_and_web_requests() => Verify<WS7001Http10Request>.ReportsAsync("""
        using System;
        using System.Net;
        using System.Net.Http;
        class C
        {
            void M(Uri uri, bool verbose)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, uri) { [|Version = HttpVersion.Version10|] };
                using var client = new HttpClient { [|DefaultRequestVersion = HttpVersion.Version10|] };
        #pragma warning disable SYSLIB0014
                var old = (HttpWebRequest)WebRequest.Create(uri);
                if (verbose) [|old.ProtocolVersion = HttpVersion.Version10|];
            }
        }
        """);

    [Theory]
    [InlineData("(HttpRequestMessage request) => {|#0:request.Version = HttpVersion.Version10|}", "A body of unknown length throws NotSupportedException (\"HTTP 1.0 does not support chunking.\") and the connection is closed after the response: this request goes out as HTTP/1.0; use HttpVersion.Version11")]
    [InlineData("(HttpClient client) => {|#0:client.DefaultRequestVersion = HttpVersion.Version10|}", "A body of unknown length throws NotSupportedException (\"HTTP 1.0 does not support chunking.\") and the connection is closed after each response: GetAsync, PostAsync and the like go out as HTTP/1.0 here; use HttpVersion.Version11")]
    [InlineData("(HttpWebRequest request) => {|#0:request.ProtocolVersion = HttpVersion.Version10|}", "This request goes out as HTTP/1.0, which has neither chunked bodies nor an upgrade to a WebSocket; use HttpVersion.Version11")]
    public Task Says_what_happens(string method, string message) => Verify<WS7001Http10Request>.SaysAsync($$"""
        using System.Net;
        using System.Net.Http;
        class C
        {
            void M{{method}};
        }
        """, message);

    [Fact]
    public Task Silent_on_mappings_copies_comparisons_responses_and_application_versions() => Verify<WS7001Http10Request>.SilentAsync("""
        using System;
        using System.Net;
        using System.Net.Http;
        class C
        {
            static readonly Version AppVersion = new(1, 0);
            public Version Release { get; set; } = new Version(1, 0);
            void M(HttpRequestMessage request, HttpRequestMessage incoming, string protocol, Version version, bool useHttp10)
            {
                request.Version = incoming.Version;
                request.Version = protocol == "HTTP/1.0" ? HttpVersion.Version10 : HttpVersion.Version11;
                request.Version = protocol switch { "HTTP/1.0" => HttpVersion.Version10, _ => HttpVersion.Version11 };
                if (version == HttpVersion.Version10) request.Version = HttpVersion.Version10;
                if (version.Minor == 1) request.Version = HttpVersion.Version11; else request.Version = HttpVersion.Version10;
                if (useHttp10) request.Version = HttpVersion.Version10;
                switch (protocol)
                {
                    case "HTTP/1.0":
                        request.Version = HttpVersion.Version10;
                        break;
                }
                switch (incoming.Version)
                {
                    case { Major: 1, Minor: 0 }:
                        request.Version = HttpVersion.Version10;
                        break;
                }
                request.Version = new Version(1, 0, 0);
                request.Version = HttpVersion.Version11;
                var response = new HttpResponseMessage { Version = HttpVersion.Version10 };
                Console.WriteLine(request.Version == HttpVersion.Version10);
                Release = new Version(1, 0);
            }
        }
        """);

    [Fact]
    public Task Silent_in_tests() => Verify<WS7001Http10Request>.SilentAsync("""
        using System;
        using System.Net;
        using System.Net.Http;
        class TheoryAttribute : Attribute { }
        class C
        {
            [Theory] void M(HttpRequestMessage request) => request.Version = HttpVersion.Version10;
        }
        """);

    [Fact]
    public Task Silent_on_a_look_alike() => Verify<WS7001Http10Request>.SilentAsync("""
        using System;
        class HttpRequestMessage { public Version? Version { get; set; } }
        static class HttpVersion { public static readonly Version Version10 = new(1, 0); }
        class C
        {
            void M(HttpRequestMessage request) => request.Version = HttpVersion.Version10;
        }
        """);

    [Fact]
    public Task Silent_on_a_look_alike_of_the_value() => Verify<WS7001Http10Request>.SilentAsync("""
        using System;
        using System.Net.Http;
        static class HttpVersion { public static readonly Version Version10 = new(1, 1); }
        class C
        {
            void M(HttpRequestMessage request) => request.Version = HttpVersion.Version10;
        }
        """);

    [Fact]
    public Task Half_typed_code() => Verify<WS7001Http10Request>.SilentAsync("""
        using System;
        using System.Net;
        using System.Net.Http;
        class C
        {
            void M(HttpRequestMessage request)
            {
                request.Version = ;
                request.Version = HttpVersion.;
                request.Version = new Version("1.", 0);
                if () request.Version = Version.Parse(
        """, new() { Compiles = false });

    [Fact]
    public Task Fix_writes_Version11_and_keeps_comments() => Verify<WS7001Http10Request>.FixesAsync("""
        using System;
        using System.Net;
        using System.Net.Http;
        class C
        {
            void M(HttpRequestMessage request, HttpWebRequest old)
            {
                // as always
                [|request.Version = new Version(1, 0)|]; // 1.0
                [|old.ProtocolVersion = /* old */ HttpVersion.Version10|];
                using var client = new HttpClient
                {
                    Timeout = TimeSpan.FromSeconds(5), // short
                    [|DefaultRequestVersion = HttpVersion.Version10|] // old
                };
            }
        }
        """, """
        using System;
        using System.Net;
        using System.Net.Http;
        class C
        {
            void M(HttpRequestMessage request, HttpWebRequest old)
            {
                // as always
                request.Version = HttpVersion.Version11; // 1.0
                old.ProtocolVersion = /* old */ HttpVersion.Version11;
                using var client = new HttpClient
                {
                    Timeout = TimeSpan.FromSeconds(5), // short
                    DefaultRequestVersion = HttpVersion.Version11 // old
                };
            }
        }
        """, setup: Setup.Net8);
}

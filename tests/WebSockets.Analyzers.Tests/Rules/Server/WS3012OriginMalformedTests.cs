using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.Tests.Rules.Server;

public class WS3012OriginMalformedTests
{
    private static string Add(string argument) => $$"""
        using System;
        using System.Collections.Generic;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.AspNetCore.WebSockets;

        class Startup
        {
            const string Origin = "https://example.org/";
            void A(WebSocketOptions o, string given) { o.AllowedOrigins.Add({{argument}}); }
        }
        """;

    [Theory]
    [InlineData("[|\"https://example.org/\"|]")]
    [InlineData("[|\"https://example.org/app\"|]")]
    [InlineData("[|\"https://example.org?a=b\"|]")]
    [InlineData("[|\"example.org\"|]")]
    [InlineData("[|\"localhost:5000\"|]")]
    [InlineData("[|\"https://*.example.org\"|]")]
    [InlineData("[|\"*.example.org\"|]")]
    [InlineData("[|\"wss://example.org\"|]")]
    [InlineData("[|\"https://example.org:443\"|]")]
    [InlineData("[|\"http://example.org:80\"|]")]
    [InlineData("[|\"\"|]")]
    [InlineData("[|\" https://example.org\"|]")]
    [InlineData("[|\"*\"|]")]
    [InlineData("[|Origin|]")]
    public Task Never_matches_or_always(string argument) => Verify<WS3012OriginMalformed>.ReportsAsync(Add(argument));

    [Theory]
    [InlineData("\"https://example.org\"")]
    [InlineData("\"http://localhost:5000\"")]
    [InlineData("\"https://example.org:8443\"")]
    [InlineData("\"null\"")]
    [InlineData("\"capacitor://localhost\"")]
    [InlineData("\"chrome-extension://abcdef/\"")]
    [InlineData("given")]
    public Task Well_formed(string argument) => Verify<WS3012OriginMalformed>.SilentAsync(Add(argument));

    [Fact]
    public Task In_an_initialiser_and_in_the_services() => Verify<WS3012OriginMalformed>.ReportsAsync("""
        using Microsoft.AspNetCore.Builder;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.AspNetCore.WebSockets;

        class Startup
        {
            void A(IApplicationBuilder app, IServiceCollection services)
            {
                app.UseWebSockets(new WebSocketOptions { AllowedOrigins = { "https://a.example", [|"https://b.example/"|] } });
                services.AddWebSockets(o => o.AllowedOrigins.Add([|"*"|]));
            }
        }
        """);

    [Fact]
    public Task Other_lists() => Verify<WS3012OriginMalformed>.SilentAsync("""
        using System.Collections.Generic;
        using Microsoft.AspNetCore.Builder;

        class WebSocketOptions { public IList<string> AllowedOrigins { get; } = new List<string>(); }
        class Startup
        {
            void A(WebSocketOptions o, List<string> l) { o.AllowedOrigins.Add("example.org/"); l.Add("*"); }
        }
        """);

    [Fact]
    public Task Half_typed_code() => Verify<WS3012OriginMalformed>.SilentAsync(Add(""), new Setup { Compiles = false });

    [Fact]
    public Task The_fix() => Verify<WS3012OriginMalformed>.FixesAsync(
        """
        using Microsoft.AspNetCore.Builder;

        class Startup
        {
            object A() => new WebSocketOptions
            {
                AllowedOrigins =
                {
                    [|"https://example.org/"|], // ours
                    [|"example.com"|],
                    [|"https://example.net:443/app"|],
                },
            };
        }
        """,
        """
        using Microsoft.AspNetCore.Builder;

        class Startup
        {
            object A() => new WebSocketOptions
            {
                AllowedOrigins =
                {
                    "https://example.org", // ours
                    "https://example.com",
                    "https://example.net",
                },
            };
        }
        """);

    [Theory]
    [InlineData("[|\"*\"|]")]
    [InlineData("[|\"https://*.example.org\"|]")]
    [InlineData("[|Origin|]")]
    public Task What_is_meant_is_for_a_person(string argument) => Verify<WS3012OriginMalformed>.NotFixableAsync(Add(argument));
}

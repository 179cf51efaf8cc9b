using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.Tests.Rules.Server;

public class WS3013OriginNotCheckedTests
{
    private static string Startup(string body, string accept = "await c.WebSockets.AcceptWebSocketAsync()") => $$"""
        using System;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Authentication.Cookies;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Identity;
        using Microsoft.AspNetCore.WebSockets;
        using Microsoft.Extensions.DependencyInjection;

        class Startup
        {
            void Configure(WebApplication app, IServiceCollection services, WebSocketOptions given) { {{body}} }
            async Task Handle(HttpContext c) { var s = {{accept}}; }
        }
        """;

    [Theory]
    [InlineData("services.AddAuthentication().AddCookie(); app.[|UseWebSockets|]();")]
    [InlineData("services.AddAuthentication(\"c\").AddCookie(\"c\", o => { }); app.[|UseWebSockets|](new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(30) });")]
    [InlineData("services.AddIdentity<IdentityUser, IdentityRole>(); app.[|UseWebSockets|]();")]
    [InlineData("services.AddAuthentication().AddCookie(); services.AddWebSockets(o => o.KeepAliveInterval = TimeSpan.FromSeconds(30)); app.[|UseWebSockets|]();")]
    public Task Cookies_and_any_origin(string body) => Verify<WS3013OriginNotChecked>.ReportsAsync(Startup(body));

    [Theory]
    [InlineData("app.UseWebSockets();")]
    [InlineData("services.AddAuthentication().AddCookie(); app.UseWebSockets(new WebSocketOptions { AllowedOrigins = { \"https://example.org\" } });")]
    [InlineData("services.AddAuthentication().AddCookie(); services.AddWebSockets(o => o.AllowedOrigins.Add(\"https://example.org\")); app.UseWebSockets();")]
    [InlineData("services.AddAuthentication().AddCookie(); app.UseWebSockets(given);")]
    [InlineData("services.AddAuthentication().AddCookie(); app.Use(async (c, n) => { if (c.Request.Headers.Origin != \"https://example.org\") return; await n(c); }); app.UseWebSockets();")]
    [InlineData("services.AddAuthentication().AddCookie(); app.Use(async (c, n) => { if (c.Request.Headers[\"Origin\"] != \"https://example.org\") return; await n(c); }); app.UseWebSockets();")]
    [InlineData("services.AddSession(); app.UseWebSockets();")]
    public Task Checked_or_no_cookies(string body) => Verify<WS3013OriginNotChecked>.SilentAsync(Startup(body));

    [Fact]
    public Task No_raw_sockets() => Verify<WS3013OriginNotChecked>.SilentAsync(Startup("services.AddAuthentication().AddCookie(); app.UseWebSockets();", "await Task.FromResult(1)"));

    [Fact]
    public Task A_look_alike() => Verify<WS3013OriginNotChecked>.SilentAsync(Startup("services.AddCookie(); app.UseWebSockets();") + " static class Own { public static void AddCookie(this IServiceCollection s) { } }");

    [Fact]
    public Task Half_typed_code() => Verify<WS3013OriginNotChecked>.ReportsAsync(Startup("services.AddAuthentication().AddCookie(); app.[|UseWebSockets|](); app."), new Setup { Compiles = false });

    [Fact]
    public Task The_fix() => Verify<WS3013OriginNotChecked>.FixesAsync(
        Startup("services.AddAuthentication().AddCookie(); app.[|UseWebSockets|](); /* on */ app.Map(\"/a\", (IApplicationBuilder a) => a.UseRouting());"),
        Startup("services.AddAuthentication().AddCookie(); app.UseWebSockets(new WebSocketOptions { AllowedOrigins = { \"https://www.example.org\" } }); /* on */ app.Map(\"/a\", (IApplicationBuilder a) => a.UseRouting());"));

    [Fact]
    public Task Options_in_the_services_are_for_a_person() => Verify<WS3013OriginNotChecked>.NotFixableAsync(
        Startup("services.AddAuthentication().AddCookie(); services.AddWebSockets(o => o.KeepAliveInterval = TimeSpan.FromSeconds(30)); app.[|UseWebSockets|]();"));
}

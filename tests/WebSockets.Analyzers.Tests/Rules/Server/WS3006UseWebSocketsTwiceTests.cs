using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.Tests.Rules.Server;

public class WS3006UseWebSocketsTwiceTests
{
    private const string Usings = """
        using System;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.WebSockets;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Options;

        static class Own { public static IApplicationBuilder UseOwn(this IApplicationBuilder app) => app.UseWebSockets(new WebSocketOptions()); }

        """;

    private static string Startup(string body) => Usings + $"class Startup {{ void Configure(IApplicationBuilder app, IServiceCollection services, WebSocketOptions given, bool on) {{ {body} }} }}";

    [Theory]
    [InlineData("app.UseWebSockets(); app.[|UseWebSockets|]();")]
    [InlineData("app.UseWebSockets(); app.[|UseWebSockets|](new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(10) });")]
    [InlineData("app.UseWebSockets().UseRouting().[|UseWebSockets|](given);")]
    [InlineData("app.UseWebSockets(given); app.Map(\"/a\", b => b.[|UseWebSockets|](new WebSocketOptions { AllowedOrigins = { \"https://example.org\" } }));")]
    [InlineData("app.UseOwn(); app.[|UseWebSockets|](given);")]
    [InlineData("services.[|AddWebSockets|](o => o.KeepAliveInterval = TimeSpan.FromSeconds(10)); app.UseWebSockets(new WebSocketOptions());")]
    [InlineData("services.[|Configure<WebSocketOptions>|](o => o.AllowedOrigins.Add(\"https://example.org\")); app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(10) });")]
    public Task Options_that_nobody_reads(string body) => Verify<WS3006UseWebSocketsTwice>.ReportsAsync(Startup(body));

    [Theory]
    [InlineData("app.UseWebSockets();")]
    [InlineData("app.Map(\"/a\", a => a.UseWebSockets()); app.Map(\"/b\", b => b.UseWebSockets(given));")]
    [InlineData("app.Map(\"/a\", a => a.UseWebSockets()); app.UseWebSockets(given);")]
    [InlineData("if (on) app.UseWebSockets(); else app.UseWebSockets(given);")]
    [InlineData("services.AddWebSockets(o => o.KeepAliveInterval = TimeSpan.FromSeconds(10)); app.UseWebSockets();")]
    [InlineData("services.AddWebSockets(o => o.KeepAliveInterval = TimeSpan.FromSeconds(10)); app.Map(\"/a\", a => a.UseWebSockets()); app.Map(\"/b\", b => b.UseWebSockets(new WebSocketOptions()));")]
    [InlineData("services.AddWebSockets(o => o.KeepAliveInterval = TimeSpan.FromSeconds(10)); app.UseWebSockets(app.ApplicationServices.GetRequiredService<IOptions<WebSocketOptions>>().Value);")]
    [InlineData("services.Configure<CookiePolicyOptions>(o => { }); app.UseWebSockets(new WebSocketOptions());")]
    public Task One_that_counts(string body) => Verify<WS3006UseWebSocketsTwice>.SilentAsync(Startup(body));

    [Fact]
    public Task Two_builders() => Verify<WS3006UseWebSocketsTwice>.SilentAsync(Usings + "class Startup { void Configure(IApplicationBuilder a, IApplicationBuilder b) { a.UseWebSockets(); b.UseWebSockets(); } }");

    [Fact]
    public Task Half_typed_code() => Verify<WS3006UseWebSocketsTwice>.ReportsAsync(Startup("app.UseWebSockets(); app.[|UseWebSockets|](); app."), new Setup { Compiles = false });

    [Fact]
    public Task A_look_alike() => Verify<WS3006UseWebSocketsTwice>.SilentAsync(
        Startup("app.UseWebSockets(1); app.UseWebSockets(2);") + " static class Look { public static void UseWebSockets(this IApplicationBuilder app, int i) { } }");

    [Fact]
    public Task The_options_move_and_comments_stay() => Verify<WS3006UseWebSocketsTwice>.FixesAsync(
        Startup("\n").Replace("{ \n", """
        {
            app.UseWebSockets(); // first
            app.UseRouting();
            // second
            app.[|UseWebSockets|](new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(10) });
            app.Map("/a", b => b.[|UseWebSockets|]().UseRouting());

        """, StringComparison.Ordinal),
        Startup("\n").Replace("{ \n", """
        {
            app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(10) }); // first
            app.UseRouting();
            // second
            app.Map("/a", b => b.[|UseWebSockets|]().UseRouting());

        """, StringComparison.Ordinal));

    [Fact]
    public Task Options_for_different_things_are_merged() => Verify<WS3006UseWebSocketsTwice>.FixesAsync(
        Startup("\n        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(10) }); // first\n        app.[|UseWebSockets|](new WebSocketOptions { AllowedOrigins = { \"https://example.org\" } });\n"),
        Startup("\n        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(10), AllowedOrigins = { \"https://example.org\" } }); // first\n"));

    [Fact]
    public Task Two_values_of_one_option_are_for_a_person() => Verify<WS3006UseWebSocketsTwice>.NotFixableAsync(
        Startup("app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(10) }); app.[|UseWebSockets|](new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(20) });"));

    [Fact]
    public Task Options_from_elsewhere_are_for_a_person() => Verify<WS3006UseWebSocketsTwice>.NotFixableAsync(Startup("app.UseWebSockets(given); app.[|UseWebSockets|](new WebSocketOptions());"));
}

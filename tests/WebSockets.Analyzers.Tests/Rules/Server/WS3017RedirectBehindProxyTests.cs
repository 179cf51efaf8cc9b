using Microsoft.CodeAnalysis;
using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.Tests.Rules.Server;

public class WS3017RedirectBehindProxyTests
{
    private const string Proxy = "server { listen 443 ssl; location / { proxy_pass http://127.0.0.1:5000; } }";
    private const string Port = "builder.Services.AddHttpsRedirection(o => o.HttpsPort = 443);";

    private const string Usings = """
        using System;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Hosting;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.HttpsPolicy;
        using Microsoft.Extensions.Configuration;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;

        """;

    private const string Handler = """

        static class Chat { public static async Task Handle(HttpContext context) { using var socket = await context.WebSockets.AcceptWebSocketAsync(); } }
        """;

    private static Setup Beside(params (string Name, string Content)[] files) => Setup.Program with { AdditionalFiles = [.. files] };

    private static Setup Nginx { get; } = Beside(("/deploy/nginx.conf", Proxy));

    private const string Marked = "app.{|#0:UseHttpsRedirection|}(); app.Map(\"/ws\", Chat.Handle);";

    private const string Redirected = "Every handshake through nginx.conf (line 1) fails, redirected with 307 to where it came from: the proxy takes TLS off, and UseHttpsRedirection sees http; add UseForwardedHeaders above it";

    private const string OnceThereIsAPort = "As soon as the program has an https port (ASPNETCORE_HTTPS_PORTS, https_port), every handshake through nginx.conf (line 1) is redirected with 307 to where it came from: the proxy takes TLS off, and UseHttpsRedirection sees http; add UseForwardedHeaders above it";

    private static string Program(string pipeline, string services = Port) => Usings + $$"""
        var builder = WebApplication.CreateBuilder(args);
        {{services}}
        var app = builder.Build();
        {{pipeline}}
        app.Run();

        """ + Handler;

    [Theory]
    [InlineData("app.[|UseHttpsRedirection|](); app.Map(\"/ws\", Chat.Handle);")]
    [InlineData("app.UseWebSockets(); app.UseRouting().[|UseHttpsRedirection|](); app.Map(\"/ws\", Chat.Handle);")]
    [InlineData("HttpsPolicyBuilderExtensions.[|UseHttpsRedirection|](app); app.Map(\"/ws\", Chat.Handle);")]
    [InlineData("if (!app.Environment.IsDevelopment()) { app.UseHsts(); app.[|UseHttpsRedirection|](); } app.Map(\"/ws\", Chat.Handle);")]
    [InlineData("if (app.Environment.IsDevelopment()) app.UseDeveloperExceptionPage(); else app.[|UseHttpsRedirection|](); app.Map(\"/ws\", Chat.Handle);")]
    [InlineData("app.[|UseHttpsRedirection|](); app.UseEndpoints(e => e.Map(\"/ws\", Chat.Handle));")]
    public Task The_redirection(string pipeline) => Verify<WS3017RedirectBehindProxy>.ReportsAsync(Program(pipeline), Nginx);

    [Theory]
    [InlineData("builder.Services.Configure<HttpsRedirectionOptions>(o => { o.RedirectStatusCode = 308; o.HttpsPort = 5001; });")]
    [InlineData("if (!builder.Environment.IsDevelopment()) { builder.Services.AddHttpsRedirection(o => o.HttpsPort = 443); }")]
    [InlineData("builder.WebHost.UseSetting(\"https_port\", \"443\");")]
    [InlineData("builder.WebHost.UseUrls(\"http://*:5000\", \"https://*:5001\");")]
    [InlineData("builder.WebHost.ConfigureKestrel(k => k.ListenAnyIP(5001, l => l.UseHttps()));")]
    public Task A_port_in_the_code(string services) => Verify<WS3017RedirectBehindProxy>.SaysAsync(Program(Marked, services), Redirected, Nginx);

    [Theory]
    [InlineData("{ \"https_port\": 443 }")]
    [InlineData("{ \"HTTPS_PORT\": \"443\" }")]
    [InlineData("{ \"Urls\": \"http://*:5000;https://*:5001\" }")]
    [InlineData("{ \"Kestrel\": { \"Endpoints\": { \"Tls\": { \"Url\": \"https://*:5001\" } } } }")]
    public async Task A_port_in_the_settings(string settings)
    {
        var code = Program(Marked, "");
        await Verify<WS3017RedirectBehindProxy>.SaysAsync(code, Redirected, Beside(("/nginx.conf", Proxy), ("/appsettings.json", settings)));
        await Verify<WS3017RedirectBehindProxy>.SaysAsync(code, OnceThereIsAPort, Beside(("/nginx.conf", Proxy), ("/appsettings.Development.json", settings)));
        await Verify<WS3017RedirectBehindProxy>.SaysAsync(code, OnceThereIsAPort, Beside(("/nginx.conf", Proxy), ("/other.json", settings)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("builder.Services.AddHttpsRedirection(o => o.RedirectStatusCode = 308);")]
    [InlineData("builder.Services.AddHttpsRedirection(o => o.HttpsPort = builder.Configuration.GetValue<int?>(\"port\"));")]
    [InlineData("if (builder.Environment.IsDevelopment()) builder.Services.AddHttpsRedirection(o => o.HttpsPort = 5001);")]
    [InlineData("builder.WebHost.UseUrls(\"http://*:5000\");")]
    [InlineData("builder.WebHost.UseSetting(\"https_only\", \"443\");")]
    public Task No_port_to_redirect_to_yet(string services) => Verify<WS3017RedirectBehindProxy>.SaysAsync(Program(Marked, services), OnceThereIsAPort, Beside(("/nginx.conf", Proxy), ("/appsettings.json", "{ \"Api\": { \"Url\": \"https://api.example.com\" } }")));

    [Theory]
    [InlineData("app.UseForwardedHeaders(); app.UseHttpsRedirection(); app.Map(\"/ws\", Chat.Handle);")]
    [InlineData("app.Use((context, next) => { context.Request.Scheme = \"https\"; return next(context); }); app.UseHttpsRedirection(); app.Map(\"/ws\", Chat.Handle);")]
    [InlineData("app.Use((context, next) => { context.Request.IsHttps = true; return next(context); }); app.UseHttpsRedirection(); app.Map(\"/ws\", Chat.Handle);")]
    [InlineData("app.Use((context, next) => { var proto = context.Request.Headers[\"X-Forwarded-Proto\"]; return next(context); }); app.UseHttpsRedirection(); app.Map(\"/ws\", Chat.Handle);")]
    [InlineData("if (app.Environment.IsDevelopment()) app.UseHttpsRedirection(); app.Map(\"/ws\", Chat.Handle);")]
    [InlineData("if (app.Configuration[\"proxy\"] is null) { app.UseHttpsRedirection(); } app.Map(\"/ws\", Chat.Handle);")]
    [InlineData("if (!app.Environment.IsDevelopment() && args.Length == 0) { app.UseHttpsRedirection(); } app.Map(\"/ws\", Chat.Handle);")]
    [InlineData("app.UseWhen(c => !c.WebSockets.IsWebSocketRequest, b => b.UseHttpsRedirection()); app.Map(\"/ws\", Chat.Handle);")]
    [InlineData("app.UseWebSockets(); app.Use(async (context, next) => { if (context.WebSockets.IsWebSocketRequest) await Chat.Handle(context); else await next(context); }); app.UseHttpsRedirection();")]
    [InlineData("app.UseRouting(); app.UseEndpoints(e => e.Map(\"/ws\", Chat.Handle)); app.UseHttpsRedirection();")]
    [InlineData("app.Map(\"/ws\", Chat.Handle);")]
    public Task Nothing_is_redirected(string pipeline) => Verify<WS3017RedirectBehindProxy>.SilentAsync(Program(pipeline), Nginx);

    [Fact]
    public Task A_program_without_sockets() => Verify<WS3017RedirectBehindProxy>.SilentAsync(Program("app.UseHttpsRedirection(); /* WebSocket */").Replace(Handler, ""), Nginx);

    [Fact]
    public Task A_program_with_hubs() => Verify<WS3017RedirectBehindProxy>.ReportsAsync(
        Program("app.[|UseHttpsRedirection|](); app.MapHub<Live>(\"/live\");").Replace(Handler, "class Live : Microsoft.AspNetCore.SignalR.Hub { }"), Nginx);

    [Fact]
    public Task The_variable_in_the_settings() => Verify<WS3017RedirectBehindProxy>.SilentAsync(
        Program("app.UseHttpsRedirection(); app.Map(\"/ws\", Chat.Handle);"), Beside(("/nginx.conf", Proxy), ("/appsettings.json", "{ \"ForwardedHeaders_Enabled\": true }")));

    [Theory]
    [InlineData("server { listen 80; location / { proxy_pass http://a; } }")]
    [InlineData("server { listen 443 ssl; location / { proxy_pass https://a; } }")]
    [InlineData("server { listen 443 ssl; return 301 https://b; } server { listen 80; location / { proxy_pass http://a; } }")]
    [InlineData("server { listen 443 ssl; location / { grpc_pass grpc://a; } }")]
    [InlineData("stream { server { listen 443 ssl; proxy_pass http://a; } }")]
    [InlineData("server { listen 443 ssl; location / { proxy_pass http://a; }")]
    [InlineData("# server { listen 443 ssl; location / { proxy_pass http://a; } }")]
    public Task No_proxy_that_takes_TLS_off(string proxy) => Verify<WS3017RedirectBehindProxy>.SilentAsync(Program("app.UseHttpsRedirection(); app.Map(\"/ws\", Chat.Handle);"), Beside(("/nginx.conf", proxy)));

    [Theory]
    [InlineData("/nginx.conf", true)]
    [InlineData("/nginx.prod.conf", true)]
    [InlineData("/a/chat.nginx", true)]
    [InlineData("/a/chat.nginx.conf", true)]
    [InlineData("/nginx/sites/chat.conf", true)]
    [InlineData("/a/conf.d/default.conf", true)]
    [InlineData("/sites-enabled/chat", true)]
    [InlineData("/sites-available/chat", true)]
    [InlineData("/templates/default.conf.template", true)]
    [InlineData("/chat.conf", false)]
    [InlineData("/conf.d/x/chat.conf", false)]
    [InlineData("/conf.d/readme.md", false)]
    [InlineData("/nginx.txt", false)]
    public Task Files_without_a_kind_go_by_their_names(string name, bool isNginx) => Verify<WS3017RedirectBehindProxy>.ReportsAsync(
        Program(isNginx ? "app.[|UseHttpsRedirection|](); app.Map(\"/ws\", Chat.Handle);" : "app.UseHttpsRedirection(); app.Map(\"/ws\", Chat.Handle);"), Beside((name, Proxy)));

    [Theory]
    [InlineData("/edge.txt", "Nginx", true)]
    [InlineData("/nginx.conf", "Mine", false)]
    public Task The_kind_goes_before_the_name(string name, string kind, bool isNginx) => Verify<WS3017RedirectBehindProxy>.ReportsAsync(
        Program(isNginx ? "app.[|UseHttpsRedirection|](); app.Map(\"/ws\", Chat.Handle);" : "app.UseHttpsRedirection(); app.Map(\"/ws\", Chat.Handle);"),
        Beside((name, Proxy)) with { Options = $"[{name}]\nbuild_metadata.AdditionalFiles.WebSocketsKind = {kind}" });

    [Fact]
    public Task Says_which_proxy() => Verify<WS3017RedirectBehindProxy>.SaysAsync(
        Program("app.{|#0:UseHttpsRedirection|}(); app.Map(\"/ws\", Chat.Handle);"),
        "Every handshake through edge.nginx (line 3) fails, redirected with 307 to where it came from: the proxy takes TLS off, and UseHttpsRedirection sees http; add UseForwardedHeaders above it",
        Beside(("/deploy/edge.nginx", "# edge\nhttp {\n  " + Proxy + "\n}\n")));

    [Fact]
    public async Task In_a_method_it_counts_as_its_caller_does()
    {
        const string own = "static class Own { public static void UseOwn(this IApplicationBuilder app) => app.[|UseHttpsRedirection|](); }";
        await Verify<WS3017RedirectBehindProxy>.ReportsAsync(Program("app.UseOwn(); app.Map(\"/ws\", Chat.Handle);") + own, Nginx);
        await Verify<WS3017RedirectBehindProxy>.SilentAsync(Program("if (args.Length == 0) app.UseOwn(); app.Map(\"/ws\", Chat.Handle);") + own, Nginx);
    }

    [Fact]
    public Task A_start_up_class() => Verify<WS3017RedirectBehindProxy>.ReportsAsync(Usings + """
        Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.UseStartup<Startup>()).Build().Run();

        class Startup
        {
            public void ConfigureServices(IServiceCollection services) => services.AddHttpsRedirection(o => o.HttpsPort = 443);

            public void Configure(IApplicationBuilder app, IWebHostEnvironment env)
            {
                app.[|UseHttpsRedirection|]();
                app.UseRouting();
                app.UseEndpoints(e => e.Map("/ws", Chat.Handle));
            }
        }
        """ + Handler, Nginx);

    [Fact]
    public Task Silent_in_a_library() => Verify<WS3017RedirectBehindProxy>.SilentAsync(
        Usings + "static class Own { public static void Use(IApplicationBuilder app, IServiceCollection s) { s.AddHttpsRedirection(o => o.HttpsPort = 443); app.UseHttpsRedirection(); } }" + Handler,
        Nginx with { OutputKind = OutputKind.DynamicallyLinkedLibrary });

    [Fact]
    public Task Silent_in_tests() => Verify<WS3017RedirectBehindProxy>.SilentAsync(
        Program("app.UseHttpsRedirection(); app.Map(\"/ws\", Chat.Handle);") + "namespace Xunit { class FactAttribute : System.Attribute; } class T { [Xunit.Fact] void M() { } } // using Xunit", Nginx);

    [Fact]
    public Task A_look_alike() => Verify<WS3017RedirectBehindProxy>.SilentAsync(
        Program("app.UseHttpsRedirection(1); app.Map(\"/ws\", Chat.Handle);") + "static class Look { public static void UseHttpsRedirection(this IApplicationBuilder app, int i) { } }", Nginx);

    [Fact]
    public Task Half_typed_code() => Verify<WS3017RedirectBehindProxy>.SilentAsync(Program("app.UseHttpsRedirection(); app.Map(\"/ws\", Chat.Handle); app.UseSome(; if ("), Nginx with { Compiles = false });

    [Fact]
    public Task The_fix_keeps_comments_and_blank_lines() => Verify<WS3017RedirectBehindProxy>.FixesAsync(
        Program("\n// Always TLS.\napp.[|UseHttpsRedirection|](); // 443\napp.Map(\"/ws\", Chat.Handle);"),
        Imported(Program($"\n{Added("app")};\n// Always TLS.\napp.UseHttpsRedirection(); // 443\napp.Map(\"/ws\", Chat.Handle);")),
        setup: Nginx);

    [Fact]
    public Task The_fix_in_a_block_and_at_the_head_of_a_chain() => Verify<WS3017RedirectBehindProxy>.FixesAsync(
        Program("if (!app.Environment.IsDevelopment())\n{\n    app.UseHsts();\n    app.[|UseHttpsRedirection|]().UseRouting();\n}\napp.Map(\"/ws\", Chat.Handle);"),
        Imported(Program($"if (!app.Environment.IsDevelopment())\n{{\n    app.UseHsts();\n    {Added("app")};\n    app.UseHttpsRedirection().UseRouting();\n}}\napp.Map(\"/ws\", Chat.Handle);")),
        setup: Nginx);

    [Fact]
    public Task The_fix_in_a_chain() => Verify<WS3017RedirectBehindProxy>.FixesAsync(
        Program("app\n    .UseWebSockets() // first\n    .[|UseHttpsRedirection|]();\napp.Map(\"/ws\", Chat.Handle);"),
        Imported(Program($"app\n    .UseWebSockets() // first\n    {Added("")}\n    .UseHttpsRedirection();\napp.Map(\"/ws\", Chat.Handle);")),
        setup: Nginx);

    [Fact]
    public Task The_fix_without_a_block() => Verify<WS3017RedirectBehindProxy>.FixesAsync(
        Program("if (!app.Environment.IsDevelopment()) app.[|UseHttpsRedirection|]();\napp.Map(\"/ws\", Chat.Handle);"),
        Imported(Program($"if (!app.Environment.IsDevelopment()) {Added("app")}.UseHttpsRedirection();\napp.Map(\"/ws\", Chat.Handle);")),
        setup: Nginx);

    [Fact]
    public Task No_fix_for_a_static_call() => Verify<WS3017RedirectBehindProxy>.NotFixableAsync(Program("HttpsPolicyBuilderExtensions.[|UseHttpsRedirection|](app); app.Map(\"/ws\", Chat.Handle);"), Nginx);

    [Fact]
    public Task Fix_All_adds_it_to_each() => Verify<WS3017RedirectBehindProxy>.FixesAsync(
        Program("app.[|UseHttpsRedirection|]();\napp.Map(\"/ws\", Chat.Handle);\nvar other = builder.Build();\nother.[|UseHttpsRedirection|]();"),
        Imported(Program($"{Added("app")};\napp.UseHttpsRedirection();\napp.Map(\"/ws\", Chat.Handle);\nvar other = builder.Build();\nother.UseHttpsRedirection();")),
        setup: Nginx with
        {
            Iterations = 1,
            FixAllIterations = 1,
            AfterFixAll = Imported(Program($"{Added("app")};\napp.UseHttpsRedirection();\napp.Map(\"/ws\", Chat.Handle);\nvar other = builder.Build();\n{Added("other")};\nother.UseHttpsRedirection();")),
        });

    [Theory]
    [InlineData("// Licence.\n\n// The program.\n", "// Licence.\n\nusing Microsoft.AspNetCore.HttpOverrides;\n\n// The program.\n")]
    [InlineData("", "using Microsoft.AspNetCore.HttpOverrides;\n\n")]
    [InlineData("using System;\n\n", "using System;\nusing Microsoft.AspNetCore.HttpOverrides;\n\n")]
    public Task The_import_where_others_are_global(string before, string after)
    {
        const string program = "var builder = WebApplication.CreateBuilder(args);\n" + Port + "\nvar app = builder.Build();\n{0}app.UseHttpsRedirection();\napp.Map(\"/ws\", Chat.Handle);\napp.Run();\n";
        return Verify<WS3017RedirectBehindProxy>.FixesAsync(
            before + program.Replace("{0}", "").Replace("app.UseHttpsRedirection", "app.[|UseHttpsRedirection|]"),
            after + program.Replace("{0}", Added("app") + ";\n"),
            setup: Nginx with { OtherFiles = [("Usings.cs", Usings.Replace("using", "global using")), ("Chat.cs", Handler)] });
    }

    private static string Added(string builder) =>
        builder + ".UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto })";

    private static string Imported(string code) => code.Replace("using Microsoft.AspNetCore.Http;\n", "using Microsoft.AspNetCore.Http;\nusing Microsoft.AspNetCore.HttpOverrides;\n");
}

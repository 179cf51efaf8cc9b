using System.Collections.Immutable;

namespace WebSockets.Analyzers.Package.Tests;

/// <summary>Configuration files reach the compiler as additional files that say what they are.</summary>
public class ConfigurationFilesTests(Workspace workspace)
{
    private static readonly ImmutableArray<string> AppSettings = ["appsettings.json", "appsettings.Production.json", "config/appsettings.json"];

    private static readonly ImmutableArray<string> Nginx =
    [
        "nginx.conf", "deploy/nginx.prod.conf", "deploy/site.nginx", "deploy/chat.nginx.conf", "deploy/conf.d/default.conf", "deploy/nginx/conf.d/chat.conf",
        "deploy/sites-available/chat", "deploy/sites-enabled/chat.conf", "deploy/templates/default.conf.template",
    ];

    private static readonly ImmutableArray<string> Others =
    [
        "bin/appsettings.json", "obj/nginx.conf", "tool/bin/Debug/appsettings.json", "tool/obj/nginx.conf", "artifacts/nginx.conf", "web/node_modules/x/nginx.conf",
        "package.json", "redis.conf", "myappsettings.json", "ops/chat.conf", "ops/more.json",
    ];

    internal static ImmutableArray<Consumer> Consumers { get; } =
    [
        With("files/Default"),
        With("files/Off", "<WebSocketsAnalyzersConfigurationFiles>false</WebSocketsAnalyzersConfigurationFiles><WebSocketsAnalyzersAdditionalGlobs>ops/*</WebSocketsAnalyzersAdditionalGlobs>"),
        With("files/More", "<WebSocketsAnalyzersAdditionalGlobs>ops/*.conf;ops/*.json;nginx.conf;**/redis.conf</WebSocketsAnalyzersAdditionalGlobs>"),
        With("files/Listed", items: "<AdditionalFiles Include=\"appsettings.json;./nginx.conf;package.json\" /><AdditionalFiles Include=\"deploy/site.nginx\" WebSocketsKind=\"Mine\" />"),
        With("files/ByHand", "<EnableDefaultItems>false</EnableDefaultItems><WebSocketsAnalyzersAdditionalGlobs>ops/*.conf</WebSocketsAnalyzersAdditionalGlobs>", "<Compile Include=\"C.cs\" />"),
    ];

    [Fact]
    public void Appsettings_and_nginx_files_are_found() => Assert.Equal(Tagged(AppSettings, Nginx), Found("files/Default"));

    [Fact]
    public void The_property_turns_it_off() => Assert.Empty(Found("files/Off"));

    [Fact]
    public void More_patterns_add_files_once() =>
        Assert.Equal(Tagged([.. AppSettings, "ops/more.json"], [.. Nginx, "ops/chat.conf", "redis.conf"]), Found("files/More"));

    [Fact]
    public void Files_that_the_project_lists_are_tagged_and_not_doubled() =>
        Assert.Equal(
            Tagged(AppSettings, Nginx.Remove("deploy/site.nginx").Remove("nginx.conf")).Concat(["Nginx ./nginx.conf", "Mine deploy/site.nginx", " package.json"]).Order(StringComparer.Ordinal),
            Found("files/Listed"));

    [Fact]
    public void A_project_that_lists_its_files_itself_gets_no_others() => Assert.Equal(["Nginx ops/chat.conf"], Found("files/ByHand"));

    [Fact]
    public void The_analyzers_can_read_the_kind()
    {
        var file = Assert.Single(Directory.GetFiles(Path.Combine(workspace.Folder, "files/Default/obj"), "*.GeneratedMSBuildEditorConfig.editorconfig", SearchOption.AllDirectories));
        var text = File.ReadAllText(file);
        Assert.Equal(AppSettings.Length, text.Split("build_metadata.AdditionalFiles.WebSocketsKind = AppSettings").Length - 1);
        Assert.Equal(Nginx.Length, text.Split("build_metadata.AdditionalFiles.WebSocketsKind = Nginx").Length - 1);
    }

    private static Consumer With(string name, string properties = "", string items = "") => new(name)
    {
        Properties = properties,
        Items = items,
        Files = AppSettings.Concat(Nginx).Concat(Others).Select(p => KeyValuePair.Create(p, p.EndsWith(".json", StringComparison.Ordinal) ? "{}\n" : "# empty\n"))
            .Append(new("C.cs", "class C;\n")).ToImmutableSortedDictionary(),
    };

    private static IEnumerable<string> Tagged(IEnumerable<string> appSettings, IEnumerable<string> nginx) =>
        appSettings.Select(f => "AppSettings " + f).Concat(nginx.Select(f => "Nginx " + f)).Order(StringComparer.Ordinal);

    private IEnumerable<string> Found(string name) =>
        workspace.Read(name, "additional.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Replace('\\', '/')).Order(StringComparer.Ordinal);
}

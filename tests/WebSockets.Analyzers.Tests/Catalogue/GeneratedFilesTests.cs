using Microsoft.CodeAnalysis;

namespace WebSockets.Analyzers.Tests.Catalogue;

/// <summary>What is generated is what the rules make of it. With the variable set, the files are written instead.</summary>
public class GeneratedFilesTests
{
    private const string Variable = "WEBSOCKETS_ANALYZERS_GENERATE";
    private const string Command = Variable + "=1 dotnet test --project tests/WebSockets.Analyzers.Tests/WebSockets.Analyzers.Tests.csproj --filter-class '*GeneratedFilesTests'";

    public static TheoryData<string> Paths => [.. Generated.Files.Keys];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Is_up_to_date(string path)
    {
        var file = Path.Combine(Repository.Root, path);
        var old = File.Exists(file) ? Repository.Read(path) : "";
        var made = Generated.Files[path](old);
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            if (made == old) return;
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, made, TestContext.Current.CancellationToken);
        }
        else if (Generated.Difference(old, made) is { } difference)
        {
            Assert.Fail($"{path} is not what the rules make of it: {difference}. Run: {Command}");
        }
    }

    [Fact]
    public void No_preset_is_left_over() => Assert.Empty(LeftOver([.. Directory.GetFiles(Path.Combine(Repository.Root, Preset.Folder)).Select(f => Path.GetFileName(f))]));

    [Fact]
    public void A_left_over_preset_is_noticed() => Assert.Equal(["strictest.globalconfig"], LeftOver(["strict.globalconfig", "strictest.globalconfig"]));

    [Fact]
    public void A_difference_is_noticed()
    {
        Assert.Null(Generated.Difference("a\nb\n", "a\nb\n"));
        Assert.Equal("line 2 is 'b' and should be 'c'", Generated.Difference("a\nb\n", "a\nc\n"));
        Assert.NotNull(Generated.Difference("a\n", "a\nb\n"));
        Assert.NotNull(Generated.Difference("a\n", "a"));
    }

    [Fact]
    public void The_command_is_the_one_that_is_documented() => Assert.Contains(Command, Repository.Read("docs/adding-a-rule.md"), StringComparison.Ordinal);

    [Fact]
    public void A_new_rule_changes_what_lists_rules()
    {
        var more = Generated.Of([.. RuleFacts.All, Checks.Sound]);
        foreach (var path in new[] { "src/WebSockets.Analyzers/Core/RuleCatalogue.g.cs", "src/WebSockets.Analyzers/AnalyzerReleases.Unshipped.md", "README.md", "docs/README.md", Preset.Folder + "/none.globalconfig" })
        {
            var now = Generated.Files[path](Repository.Read(path));
            Assert.DoesNotContain("WS1999", now, StringComparison.Ordinal);
            Assert.Contains("WS1999", more[path](now), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_shipped_rule_is_not_new_again_and_other_sections_stay()
    {
        const string changed = "### Removed Rules\n\nRule ID | Category | Severity | Notes\n--------|----------|----------|-------\nWS1998 | WebSockets.Client | Warning | Gone\n";
        const string old = "; head\n\n### New Rules\n\nRule ID | Category | Severity | Notes\n--------|----------|----------|-------\nWS1997 | a | b | c\n\n" + changed;
        var made = Generated.Unshipped(old, "", [Checks.Sound]);
        Assert.Equal(old.Replace("WS1997 | a | b | c", "WS1999 | WebSockets.Client | Warning | WS1999SocketLost", StringComparison.Ordinal), made);
        Assert.Equal(made, Generated.Unshipped(made, "", [Checks.Sound]));
        Assert.Equal("; head\n\n" + changed, Generated.Unshipped(old, "WS1999 | WebSockets.Client | Warning | WS1999SocketLost\n", [Checks.Sound]));
    }

    [Fact]
    public void The_head_of_a_page_is_made_anew_and_the_rest_stays()
    {
        var made = Generated.WithHead("# WS1999: Old title\n\n| | |\n|---|---|\n| Fix | ? |\n\nText on `websockets_analyzers.idle_timeout`.\n", Checks.Sound);
        Assert.Equal("""
            # WS1999: A socket is lost

            | | |
            |---|---|
            | Id | WS1999 |
            | Category | WebSockets.Client |
            | Severity | Warning |
            | Fix | Keep the socket |
            | Options | `websockets_analyzers.idle_timeout` |

            Text on `websockets_analyzers.idle_timeout`.

            """.ReplaceLineEndings("\n"), made);
        Assert.Equal(made, Generated.WithHead(made, Checks.Sound));
        Assert.Contains("| Fix | none: Nobody knows where it went. |", Generated.WithHead("# WS1999: x\n\nText\n", Checks.SoundWithoutFix), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Strict", DiagnosticSeverity.Info, "Client", "warning")]
    [InlineData("Strict", DiagnosticSeverity.Warning, "Client", null)]
    [InlineData("All", DiagnosticSeverity.Info, "Client", null)]
    [InlineData("None", DiagnosticSeverity.Warning, "Client", "none")]
    [InlineData("Client", DiagnosticSeverity.Warning, "Client", null)]
    [InlineData("Client", DiagnosticSeverity.Warning, "Yarp", "none")]
    [InlineData("Server", DiagnosticSeverity.Warning, "Client", "none")]
    [InlineData("Server", DiagnosticSeverity.Warning, "Messages", null)]
    [InlineData("Proxy", DiagnosticSeverity.Warning, "Nginx", null)]
    [InlineData("Proxy", DiagnosticSeverity.Warning, "SignalR", "none")]
    public void A_preset_sets_levels(string name, DiagnosticSeverity severity, string group, string? level)
    {
        var rule = Checks.Sound with { Group = group, Descriptors = [Checks.Sound.Descriptors[0] with { Severity = severity }] };
        var text = Preset.All.Single(p => p.Name == name).Text([rule]);
        Assert.Contains("is_global = true\nglobal_level = -99\n", text, StringComparison.Ordinal);
        Assert.Equal(level, text.Split('\n').FirstOrDefault(l => l.StartsWith("dotnet_diagnostic.WS1999.severity = ", StringComparison.Ordinal))?.Split(" = ")[1]);
    }

    [Fact]
    public void All_turns_on_what_is_off_and_Strict_does_not()
    {
        var off = Checks.Sound with { Descriptors = [Checks.Sound.Descriptors[0] with { IsEnabled = false }] };
        Assert.Contains("WS1999.severity = suggestion", Preset.All.Single(p => p.Name == "All").Text([off]), StringComparison.Ordinal);
        Assert.DoesNotContain("severity", Preset.All.Single(p => p.Name == "Strict").Text([off]), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_group_belongs_to_a_role_and_every_group_of_a_role_exists() =>
        Assert.Equal(Groups.All.Order(StringComparer.Ordinal), Preset.All.SelectMany(p => p.Groups).Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<string> LeftOver(IEnumerable<string> names) => names.Where(name => Preset.All.All(p => Path.GetFileName(p.Path) != name));
}

using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.RegularExpressions;
using WebSockets.Analyzers.Tests.Verification;

namespace WebSockets.Analyzers.Package.Tests;

/// <summary>What a preset says of a rule is what the compiler does.</summary>
public partial class PresetTests(Workspace workspace)
{
    private const string WrongCode = "Feed.cs";

    public static TheoryData<string> Modes => ["Strict", "All", "None", "Client", "Server", "Proxy"];

    internal static ImmutableArray<Consumer> Consumers { get; } =
    [
        Mode("presets/Default", ""),
        // In any case: the names of the files are lower.
        .. Modes.Select(m => Mode($"presets/{m.Data}", m.Data == "None" ? "nONE" : m.Data)),
        Mode("presets/Unknown", "Strictest"),
        Mode("presets/EditorConfig", "None", (".editorconfig", "[*.cs]\ndotnet_diagnostic.WS1001.severity = suggestion\n")),
        Mode("presets/GlobalConfig", "None", (".globalconfig", "is_global = true\ndotnet_diagnostic.WS1001.severity = warning\n")),
    ];

    private ImmutableArray<Finding> Unchanged => Ours("presets/Default");

    [Fact]
    public void Without_a_preset_each_rule_has_its_own_level()
    {
        Assert.Contains(Unchanged, f => f.Id == "WS1001");
        Assert.All(Unchanged, f => Assert.Equal(Catalogued.Of(f.Id).Descriptors[0].DefaultSeverity == Microsoft.CodeAnalysis.DiagnosticSeverity.Warning ? "warning" : "note", f.Level));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_preset_changes_the_levels_that_it_names(string mode)
    {
        var levels = Levels(mode);
        var expected = from finding in Unchanged let level = levels.GetValueOrDefault(finding.Id, finding.Level) where level != "none" select finding with { Level = level };
        Assert.Equal(expected, Ours($"presets/{mode}"));
    }

    [Fact]
    public void None_is_silence_and_a_role_keeps_its_rules()
    {
        Assert.Empty(Ours("presets/None"));
        Assert.Contains(Ours("presets/Client"), f => f.Id == "WS1001");
        Assert.DoesNotContain(Ours("presets/Proxy"), f => f.Id == "WS1001");
    }

    [Fact]
    public void An_unknown_mode_is_a_warning_and_changes_nothing()
    {
        Assert.Contains("warning WSPKG001: WebSocketsAnalysisMode 'Strictest' is unknown and changes nothing. Use Default, Strict, All, None, Client, Server or Proxy.", workspace.BuildOutput, StringComparison.Ordinal);
        Assert.Equal(["Unknown"], Regex.Matches(workspace.BuildOutput, @"(\w+)\.csproj : warning WSPKG001").Select(m => m.Groups[1].Value).Distinct());
        Assert.Equal(Unchanged, Ours("presets/Unknown"));
    }

    [Fact]
    public void Each_preset_that_is_packed_is_named_by_the_warning_and_tested() =>
        Assert.Equal(Modes.Select(m => m.Data.ToLowerInvariant()).Order(StringComparer.Ordinal), Presets().Keys);

    [Fact]
    public void The_users_own_settings_go_before_a_preset()
    {
        Assert.Equal(("WS1001", "note"), Assert.Single(Ours("presets/EditorConfig").Select(f => (f.Id, f.Level)).Distinct()));
        Assert.Equal(("WS1001", "warning"), Assert.Single(Ours("presets/GlobalConfig").Select(f => (f.Id, f.Level)).Distinct()));
    }

    // One example of each group, and WS1001 in any case.
    private static Consumer Mode(string name, string mode, params (string Name, string Content)[] files)
    {
        var examples = from rule in Catalogued.All
                       let id = rule.Descriptors[0].Id
                       group Page.Of(id).Examples.FirstOrDefault(e => !e.IsProgram) by id[2] into candidates
                       select candidates.FirstOrDefault(c => c is not null) into example
                       where example is not null
                       select example;
        var consumer = Consumer.Of(name, [.. examples]);
        return consumer with
        {
            Properties = mode.Length == 0 ? "" : $"<WebSocketsAnalysisMode>{mode}</WebSocketsAnalysisMode>",
            Files = consumer.Files.Add(WrongCode, Workspace.Wrong).AddRange(files.Select(f => KeyValuePair.Create(f.Name, f.Content))),
        };
    }

    private ImmutableArray<Finding> Ours(string name) => [.. workspace.Findings(name).Where(f => f.IsOurs)];

    private Dictionary<string, string> Levels(string mode) =>
        Setting().Matches(Presets()[mode.ToLowerInvariant()]).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value == "suggestion" ? "note" : m.Groups[2].Value);

    private SortedDictionary<string, string> Presets()
    {
        using var package = ZipFile.OpenRead(workspace.Package);
        var presets = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in package.Entries.Where(e => e.FullName.StartsWith("presets/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(entry.Open());
            presets.Add(Path.GetFileNameWithoutExtension(entry.Name), reader.ReadToEnd());
        }
        return presets;
    }

    [GeneratedRegex(@"^dotnet_diagnostic\.(WS\d{4})\.severity = (\w+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Setting();
}

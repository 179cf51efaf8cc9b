using System.Collections.Immutable;
using WebSockets.Analyzers.Tests.Verification;

namespace WebSockets.Analyzers.Package.Tests;

/// <summary>The rules speak in projects that got them from the package, and what they find can be fixed in bulk.</summary>
public class ConsumerTests(Workspace workspace)
{
    private const string SdkAnalyzers = "<EnableNETAnalyzers>true</EnableNETAnalyzers>";

    internal static ImmutableArray<Consumer> Consumers { get; } =
    [
        new("kinds/Console") { OutputType = "Exe", Properties = SdkAnalyzers, Files = ImmutableSortedDictionary<string, string>.Empty.Add("Feed.cs", Workspace.Wrong).Add("Program.cs", "new IdleFeed().Open();\n") },
        new("kinds/Web") { Sdk = "Microsoft.NET.Sdk.Web", OutputType = "Exe", Properties = SdkAnalyzers, Files = ImmutableSortedDictionary<string, string>.Empty.Add("Feed.cs", Workspace.Wrong).Add("Program.cs", "Microsoft.AspNetCore.Builder.WebApplication.Create().Run();\n") },
        new("kinds/Library") { Framework = "netstandard2.0", Properties = "<LangVersion>latest</LangVersion>", Files = ImmutableSortedDictionary<string, string>.Empty.Add("Feed.cs", Workspace.Wrong) },
    ];

    internal static Consumer Failing { get; } = new("Failing")
    {
        Properties = "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>",
        Files = ImmutableSortedDictionary<string, string>.Empty.Add("Feed.cs", Workspace.Wrong),
    };

    public static TheoryData<string> ExampleNames => [.. Workspace.Examples("examples").Select(c => Path.GetFileName(c.Name))];

    public static TheoryData<string> Kinds => [.. Consumers.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_project_of_each_kind_is_warned(string name) => Assert.Equal([new("WS1001", "warning", "Feed.cs", 9)], workspace.Findings(name).Where(f => f.IsOurs));

    [Theory]
    [MemberData(nameof(ExampleNames))]
    public void The_example_of_a_page_is_reported(string name)
    {
        var id = name.Split('_')[0];
        var level = Catalogued.Of(id).Descriptors[0].DefaultSeverity == Microsoft.CodeAnalysis.DiagnosticSeverity.Warning ? "warning" : "note";
        Assert.Contains(workspace.Findings($"examples/{name}"), f => f.Id == id && f.Level == level && f.File == "Code.cs");
    }

    [Theory]
    [MemberData(nameof(ExampleNames))]
    public void Dotnet_format_fixes_every_warning_that_has_a_fix(string name)
    {
        Assert.DoesNotContain(workspace.Findings($"formatted/{name}"), f => f.Level == "warning" && Fixes.For(f.Id) is not null);
        var id = name.Split('_')[0];
        if (Fixes.For(id) is not null && Catalogued.Of(id).Descriptors[0].DefaultSeverity == Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)
            Assert.NotEqual(workspace.Read($"examples/{name}", "Code.cs"), workspace.Read($"formatted/{name}", "Code.cs"));
    }

    [Fact]
    public void Every_rule_with_an_example_is_among_them() =>
        Assert.Equal(
            Catalogued.All.Select(r => r.Descriptors[0].Id).Where(id => Page.Of(id).Examples.Count > 0),
            ExampleNames.Select(n => n.Data.Split('_')[0]).Distinct());

    [Fact]
    public async Task Warnings_as_errors_stop_the_build()
    {
        var (code, output) = await workspace.TryBuildAsync(Failing);
        Assert.NotEqual(0, code);
        Assert.Contains("error WS1001", output, StringComparison.Ordinal);
        Assert.Equal([new("WS1001", "error", "Feed.cs", 9)], workspace.Findings(Failing.Name).Where(f => f.IsOurs));
    }
}

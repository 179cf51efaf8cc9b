using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace WebSockets.Analyzers.Benchmarks;

/// <summary>Analyzers that are given to the compiler together.</summary>
internal sealed record AnalyzerSet(string Name, ImmutableArray<string> Assemblies, ImmutableArray<string> Configurations)
{
    private static readonly string Ours = Path.Combine(AppContext.BaseDirectory, "WebSockets.Analyzers.dll");

    /// <summary>The SDK's own analyzers with the severities that a project has which sets nothing.</summary>
    private static readonly AnalyzerSet Sdk = new(
        "SDK",
        [.. Directory.GetFiles(Path.Combine(Metadata("Sdk"), "Sdks/Microsoft.NET.Sdk/analyzers"), "*.dll").Where(f => !f.Contains("CodeFixes", StringComparison.Ordinal) && !f.Contains("VisualBasic", StringComparison.Ordinal))],
        [.. Directory.GetFiles(Path.Combine(Metadata("Sdk"), "Sdks/Microsoft.NET.Sdk/analyzers/build/config"), "analysislevel_10_default.globalconfig")]);

    public static ImmutableArray<AnalyzerSet> All { get; } =
    [
        new("none", [], []),
        // What any analyzer costs: the difference to it is our own work.
        new("empty", [EmptyAnalyzer.Assembly], []),
        new("ours", [Ours], []),
        Sdk,
        Sdk with { Name = "SDK+empty", Assemblies = Sdk.Assemblies.Add(EmptyAnalyzer.Assembly) },
        Sdk with { Name = "SDK+ours", Assemblies = Sdk.Assemblies.Add(Ours) },
        new("Meziantou", Package("Meziantou"), []),
        new("Roslynator", Package("Roslynator"), []),
        new("Sonar", Package("Sonar"), []),
    ];

    /// <summary>The analyzers that run in a build on the command line with these severities.</summary>
    public ImmutableArray<DiagnosticAnalyzer> Running(ImmutableDictionary<string, ReportDiagnostic> severities) =>
        [.. Analyzers().Where(a => a.SupportedDiagnostics.Any(d => IsWarning(d, severities)))];

    /// <summary>How many of the set's rules are warnings or errors.</summary>
    public int WarningRules => Severities() is var severities ? Running(severities).SelectMany(a => a.SupportedDiagnostics).Where(d => IsWarning(d, severities)).Select(d => d.Id).Distinct().Count() : 0;

    /// <summary>What the configurations say of each rule.</summary>
    public ImmutableDictionary<string, ReportDiagnostic> Severities() =>
        AnalyzerConfigSet.Create(Configurations.Select(c => AnalyzerConfig.Parse(File.ReadAllText(c), c)).ToList()).GlobalConfigOptions.TreeOptions;

    /// <summary>Is the rule a warning or an error under these severities? The others do not run in a build on the command line.</summary>
    public static bool IsWarning(DiagnosticDescriptor rule, ImmutableDictionary<string, ReportDiagnostic> severities) =>
        severities.TryGetValue(rule.Id, out var severity) && severity != ReportDiagnostic.Default
            ? severity is ReportDiagnostic.Warn or ReportDiagnostic.Error
            : rule.IsEnabledByDefault && rule.DefaultSeverity >= DiagnosticSeverity.Warning;

    public static string Metadata(string key) => typeof(AnalyzerSet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value!;

    private ImmutableArray<DiagnosticAnalyzer> Analyzers()
    {
        var loader = new Loader(Assemblies);
        return [.. Assemblies.SelectMany(path => new AnalyzerFileReference(path, loader).GetAnalyzers(LanguageNames.CSharp))];
    }

    // Of several folders for compiler versions the newest is the one that this compiler takes.
    private static ImmutableArray<string> Package(string key)
    {
        var root = Path.Combine(Metadata("Packages"), Metadata(key), "analyzers");
        return [.. Directory.GetFiles(root, "*.dll", SearchOption.AllDirectories)
            .Where(f => !f.Contains("CodeFix", StringComparison.Ordinal) && !f.Contains(".resources.", StringComparison.Ordinal) && !f.Contains("Workspaces", StringComparison.Ordinal))
            .GroupBy(Path.GetFileName)
            .Select(g => g.OrderBy(f => f, StringComparer.Ordinal).Last())];
    }

    private sealed class Loader(ImmutableArray<string> paths) : IAnalyzerAssemblyLoader
    {
        private readonly System.Runtime.Loader.AssemblyLoadContext _context = Context(paths);

        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => _context.LoadFromAssemblyPath(fullPath);

        private static System.Runtime.Loader.AssemblyLoadContext Context(ImmutableArray<string> paths)
        {
            var context = new System.Runtime.Loader.AssemblyLoadContext("analyzers");
            context.Resolving += (c, name) => paths.FirstOrDefault(p => Path.GetFileNameWithoutExtension(p) == name.Name) is { } path ? c.LoadFromAssemblyPath(path) : null;
            return context;
        }
    }
}

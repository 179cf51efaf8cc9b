using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Core;

namespace WebSockets.Analyzers.Tests.Catalogue;

/// <summary>What the checkout says of one rule, as plain data: checks look at this, so that a broken example is a changed copy.</summary>
internal sealed record RuleFacts(
    string ClassName,
    string Group,
    ImmutableArray<DescriptorFacts> Descriptors,
    FixFacts? Fix,
    string? NoFixReason,
    string? Page,
    ImmutableHashSet<string> Files)
{
    /// <summary>Every rule in the assembly, by id. By reflection: a rule that the generated catalogue does not know yet is among them.</summary>
    public static ImmutableArray<RuleFacts> All { get; } =
    [
        .. from type in typeof(Rule).Assembly.GetTypes()
           where type.IsSubclassOf(typeof(Rule)) && !type.IsAbstract
           let facts = Of(type)
           orderby facts.Id, facts.ClassName
           select facts,
    ];

    public string Id => Descriptors[0].Id;

    public string Title => Descriptors[0].Title;

    public string Category => Descriptors[0].Category;

    public DiagnosticSeverity Severity => Descriptors[0].Severity;

    public bool IsEnabled => Descriptors[0].IsEnabled;

    public string SourcePath => $"src/WebSockets.Analyzers/Rules/{Group}/{ClassName}.cs";

    public string FixPath => $"src/WebSockets.Analyzers.CodeFixes/Rules/{Group}/{ClassName}Fix.cs";

    public string TestsPath => $"tests/WebSockets.Analyzers.Tests/Rules/{Group}/{ClassName}Tests.cs";

    public string PagePath => $"docs/rules/{Id}.md";

    /// <summary>The level as the tables of the documentation name it.</summary>
    public string Level => !IsEnabled ? "Off" : Severity switch
    {
        DiagnosticSeverity.Warning => "Warning",
        DiagnosticSeverity.Info => "Suggestion",
        var other => other.ToString(),
    };

    private static RuleFacts Of(Type type)
    {
        var rule = (Rule)Activator.CreateInstance(type)!;
        var id = rule.Descriptors[0].Id;
        var page = Path.Combine(Repository.Root, $"docs/rules/{id}.md");
        var facts = new RuleFacts(
            type.Name,
            type.Namespace!.Split('.')[^1],
            [.. rule.Descriptors.Select(DescriptorFacts.Of)],
            Fixes.For(id) is { } fix ? FixFacts.Of(fix) : null,
            type.GetCustomAttribute<NoCodeFixAttribute>()?.Reason,
            File.Exists(page) ? Repository.Read($"docs/rules/{id}.md") : null,
            []);
        return facts with { Files = [.. new[] { facts.SourcePath, facts.FixPath, facts.TestsPath }.Where(p => File.Exists(Path.Combine(Repository.Root, p)))] };
    }
}

/// <summary>A descriptor as data.</summary>
internal sealed record DescriptorFacts(string Id, string Title, string Message, string Description, string Category, DiagnosticSeverity Severity, bool IsEnabled, string HelpLink, string Tags)
{
    public static DescriptorFacts Of(DiagnosticDescriptor descriptor) => new(
        descriptor.Id, descriptor.Title.ToString(null), descriptor.MessageFormat.ToString(null), descriptor.Description.ToString(null),
        descriptor.Category, descriptor.DefaultSeverity, descriptor.IsEnabledByDefault, descriptor.HelpLinkUri, string.Join(' ', descriptor.CustomTags));
}

/// <summary>A code fix as data.</summary>
internal sealed record FixFacts(string ClassName, string? ExportName, ImmutableArray<string> Titles)
{
    public static FixFacts Of(WebSocketsFix fix) => new(
        fix.GetType().Name, fix.GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>()!.Name, [.. fix.Actions.Select(a => a.Title)]);
}

/// <summary>The groups of rules: the first digit of an id, the folder and the category are one and the same thing.</summary>
internal static class Groups
{
    private static readonly ImmutableArray<string> ByDigit = ["Client", "Messages", "Server", "Kestrel", "SignalR", "Yarp", "Http", "Nginx", "Package"];

    public static IEnumerable<string> All => ByDigit;

    public static string? Of(string id) => id.Length > 2 && id[2] is >= '1' and <= '9' and var digit ? ByDigit[digit - '1'] : null;

    public static string Category(string group) => "WebSockets." + group;
}

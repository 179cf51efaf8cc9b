using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using WebSockets.Analyzers.Core;

namespace WebSockets.Analyzers.Tests.Catalogue;

/// <summary>
/// Something that holds for the rules. It is made together with examples in which it does not hold, so that no check can stand here that cannot fail.
/// </summary>
/// <param name="Name">What holds.</param>
/// <param name="Complaints">What is wrong with these rules; nothing when it holds.</param>
/// <param name="Broken">Sets of rules in each of which something is wrong.</param>
internal sealed record Check(string Name, Func<IReadOnlyList<RuleFacts>, IEnumerable<string>> Complaints, ImmutableArray<ImmutableArray<RuleFacts>> Broken)
{
    public override string ToString() => Name;
}

internal static partial class Checks
{
    /// <summary>The sections of a page; the one about the fix only where there is a fix.</summary>
    private const string FixSection = "## What the fix does";
    private static readonly ImmutableArray<string> Sections = ["## Why it hurts", "## Wrong", "## Right", FixSection, "## When it is silent", "## When to suppress it"];

    /// <summary>A rule with which nothing is wrong, from which the broken examples are made.</summary>
    public static RuleFacts Sound { get; } = new(
        "WS1999SocketLost", "Client",
        [new("WS1999", "A socket is lost", "The socket is lost after {0}: keep it", "It cannot be closed any more.", "WebSockets.Client", DiagnosticSeverity.Warning, true, Rule.HelpLink("WS1999"), "")],
        new("WS1999SocketLostFix", "WS1999SocketLostFix", ["WS1999: Keep the socket"]),
        null,
        "# WS1999: A socket is lost\n\n## Why it hurts\n\n## Wrong\n\n## Right\n\n## What the fix does\n\nIt reads `websockets_analyzers.idle_timeout`.\n\n## When it is silent\n\n## When to suppress it\n",
        ["src/WebSockets.Analyzers/Rules/Client/WS1999SocketLost.cs", "src/WebSockets.Analyzers.CodeFixes/Rules/Client/WS1999SocketLostFix.cs", "tests/WebSockets.Analyzers.Tests/Rules/Client/WS1999SocketLostTests.cs"]);

    public static RuleFacts SoundWithoutFix { get; } = Sound with
    {
        Fix = null,
        NoFixReason = "Nobody knows where it went.",
        Page = Sound.Page!.Replace(FixSection, "", StringComparison.Ordinal),
    };

    public static ImmutableArray<Check> All { get; } =
    [
        Each("The id is WS and four digits", r => !IdForm().IsMatch(r.Id) ? "is no id" : null,
            Described(d => d with { Id = "WS199" }), Described(d => d with { Id = "ws1999" }), Described(d => d with { Id = "WS0999" }), Described(d => d with { Id = "WS19991" })),

        new("No two rules share an id or a title",
            rules => Repeated(rules, r => r.Id).Concat(Repeated(rules, r => r.Title)),
            [[Sound, Sound with { ClassName = "WS1999Again" }], [Sound, Described(d => d with { Id = "WS1998" })]]),

        Each("The descriptors of a rule differ in their message only",
            r => r.Descriptors.Select(d => d with { Message = "", HelpLink = "" }).Distinct().Count() > 1 ? "has descriptors that differ in more than the message" : null,
            Second(d => d with { Id = "WS1998" }), Second(d => d with { Title = "Another" }), Second(d => d with { Category = "WebSockets.Server" }),
            Second(d => d with { Severity = DiagnosticSeverity.Info }), Second(d => d with { IsEnabled = false })),

        Each("The class is named by the id and a word", r => !Regex.IsMatch(r.ClassName, $"^{r.Id}[A-Z][A-Za-z0-9]+$") ? $"is called {r.ClassName}" : null,
            Sound with { ClassName = "SocketLost" }, Sound with { ClassName = "WS1998SocketLost" }, Sound with { ClassName = "WS1999" }, Sound with { ClassName = "WS1999_Lost" }),

        Each("The rule, its fix and its tests stand in files of their names",
            r => Missing(r, [r.SourcePath, r.TestsPath, .. r.Fix is null ? Array.Empty<string>() : [r.FixPath]]),
            Without(r => r.SourcePath), Without(r => r.TestsPath), Without(r => r.FixPath)),

        Each("First digit, folder and category are one group",
            r => Groups.Of(r.Id) is not { } group ? "has no group" : r.Group != group ? $"stands in the folder {r.Group}" : r.Category != Groups.Category(group) ? $"has the category {r.Category}" : null,
            Described(d => d with { Id = "WS3999" }), Described(d => d with { Category = "WebSockets.Server" }), Sound with { Group = "Server" }, Described(d => d with { Id = "WSX999" })),

        Each("A title is a sentence without a period",
            r => !char.IsUpper(r.Title[0]) || r.Title[^1] is '.' or ' ' ? $"has the title '{r.Title}'" : null,
            Described(d => d with { Title = "a socket is lost" }), Described(d => d with { Title = "A socket is lost." })),

        Each("A message begins with a capital and ends without a period",
            r => r.Descriptors.Select(d => d.Message).FirstOrDefault(m => !MessageForm().IsMatch(m)) is { } message ? $"says '{message}'" : null,
            Described(d => d with { Message = "the socket is lost" }), Described(d => d with { Message = "The socket is lost." }), Described(d => d with { Message = "The socket is lost\n" }),
            Second(d => d with { Message = "the socket is lost" })),

        Each("A message says more than the title", r => r.Descriptors.Any(d => d.Message == d.Title) ? "repeats its title as message" : null,
            Described(d => d with { Message = d.Title })),

        Each("A description is whole sentences", r => !DescriptionForm().IsMatch(r.Descriptors[0].Description) ? $"has the description '{r.Descriptors[0].Description}'" : null,
            Described(d => d with { Description = "" }), Described(d => d with { Description = "It is lost" }), Described(d => d with { Description = "it is lost." })),

        Each("The help link leads to the page of the id", r => r.Descriptors.Any(d => d.HelpLink != Rule.HelpLink(r.Id)) ? "has another help link" : null,
            Described(d => d with { HelpLink = "" }), Described(d => d with { HelpLink = Rule.HelpLink("WS1998") })),

        Each("A rule is on, as a warning or a suggestion",
            r => !r.IsEnabled || r.Severity is not (DiagnosticSeverity.Warning or DiagnosticSeverity.Info) ? $"is {(r.IsEnabled ? r.Severity : "off")}" : null,
            Described(d => d with { IsEnabled = false }), Described(d => d with { Severity = DiagnosticSeverity.Error }), Described(d => d with { Severity = DiagnosticSeverity.Hidden })),

        Each("A rule has a fix or says why not",
            r => r.Fix is null == r.NoFixReason is null ? r.Fix is null ? "has neither a fix nor a [NoCodeFix]" : "has a fix and a [NoCodeFix]" : r.NoFixReason is { Length: < 10 } ? "gives no reason" : null,
            Sound with { Fix = null }, Sound with { NoFixReason = "Nobody knows." }, SoundWithoutFix with { NoFixReason = " " }),

        Each("The fix is named as the rule", r => r.Fix is { } fix && (fix.ClassName != r.ClassName + "Fix" || fix.ExportName != fix.ClassName) ? $"has a fix {fix.ClassName}, exported as {fix.ExportName}" : null,
            Sound with { Fix = Sound.Fix! with { ClassName = "WS1999Fix" } }, Sound with { Fix = Sound.Fix! with { ExportName = "WS1998SocketLostFix" } }, Sound with { Fix = Sound.Fix! with { ExportName = null } }),

        Each("A fix title is the id and what is done", r => r.Fix?.Titles.FirstOrDefault(t => !Regex.IsMatch(t, $"^{r.Id}: [A-Z].*[^. ]$")) is { } title ? $"has the fix title '{title}'" : r.Fix is { Titles: [] } ? "has a fix that does nothing" : null,
            Titled("Keep the socket"), Titled("WS1998: Keep the socket"), Titled("WS1999: keep the socket"), Titled("WS1999: Keep the socket."), Titled()),

        new("No two fixes share a title",
            rules => rules.SelectMany(r => r.Fix?.Titles ?? []).GroupBy(t => t).Where(g => g.Count() > 1).Select(g => $"The fix title '{g.Key}' is there {g.Count()} times."),
            [[Titled("WS1999: Keep the socket", "WS1999: Keep the socket")]]),

        Each("The page exists and has the title and the sections",
            r => r.Page is not { } page ? $"has no page {r.PagePath}"
                : !page.StartsWith($"# {r.Id}: {r.Title}\n", StringComparison.Ordinal) ? "has a page with another title"
                : Sections.Where(s => s != FixSection || r.Fix is not null).FirstOrDefault(s => !HasSection(page, s)) is { } section ? $"has a page without '{section}'"
                : r.Fix is null && HasSection(page, FixSection) ? "has a page about a fix that is not there" : null,
            [Sound with { Page = null }, Paged("# WS1999: A socket", "# WS1998: A socket"), Paged("# WS1999: A socket is lost", "# WS1999: Lost"), .. Sections.Select(s => Paged(s, "")), SoundWithoutFix with { Page = Sound.Page }]),

        Each("Options that a page names exist",
            r => OptionName().Matches(WrongBlock().Replace(r.Page ?? "", "")).Select(m => m.Value).FirstOrDefault(name => Option.All.All(o => o.Key != name)) is { } unknown ? $"has a page that names {unknown}" : null,
            Paged("idle_timeout", "idle_time")),
    ];

    private static Check Each(string name, Func<RuleFacts, string?> complaint, params RuleFacts[] broken) => new(
        name,
        rules => from rule in rules let said = complaint(rule) where said is not null select $"{rule.Id} ({rule.ClassName}) {said}.",
        [.. broken.Select(b => ImmutableArray.Create(b))]);

    private static IEnumerable<string> Repeated(IReadOnlyList<RuleFacts> rules, Func<RuleFacts, string> key) =>
        rules.GroupBy(key).Where(g => g.Count() > 1).Select(g => $"'{g.Key}' belongs to {string.Join(" and ", g.Select(r => r.ClassName))}.");

    private static string? Missing(RuleFacts rule, string[] paths) => paths.FirstOrDefault(p => !rule.Files.Contains(p)) is { } path ? $"has no file {path}" : null;

    private static bool HasSection(string page, string heading) => page.Contains($"\n{heading}\n", StringComparison.Ordinal);

    private static RuleFacts Described(Func<DescriptorFacts, DescriptorFacts> change) => Sound with { Descriptors = [change(Sound.Descriptors[0])] };

    private static RuleFacts Second(Func<DescriptorFacts, DescriptorFacts> change) => Sound with { Descriptors = [Sound.Descriptors[0], change(Sound.Descriptors[0])] };

    private static RuleFacts Without(Func<RuleFacts, string> path) => Sound with { Files = Sound.Files.Remove(path(Sound)) };

    private static RuleFacts Titled(params string[] titles) => Sound with { Fix = Sound.Fix! with { Titles = [.. titles] } };

    private static RuleFacts Paged(string old, string @new) => Sound with { Page = Sound.Page!.Replace(old, @new, StringComparison.Ordinal) };

    [GeneratedRegex(@"^WS[1-9]\d{3}\z")]
    private static partial Regex IdForm();

    // A message may begin with a value.
    [GeneratedRegex(@"^(?:\p{Lu}|['""]?\{\d).*[^.\s]\z")]
    private static partial Regex MessageForm();

    [GeneratedRegex(@"^\p{Lu}.*\.\z", RegexOptions.Singleline)]
    private static partial Regex DescriptionForm();

    // What a page shows as wrong may be a name that does not exist.
    [GeneratedRegex("^```[a-z]+ wrong.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex WrongBlock();

    [GeneratedRegex(@"websockets_analyzers\.[a-z_]+")]
    private static partial Regex OptionName();
}

using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WebSockets.Analyzers.Core;

namespace WebSockets.Analyzers.Tests.Catalogue;

/// <summary>The files, and parts of files, that follow from the rules. <see cref="GeneratedFilesTests"/> compares or writes them.</summary>
internal static partial class Generated
{
    public const string Notice = "Generated: see \"Generated files\" in docs/adding-a-rule.md.";

    /// <summary>Each path with what makes the new text of the old one (empty when there is no file yet).</summary>
    public static ImmutableSortedDictionary<string, Func<string, string>> Files { get; } = Of(RuleFacts.All);

    public static ImmutableSortedDictionary<string, Func<string, string>> Of(IReadOnlyList<RuleFacts> rules)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, Func<string, string>>(StringComparer.Ordinal);
        files.Add("src/WebSockets.Analyzers/Core/RuleCatalogue.g.cs", _ => Catalogue(rules));
        files.Add("src/WebSockets.Analyzers/AnalyzerReleases.Unshipped.md", old => Unshipped(old, Repository.Read("src/WebSockets.Analyzers/AnalyzerReleases.Shipped.md"), rules));
        files.Add("README.md", old => Between(Between(old, "rules", RuleTable(rules, "docs/rules/")), "presets", PresetTable()));
        files.Add("docs/README.md", old => Between(old, "rules", RuleTable(rules, "rules/")));
        files.Add("docs/options.md", old => Between(old, "options", OptionTable()));
        foreach (var preset in Preset.All) files.Add(preset.Path, _ => preset.Text(rules));
        foreach (var rule in rules) files.Add(rule.PagePath, old => WithHead(old, rule));
        return files.ToImmutable();
    }

    // The other descriptors of a rule differ in the message only.
    private static string Row(DescriptorFacts d) => string.Join('\t', d.Id, d.Title, d.Message, d.Category, (int)d.Severity, d.IsEnabled ? "on" : "off", d.Description, d.Tags);

    private static bool IsWarning(RuleFacts rule) => rule.Descriptors[0].Severity >= DiagnosticSeverity.Warning;

    private static IEnumerable<string> Uses(RuleFacts rule) => Catalogued.All.Where(r => r.GetType().Name == rule.ClassName).SelectMany(r => new Subscriptions([r]).Uses()).Select(row => $"{rule.Id}\t{row}");

    private static string Lines(IEnumerable<string> rows) => string.Join(" + \"\\n\" +\n", rows.Select(row => "        " + SymbolDisplay.FormatLiteral(row, quote: true)));

    public static string Catalogue(IReadOnlyList<RuleFacts> rules) => $$"""
        // {{Notice}}
        namespace WebSockets.Analyzers.Core;

        /// <summary>Every rule of the package, by id.</summary>
        internal static class RuleCatalogue
        {
            public static Rule Create(string id) => id switch
            {
        {{string.Join("\n", rules.Select(r => $"        \"{r.Id}\" => new Rules.{r.Group}.{r.ClassName}(),"))}}
                _ => throw new ArgumentOutOfRangeException(nameof(id), id, "no rule"),
            };

            /// <summary>A row for each rule that warns: id, title, message, category, severity, on or off by default, description, tags.</summary>
            public const string WarningDescriptors =
        {{Lines(rules.Where(IsWarning).Select(r => Row(r.Descriptors[0])))}};

            public const string SuggestionDescriptors =
        {{Lines(rules.Where(r => !IsWarning(r)).Select(r => Row(r.Descriptors[0])))}};

            /// <summary>Where a rule has something to look at: its id, and groups of words, of each of which the texts contain one; the words of a group are parted by bars. One of its rows must hold.</summary>
            public const string WarningUses =
        {{Lines(rules.Where(IsWarning).SelectMany(Uses))}};

            public const string SuggestionUses =
        {{Lines(rules.Where(r => !IsWarning(r)).SelectMany(Uses))}};
        }

        """.ReplaceLineEndings("\n");

    /// <summary>The rows of rules that no release has shipped; what else stands in the file, such as changed and removed rules, is left alone.</summary>
    public static string Unshipped(string old, string shipped, IEnumerable<RuleFacts> rules)
    {
        const string head = "### New Rules\n\nRule ID | Category | Severity | Notes\n--------|----------|----------|-------\n";
        var rows = string.Concat(
            from rule in rules
            where !Regex.IsMatch(shipped, $@"^{rule.Id} \|", RegexOptions.Multiline)
            select $"{rule.Id} | {rule.Category} | {(rule.IsEnabled ? rule.Severity : "Disabled")} | {rule.ClassName}\n");
        var rest = NewRules().Replace(old, "").TrimEnd('\n');
        var at = rest.IndexOf("\n### ", StringComparison.Ordinal) is >= 0 and var index ? index : rest.Length;
        return rows.Length == 0 ? rest + "\n" : $"{rest[..at].TrimEnd('\n')}\n\n{head}{rows}{(at < rest.Length ? "\n" + rest[at..].TrimStart('\n') + "\n" : "")}";
    }

    public static string RuleTable(IEnumerable<RuleFacts> rules, string folder) =>
        "| Id | Reports | Group | Level | Fix |\n|---|---|---|---|---|\n"
        + string.Concat(rules.Select(r => $"| [{r.Id}]({folder}{r.Id}.md) | {r.Title} | {r.Group} | {r.Level} | {(r.Fix is null ? "no" : "yes")} |\n"));

    public static string OptionTable() =>
        "| Option | Default | Accepted form | Meaning |\n|---|---|---|---|\n"
        + string.Concat(Option.All.Select(o => $"| `{o.Key}` | `{o.DefaultText}` | {o.AcceptedForm} | {o.Meaning} |\n"));

    public static string PresetTable() =>
        "| `WebSocketsAnalysisMode` | |\n|---|---|\n| `Default` | Every rule at its own level. |\n"
        + string.Concat(Preset.All.Select(p => $"| `{p.Name}` | {p.Meaning} |\n"));

    /// <summary>The page with the table at its head made anew. The options are those that the page explains below the table.</summary>
    public static string WithHead(string page, RuleFacts rule)
    {
        var match = Head().Match(page);
        if (!match.Success) throw new FormatException($"{rule.PagePath} must begin with '# {rule.Id}: {rule.Title}'.");
        var body = page[match.Length..].TrimStart('\n');
        var options = Option.All.Where(o => body.Contains(o.Key, StringComparison.Ordinal)).Select(o => $"`{o.Key}`").ToList();
        var fix = rule.Fix is { } f ? string.Join("; ", f.Titles.Select(t => t[(rule.Id.Length + 2)..])) : "none: " + rule.NoFixReason;
        return $"# {rule.Id}: {rule.Title}\n\n| | |\n|---|---|\n| Id | {rule.Id} |\n| Category | {rule.Category} |\n| Severity | {rule.Level} |\n| Fix | {fix} |\n"
            + $"| Options | {(options.Count == 0 ? "none" : string.Join(", ", options))} |\n\n{body}";
    }

    /// <summary>The text with a new part between the marks of that name.</summary>
    public static string Between(string text, string name, string part)
    {
        string begin = $"<!-- {name}: generated, see docs/adding-a-rule.md -->\n", end = $"<!-- end of {name} -->";
        int from = text.IndexOf(begin, StringComparison.Ordinal), to = text.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from) throw new FormatException($"The marks '{begin.TrimEnd()}' and '{end}' are missing.");
        return text[..(from + begin.Length)] + "\n" + part + "\n" + text[to..];
    }

    /// <summary>The first line in which two texts differ; null when they are the same.</summary>
    public static string? Difference(string found, string expected)
    {
        if (found == expected) return null;
        string[] a = found.Split('\n'), b = expected.Split('\n');
        int line = Enumerable.Range(0, Math.Max(a.Length, b.Length)).First(i => a.ElementAtOrDefault(i) != b.ElementAtOrDefault(i));
        return $"line {line + 1} is '{a.ElementAtOrDefault(line)}' and should be '{b.ElementAtOrDefault(line)}'";
    }

    [GeneratedRegex(@"\A# WS\d{4}: [^\n]*\n\n*(?:\|[^\n]*\n)*")]
    private static partial Regex Head();

    [GeneratedRegex(@"### New Rules\n(?:\n|[^#\n][^\n]*(?:\n|\z))*")]
    private static partial Regex NewRules();
}

using Microsoft.CodeAnalysis;
using WebSockets.Analyzers.Core;

namespace WebSockets.Analyzers.Rules.Package;

/// <summary>An option of this package that has no effect: its value cannot be read, or its name is not one.</summary>
[NoCodeFix("The option stands in a configuration file, to which the compiler hands out no place; the message says what to write.")]
internal sealed class WS9002OptionInvalid : Rule
{
    public const string Id = "WS9002";
    private const string Title = "The option has no effect";
    private const string Description = "An option of this package whose value cannot be read counts as not set, and one with an unknown name is read by nobody: the rules then work with the default.";

    private static readonly DiagnosticDescriptor ValueInvalid = Describe(
        id: Id, title: Title,
        messageFormat: "The default {2} is in force, because '{1}' is no value for {0}; write {3}",
        category: Category.Package, defaultSeverity: DiagnosticSeverity.Warning, description: Description, WellKnownDiagnosticTags.CompilationEnd);

    private static readonly DiagnosticDescriptor KeyMistyped = Describe(
        id: Id, title: Title,
        messageFormat: "Nothing reads {0}, because there is no such option; did you mean {1}?",
        category: Category.Package, defaultSeverity: DiagnosticSeverity.Warning, description: Description, WellKnownDiagnosticTags.CompilationEnd);

    private static readonly DiagnosticDescriptor KeyUnknown = Describe(
        id: Id, title: Title,
        messageFormat: "Nothing reads {0}, because there is no such option; the options are {1}",
        category: Category.Package, defaultSeverity: DiagnosticSeverity.Warning, description: Description, WellKnownDiagnosticTags.CompilationEnd);

    public override DiagnosticDescriptor[] Descriptors => [ValueInvalid, KeyMistyped, KeyUnknown];

    public override void Register(Subscriptions on) => on.OnOptions(Look);

    private static void Look(CompilationCandidate candidate)
    {
        foreach (var (key, value) in Invalid(candidate).Distinct().OrderBy(o => o.Key, StringComparer.Ordinal).ThenBy(o => o.Value, StringComparer.Ordinal))
        {
            if (Option.All.FirstOrDefault(o => IsSame(o.Key, key)) is { } option) candidate.Report(ValueInvalid, option.Key, value, option.DefaultText, option.AcceptedForm);
            else if (Nearest(key) is { } nearest) candidate.Report(KeyMistyped, key, nearest);
            else candidate.Report(KeyUnknown, key, string.Join(", ", Option.All.Select(o => o.Key)));
        }
    }

    private static IEnumerable<(string Key, string Value)> Invalid(CompilationCandidate candidate)
    {
        foreach (var options in candidate.Model.AllOptions())
        {
            candidate.Cancellation.ThrowIfCancellationRequested();
            foreach (var key in OptionKeys.In(options))
            {
                if (Option.All.FirstOrDefault(o => IsSame(o.Key, key)) is not { } option) yield return (key, "");
                else if (options.TryGetValue(key, out var text) && !IsUnset(text) && !option.Accepts(text.Trim())) yield return (key, text.Trim());
            }
        }
    }

    // In .editorconfig, "unset" takes back what a file further up has set.
    private static bool IsUnset(string text) => text.Trim().Equals("unset", StringComparison.OrdinalIgnoreCase);

    private static bool IsSame(string key, string other) => key.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>The option that was meant, when few letters differ.</summary>
    private static string? Nearest(string key)
    {
        var (option, distance) = Option.All.Select(o => (o, Distance: Distance(o.Key, key.ToLowerInvariant()))).OrderBy(o => o.Distance).First();
        return distance <= Math.Max(2, option.Name.Length / 3) ? option.Key : null;
    }

    /// <summary>How many letters must be inserted, deleted or replaced to make one text of the other.</summary>
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (int i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            previous = current;
        }
        return previous[b.Length];
    }
}

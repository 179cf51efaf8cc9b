using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace WebSockets.Analyzers.Tests.Catalogue;

/// <summary>A value of <c>WebSocketsAnalysisMode</c>: which levels it changes.</summary>
/// <param name="Name">The value.</param>
/// <param name="Meaning">What it does, for the documentation.</param>
/// <param name="LevelOf">The level that it gives a rule; null leaves the rule as it is.</param>
internal sealed record Preset(string Name, string Meaning, Func<RuleFacts, string?> LevelOf)
{
    public const string Folder = "src/WebSockets.Analyzers.Package/presets";

    /// <summary>Every preset that has a file; <c>Default</c> has none, as it changes nothing.</summary>
    public static ImmutableArray<Preset> All { get; } =
    [
        new("Strict", "Suggestions become warnings.", r => r.IsEnabled && r.Severity == DiagnosticSeverity.Info ? "warning" : null),
        new("All", "Every rule at its own level, and those that are off as suggestions.", r => r.IsEnabled ? null : "suggestion"),
        new("None", "Every rule off.", _ => "none"),
        Role("Client", "For a program that opens connections", "Client", "Messages", "SignalR", "Http", "Package"),
        Role("Server", "For a program that accepts connections", "Server", "Messages", "Kestrel", "SignalR", "Http", "Package"),
        Role("Proxy", "For a program that passes connections on", "Yarp", "Nginx", "Server", "Kestrel", "Http", "Package"),
    ];

    public string Path => $"{Folder}/{Name.ToLowerInvariant()}.globalconfig";

    /// <summary>The groups that a role keeps; empty for the other presets.</summary>
    public ImmutableArray<string> Groups { get; private init; } = [];

    // The level -99 is above the SDK's own files and below a user's .globalconfig (100); an .editorconfig goes before both.
    public string Text(IEnumerable<RuleFacts> rules) =>
        $"# {Generated.Notice}\n# WebSocketsAnalysisMode {Name}: {char.ToLowerInvariant(Meaning[0])}{Meaning[1..]}\nis_global = true\nglobal_level = -99\n"
        + string.Concat(from rule in rules let level = LevelOf(rule) where level is not null select $"\n# {rule.Id}: {rule.Title}\ndotnet_diagnostic.{rule.Id}.severity = {level}\n");

    private static Preset Role(string name, string meaning, params string[] groups) =>
        new(name, $"{meaning}: the groups {string.Join(", ", groups[..^1])} and {groups[^1]} stay, the others are off.", r => groups.Contains(r.Group) ? null : "none") { Groups = [.. groups] };
}

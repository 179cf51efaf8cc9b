using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace WebSockets.Analyzers.Core;

/// <summary>
/// One rule: an id, what it says, and the API members at which it looks. A rule holds no state; the facts of a compilation come with the <see cref="Candidate"/>.
/// </summary>
internal abstract class Rule
{
    /// <summary>
    /// The descriptors of the rule. More than one where the rule words its message in several ways; they share id, title, category and severity.
    /// A property, so that a rule that finds nothing makes none: the compiler knows them from the generated table.
    /// </summary>
    public abstract DiagnosticDescriptor[] Descriptors { get; }

    /// <summary>Names the API members at which the rule wants to look, each with the method that looks.</summary>
    public abstract void Register(Subscriptions on);

    /// <summary>Makes a descriptor. The help link follows from the id. The parameters carry the names that release tracking (RS2000) reads.</summary>
    protected static DiagnosticDescriptor Describe(
        string id, string title, string messageFormat, string category, DiagnosticSeverity defaultSeverity, string description, params string[] customTags) =>
        new(id, title, messageFormat, category, defaultSeverity, isEnabledByDefault: true, description, HelpLink(id), customTags);

    /// <summary>The descriptors of the generated table, made without the rules.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Described(string table)
    {
        var rows = table.Split('\n');
        var described = ImmutableArray.CreateBuilder<DiagnosticDescriptor>(rows.Length);
        foreach (var row in rows)
        {
            var cells = row.Split('\t');
            described.Add(new(cells[0], cells[1], cells[2], cells[3], (DiagnosticSeverity)(cells[4][0] - '0'), cells[5] == "on", cells[6], HelpLink(cells[0]), cells[7].Length == 0 ? [] : cells[7].Split(' ')));
        }
        return described.MoveToImmutable();
    }

    internal static string HelpLink(string id) => $"https://github.com/websockets-analyzers/websockets-analyzers/blob/main/docs/rules/{id}.md";
}

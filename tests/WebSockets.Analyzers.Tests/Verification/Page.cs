using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Diagnostics;
using WebSockets.Analyzers.Core;

namespace WebSockets.Analyzers.Tests.Verification;

/// <summary>
/// A rule's page. Its examples are pairs of fenced blocks, <c>csharp wrong</c> and <c>csharp right</c>, in that order. Words behind them: <c>program</c> for top-level statements,
/// <c>polly</c> where Polly.Core is referenced, <c>action=1</c> for the second of the fix's actions. A block of another language with <c>beside=nginx.conf</c> is a file of that name
/// beside the code of the examples that follow it.
/// </summary>
internal sealed partial record Page(string Text, IReadOnlyList<Example> Examples)
{
    public static Page Of(string id) => Parse(Repository.Read($"docs/rules/{id}.md"));

    public static Page Parse(string text)
    {
        var files = File().Matches(text).Select(m => (m.Index, Name: m.Groups[1].Value, Content: m.Groups[2].Value)).ToList();
        var blocks = Block().Matches(text).Select(m => (m.Index, Words: m.Groups[1].Value.Split(' '), Code: m.Groups[2].Value)).ToList();
        var examples = new List<Example>();
        for (int i = 0; i < blocks.Count; i += 2)
        {
            if (!blocks[i].Words.Contains("wrong") || i + 1 == blocks.Count || !blocks[i + 1].Words.Contains("right"))
                throw new FormatException("A block marked wrong must be followed by one marked right.");
            var words = blocks[i].Words;
            var action = words.FirstOrDefault(w => w.StartsWith("action=", StringComparison.Ordinal));
            var beside = ImmutableSortedDictionary<string, string>.Empty.SetItems(files.Where(f => f.Index < blocks[i].Index).Select(f => KeyValuePair.Create(f.Name, f.Content)));
            examples.Add(new(blocks[i].Code, blocks[i + 1].Code, words.Contains("program"), words.Contains("polly") ? "polly" : null, action is null ? null : int.Parse(action.Split('=')[1], null), beside));
        }
        return new(text, examples);
    }

    [GeneratedRegex("^```csharp ([a-z0-9= ]+)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^```[a-z]+ beside=(\\S+)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex File();
}

/// <summary>One pair of blocks, and the files beside it by their paths in the project folder.</summary>
internal sealed record Example(string Wrong, string Right, bool IsProgram, string? Uses, int? Action, ImmutableSortedDictionary<string, string> Files);

/// <summary>The rules of the package.</summary>
internal static class Catalogued
{
    /// <summary>By id. Found by their type, as the generated catalogue is checked against them.</summary>
    public static IReadOnlyList<Rule> All { get; } = [.. typeof(Rule).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Rule)) && !t.IsAbstract).OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => (Rule)Activator.CreateInstance(t)!)];

    /// <summary>The analyzers that run them.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } = [new WebSocketsAnalyzer(), new SuggestionsAnalyzer()];

    public static Rule Of(string id) => All.Single(r => r.Descriptors[0].Id == id);
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using WebSockets.Analyzers.Core;

namespace WebSockets.Analyzers.Benchmarks;

/// <summary>Code to compile: made from the project's own sources and pages, so that it is real and nothing is downloaded.</summary>
internal sealed partial record SampleProgram(string Name, ImmutableArray<(string Name, string Text)> Files)
{
    // What opens the package's gate, with something else for each word: of a row one group is enough, and it must consist of names.
    private static readonly ImmutableArray<(string Word, string Other)> Vocabulary =
    [
        .. $"{RuleCatalogue.WarningUses}\n{RuleCatalogue.SuggestionUses}".Split('\n').Select(row => row.Split('\t')[1]).Where(row => row.Length > 0)
            .SelectMany(row => row.Split(' ').Select(group => group.Split('|')).First(words => words.All(w => char.IsLetter(w[0]))))
            .Distinct().OrderByDescending(word => word.Length)
            .Select((word, i) => (word, string.Create(CultureInfo.InvariantCulture, $"Other{i}"))),
    ];

    public int Lines => Files.Sum(f => f.Text.Count(c => c == '\n'));

    public static IEnumerable<SampleProgram> All() => [WithoutSockets(), SomeSockets(), FullOfSockets()];

    /// <summary>The framework and ASP.NET Core of the SDK, and Roslyn, which the sources use.</summary>
    public static ImmutableArray<string> References { get; } = [.. FindReferences()];

    /// <summary>The package's own sources several times over, each copy in a namespace of its own: more than 20,000 lines of ordinary code.</summary>
    private static SampleProgram WithoutSockets()
    {
        var sources = Directory.GetFiles(Path.Combine(Root, "src/WebSockets.Analyzers"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ToList();
        var files = ImmutableArray.CreateBuilder<(string, string)>();
        files.Add(("Usings.cs", "global using System;\nglobal using System.Collections.Generic;\nglobal using System.IO;\nglobal using System.Linq;\nglobal using System.Threading;\nglobal using System.Threading.Tasks;\n"));
        for (int copy = 0, lines = 0; lines < 20_000; copy++)
        {
            foreach (var source in sources)
            {
                var text = File.ReadAllText(source).Replace("WebSockets.Analyzers", string.Create(CultureInfo.InvariantCulture, $"Copy{copy}.Of"), StringComparison.Ordinal).Replace("[DiagnosticAnalyzer(LanguageNames.CSharp)]", "", StringComparison.Ordinal);
                // The sources speak of sockets without using one.
                foreach (var (word, other) in Vocabulary) text = text.Replace(word, other, StringComparison.Ordinal);
                files.Add((string.Create(CultureInfo.InvariantCulture, $"{copy:00}-{Path.GetFileName(source)}"), text));
                lines += text.Count(c => c == '\n');
            }
        }
        return new("without-sockets", files.ToImmutable());
    }

    /// <summary>The program without sockets and a few files with them, as in most programs that use one.</summary>
    private static SampleProgram SomeSockets() => new("some-sockets", [.. WithoutSockets().Files, .. Blocks(copies: 2)]);

    /// <summary>Nearly every method opens, reads or reconnects a socket.</summary>
    private static SampleProgram FullOfSockets() => new("full-of-sockets", Blocks(copies: 20));

    /// <summary>The blocks of the client rules' pages, wrong and right, several times over.</summary>
    private static ImmutableArray<(string Name, string Text)> Blocks(int copies)
    {
        var files = ImmutableArray.CreateBuilder<(string, string)>();
        var blocks = Directory.GetFiles(Path.Combine(Root, "docs/rules"), "WS1*.md").Order(StringComparer.Ordinal)
            .SelectMany(page => Block().Matches(File.ReadAllText(page)).Select(m => m.Groups[1].Value))
            .Select(block => block.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal))
            // Top-level statements can stand in one file only, and Polly is not among the references.
            .Where(block => block.Contains("\nclass ", StringComparison.Ordinal) && !block.Contains("Polly", StringComparison.Ordinal))
            .ToList();
        for (int copy = 0; copy < copies; copy++)
        {
            for (int i = 0; i < blocks.Count; i++)
            {
                var text = new StringBuilder();
                var lines = blocks[i].Split('\n');
                int body = Array.FindIndex(lines, l => l.Length > 0 && !l.StartsWith("using ", StringComparison.Ordinal));
                text.AppendJoin('\n', lines[..body]).Append(CultureInfo.InvariantCulture, $"\nnamespace Blocks{copy}.Block{i};\n").AppendJoin('\n', lines[body..]);
                files.Add((string.Create(CultureInfo.InvariantCulture, $"Blocks{copy:00}-{i:00}.cs"), text.ToString()));
            }
        }
        return files.ToImmutable();
    }

    private static string Root => Path.GetFullPath(AnalyzerSet.Metadata("RepositoryRoot"));

    private static IEnumerable<string> FindReferences()
    {
        foreach (var pack in new[] { "Microsoft.NETCore.App.Ref", "Microsoft.AspNetCore.App.Ref" })
        {
            var folder = Directory.GetDirectories(Path.Combine(AnalyzerSet.Metadata("DotNet"), "packs", pack)).Order(StringComparer.Ordinal).Last();
            foreach (var file in Directory.GetFiles(Path.Combine(folder, "ref/net10.0"), "*.dll")) yield return file;
        }
        yield return Path.Combine(AppContext.BaseDirectory, "Microsoft.CodeAnalysis.dll");
        yield return Path.Combine(AppContext.BaseDirectory, "Microsoft.CodeAnalysis.CSharp.dll");
    }

    [GeneratedRegex("^```csharp [a-z0-9= ]+\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}

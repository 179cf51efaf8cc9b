using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Text;

namespace WebSockets.Analyzers.Model.Nginx;

/// <summary>A configuration file of nginx: a whole one, or a fragment that others include.</summary>
internal sealed class NginxFile
{
    // A text never changes; in an editor all files but one are those of the compilation before.
    private static readonly ConditionalWeakTable<SourceText, NginxParser> Parsed = new();

    private NginxFile(string path, SourceText text, NginxParser parsed) => (Path, Text, Directives, IsWhole) = (path, text, parsed.Directives, parsed.IsWhole);

    public string Path { get; }

    public SourceText Text { get; }

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The directives outside of all blocks.</summary>
    public IReadOnlyList<NginxDirective> Directives { get; }

    /// <summary>False where a brace, a quote or a semicolon is missing: what the tree says may then not be what was meant.</summary>
    public bool IsWhole { get; }

    public static NginxFile Of(string path, SourceText text) => new(path, text, Parsed.GetValue(text, t => new(t.ToString())));

    /// <summary>The <c>server</c> blocks of HTTP; those of <c>stream</c> and <c>mail</c> speak other protocols.</summary>
    public IEnumerable<NginxDirective> Servers => Directives.Concat(Directives.Where(d => d.Is("http")).SelectMany(d => d.Block)).Where(d => d is { HasBlock: true } && d.Is("server"));

    /// <summary>The number of the line, from 1, on which the directive begins.</summary>
    public int LineOf(NginxDirective directive) => Text.Lines.GetLineFromPosition(directive.Span.Start).LineNumber + 1;
}

/// <summary>One directive: <c>listen 443 ssl;</c>, or <c>location /ws { … }</c> with a block.</summary>
/// <param name="Words">The name, first, and the arguments; none for a block without a name.</param>
/// <param name="Block">The directives of the block; empty where there is none.</param>
/// <param name="HasBlock">Whether there is a block, be it empty.</param>
/// <param name="Span">From the name to the semicolon or the closing brace.</param>
internal sealed record NginxDirective(IReadOnlyList<NginxWord> Words, IReadOnlyList<NginxDirective> Block, bool HasBlock, TextSpan Span)
{
    public string Name => Words.Count > 0 ? Words[0].Text : "";

    public IEnumerable<NginxWord> Arguments => Words.Skip(1);

    public bool Is(string name) => Name == name;

    /// <summary>The directives in the block and in the blocks inside it.</summary>
    public IEnumerable<NginxDirective> Descendants() => Block.SelectMany(d => d.Descendants().Prepend(d));
}

/// <summary>A word of a directive.</summary>
/// <param name="Text">The word without its quotes and escapes.</param>
/// <param name="Span">Where it stands, with its quotes.</param>
internal sealed record NginxWord(string Text, TextSpan Span);

using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace WebSockets.Analyzers.Model;

/// <summary>Searches over the raw characters of files: they end most questions without a look at syntax or symbols.</summary>
internal static class Texts
{
    // A tree never changes; in an editor all trees but one are those of the compilation before.
    private static readonly ConditionalWeakTable<SyntaxTree, Dictionary<string, bool>> Known = new();

    /// <summary>Does any file of the compilation contain the text?</summary>
    public static bool Mentions(Compilation compilation, string text, CancellationToken cancellation)
    {
        foreach (var tree in compilation.SyntaxTrees)
            if (Mentions(tree, text, cancellation)) return true;
        return false;
    }

    /// <summary>Does the file contain the text, upper and lower case told apart?</summary>
    public static bool Mentions(SyntaxTree tree, string text, CancellationToken cancellation)
    {
        var known = Known.GetValue(tree, static _ => new(StringComparer.Ordinal));
        lock (known)
        {
            if (known.TryGetValue(text, out bool mentions)) return mentions;
        }
        var source = tree.GetText(cancellation);
        bool found = Find(source, text, new(0, source.Length), all: null);
        lock (known) known[text] = found;
        return found;
    }

    /// <summary>Where the text stands in a part of the file; an empty one, the name of a half-typed member, nowhere.</summary>
    public static IReadOnlyList<int> Positions(SyntaxTree tree, string text, TextSpan part, CancellationToken cancellation)
    {
        if (text.Length == 0 || !Mentions(tree, text, cancellation)) return [];
        var all = new List<int>();
        Find(tree.GetText(cancellation), text, part, all);
        return all;
    }

    /// <summary>Does the text stand in that part? All its places, where they are wanted.</summary>
    private static bool Find(SourceText source, string text, TextSpan part, List<int>? all)
    {
        const int chunk = 8192;
        bool found = false;
        var buffer = ArrayPool<char>.Shared.Rent(chunk + text.Length);
        try
        {
            for (int start = part.Start; start < part.End; start += chunk)
            {
                int count = Math.Min(chunk + text.Length - 1, part.End - start);
                source.CopyTo(start, buffer, 0, count);
                for (int at = 0, next; (next = buffer.AsSpan(at, count - at).IndexOf(text.AsSpan())) >= 0; at += next + 1)
                {
                    found = true;
                    if (all is null) return true;
                    all.Add(start + at + next);
                }
            }
            return found;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }
}

/// <summary>Which words the texts of a compilation contain. Rules share most of theirs: each is looked for once, whatever the number of rules.</summary>
internal sealed class Words(Compilation compilation, CancellationToken cancellation)
{
    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

    public bool Contain(string word) => _known.TryGetValue(word, out bool known) ? known : _known[word] = Texts.Mentions(compilation, word, cancellation);
}

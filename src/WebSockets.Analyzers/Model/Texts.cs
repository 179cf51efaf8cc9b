using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace WebSockets.Analyzers.Model;

/// <summary>Searches over the raw characters of files: they end most questions without a look at syntax or symbols.</summary>
internal static class Texts
{
    // A tree never changes; in an editor all trees but one are those of the compilation before.
    private static readonly ConditionalWeakTable<SyntaxTree, ConcurrentDictionary<string, bool>> Known = new();

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
        var known = Known.GetOrCreateValue(tree);
        return known.TryGetValue(text, out bool mentions) ? mentions : known[text] = Contains(tree.GetText(cancellation), text);
    }

    private static bool Contains(SourceText source, string text)
    {
        const int chunk = 8192;
        var buffer = ArrayPool<char>.Shared.Rent(chunk + text.Length);
        try
        {
            for (int start = 0; start < source.Length; start += chunk)
            {
                int count = Math.Min(chunk + text.Length - 1, source.Length - start);
                source.CopyTo(start, buffer, 0, count);
                if (buffer.AsSpan(0, count).IndexOf(text.AsSpan()) >= 0) return true;
            }
            return false;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }
}

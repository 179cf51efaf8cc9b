using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Core;

/// <summary>
/// What is asked of every program: is there anything for this package to do? Answered from generated tables, so that a program without sockets
/// pays for a search over its texts and for nothing else: no rule is made, and next to nothing compiled by the JIT, which counts in a cold compiler.
/// </summary>
internal static class Gate
{
    /// <summary>Could a rule look at something? Only where the texts contain a word of each group of some row.</summary>
    public static bool IsOpen(Compilation compilation, CancellationToken cancellation)
    {
        foreach (var row in RuleCatalogue.Uses.Split('\n'))
        {
            bool all = true;
            foreach (var group in row.Split(' ')) all = all && Mentions(compilation, group.Split('|'), cancellation);
            if (all) return true;
        }
        return false;
    }

    private static bool Mentions(Compilation compilation, string[] words, CancellationToken cancellation)
    {
        foreach (var word in words)
            if (Texts.Mentions(compilation, word, cancellation)) return true;
        return false;
    }

    /// <summary>Does a configuration file set an option of this package, or what was meant as one?</summary>
    public static bool HasOptions(Compilation compilation, AnalyzerConfigOptionsProvider provider)
    {
        if (OptionKeys.AreIn(provider.GlobalOptions)) return true;
        foreach (var tree in compilation.SyntaxTrees)
            if (OptionKeys.AreIn(provider.GetOptions(tree))) return true;
        return false;
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Core;

/// <summary>
/// What is asked of every program: which rules have something to look at? Answered from a generated table, so that a program without sockets
/// pays for a search over its texts and for nothing else: no rule is made, and next to nothing compiled by the JIT, which counts in a cold compiler.
/// </summary>
internal static class Gate
{
    /// <summary>
    /// The ids of the rules that could look at something: the texts contain a word of each group of one of their rows.
    /// A rule whose row is empty looks at the options of this package, if a configuration file sets one.
    /// </summary>
    public static List<string> Open(string uses, Words words, Compilation compilation, AnalyzerConfigOptionsProvider options)
    {
        var open = new List<string>();
        foreach (var row in uses.Split('\n'))
        {
            int tab = row.IndexOf('\t');
            var id = row.Substring(0, tab);
            if (open.Count > 0 && open[open.Count - 1] == id) continue;
            bool all = true;
            if (tab + 1 == row.Length) all = HasOptions(compilation, options);
            else foreach (var group in row.Substring(tab + 1).Split(' ')) all = all && Mentions(words, group);
            if (all) open.Add(id);
        }
        return open;
    }

    private static bool Mentions(Words words, string group)
    {
        foreach (var word in group.Split('|'))
            if (words.Contain(word)) return true;
        return false;
    }

    /// <summary>Does a configuration file set an option of this package, or what was meant as one?</summary>
    private static bool HasOptions(Compilation compilation, AnalyzerConfigOptionsProvider provider)
    {
        if (OptionKeys.AreIn(provider.GlobalOptions)) return true;
        foreach (var tree in compilation.SyntaxTrees)
            if (OptionKeys.AreIn(provider.GetOptions(tree))) return true;
        return false;
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <summary>Imports namespaces, for names that nobody would want to read in full.</summary>
internal static class Usings
{
    /// <summary>The root with a <c>using</c> of the namespace among those of the file, where that has no such name in reach yet.</summary>
    public static CompilationUnitSyntax Add(CompilationUnitSyntax root, SemanticModel model, int position, string name, string type)
    {
        if (model.LookupNamespacesAndTypes(position, name: type).Any(s => s.ContainingNamespace.ToDisplayString() == name)) return root;
        var lineEnd = Layout.LineEnd(root);
        var added = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(name).WithLeadingTrivia(SyntaxFactory.Space)).WithTrailingTrivia(SyntaxFactory.EndOfLine(lineEnd));
        var plain = root.Usings.Where(u => u.Alias is null && !u.StaticKeyword.IsKind(SyntaxKind.StaticKeyword)).ToList();
        var before = plain.LastOrDefault(u => string.CompareOrdinal(u.Name?.ToString(), name) < 0) ?? plain.TakeWhile(IsSystem).LastOrDefault();
        if (before is not null) return root.WithUsings(root.Usings.Insert(root.Usings.IndexOf(before) + 1, added));
        // At the top: below what is said about the file as a whole.
        var first = root.GetFirstToken(includeZeroWidth: true);
        if (first.LeadingTrivia.Any(t => t.IsDirective)) return root;
        int head = first.LeadingTrivia.Select((t, i) => t.IsKind(SyntaxKind.EndOfLineTrivia) && (i == 0 || first.LeadingTrivia[i - 1].IsKind(SyntaxKind.EndOfLineTrivia)) ? i + 1 : 0).DefaultIfEmpty().Max();
        var (above, below) = (first.LeadingTrivia.Take(head), first.LeadingTrivia.Skip(head));
        var rest = root.Usings.Count > 0 ? below : below.Prepend(SyntaxFactory.EndOfLine(lineEnd));
        var shifted = root.ReplaceToken(first, first.WithLeadingTrivia(rest));
        return shifted.WithUsings(shifted.Usings.Insert(0, added.WithLeadingTrivia(above)));
    }

    private static bool IsSystem(UsingDirectiveSyntax directive) => directive.Name?.ToString() is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal));
}

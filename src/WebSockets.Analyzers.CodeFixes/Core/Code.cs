using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <summary>Pieces of C# that fixes write.</summary>
internal static class Code
{
    /// <summary>
    /// <c>TimeSpan.FromSeconds(30)</c>, in the largest unit that keeps the number whole. Fully qualified; the simplifier shortens it where the namespace is imported.
    /// </summary>
    public static ExpressionSyntax Duration(TimeSpan value)
    {
        var (unit, count) =
            value.TotalMinutes >= 2 && value.Ticks % TimeSpan.TicksPerMinute == 0 ? ("FromMinutes", value.TotalMinutes) :
            value.Ticks % TimeSpan.TicksPerSecond == 0 ? ("FromSeconds", value.TotalSeconds) :
            ("FromMilliseconds", value.TotalMilliseconds);
        return Expression($"global::System.TimeSpan.{unit}({count.ToString("R", CultureInfo.InvariantCulture)})");
    }

    /// <summary>An expression whose <c>global::</c> names the simplifier shortens.</summary>
    public static ExpressionSyntax Expression(string text) => Ready(SyntaxFactory.ParseExpression(text));

    /// <summary>Marks new code for the formatter, and its qualified names for the simplifier.</summary>
    public static T Ready<T>(T node)
        where T : SyntaxNode => Simplifiable(node).WithAdditionalAnnotations(Formatter.Annotation);

    /// <summary>Marks the qualified names of new code that is laid out already.</summary>
    public static T Simplifiable<T>(T node)
        where T : SyntaxNode =>
        node.ReplaceNodes(
            node.DescendantNodesAndSelf().Where(n => n is QualifiedNameSyntax or AliasQualifiedNameSyntax or MemberAccessExpressionSyntax),
            (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));

    /// <summary>A name that nothing in scope has: the wanted one, or that with a number.</summary>
    public static string FreeName(string wanted, SyntaxNode within)
    {
        var taken = new HashSet<string>(within.DescendantTokens().Where(t => t.IsKind(SyntaxKind.IdentifierToken)).Select(t => t.ValueText));
        var name = wanted;
        for (int i = 2; taken.Contains(name); i++) name = wanted + i;
        return name;
    }

    /// <summary>Is there a comment on the lines of the node? What stands there was decided by somebody.</summary>
    public static bool HasComment(SyntaxNode node)
    {
        var statement = node.FirstAncestorOrSelf<StatementSyntax>() ?? node;
        var text = node.SyntaxTree.GetText();
        var lines = text.Lines;
        var first = lines.GetLineFromPosition(node.SpanStart).LineNumber;
        var last = lines.GetLineFromPosition(node.Span.End).LineNumber;
        return node.SyntaxTree.GetRoot().DescendantTrivia(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(lines[Math.Max(first - 1, 0)].Start, lines[last].End))
            .Any(t => (t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia))
                && (lines.GetLineFromPosition(t.SpanStart).LineNumber >= first || StandsAlone(t, lines, statement)));
    }

    // A comment line of its own directly above belongs to the line below it.
    private static bool StandsAlone(SyntaxTrivia comment, Microsoft.CodeAnalysis.Text.TextLineCollection lines, SyntaxNode statement)
    {
        var line = lines.GetLineFromPosition(comment.SpanStart);
        return comment.SpanStart < statement.Span.End && string.IsNullOrWhiteSpace(line.ToString().Substring(0, comment.SpanStart - line.Start));
    }
}

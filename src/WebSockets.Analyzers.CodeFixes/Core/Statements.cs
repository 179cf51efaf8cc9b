using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <summary>Moving and removing whole statements, in blocks and at the top level.</summary>
internal static class Statements
{
    /// <summary>The call at the position that a rule has handed over.</summary>
    public static InvocationExpressionSyntax? CallAt(FixTarget target, string fact) =>
        target.Diagnostic.Properties.TryGetValue(fact, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int position) && position < target.Root.FullSpan.End
            ? target.Root.FindToken(position).Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>() : null;

    /// <summary>The root without the call: without its statement, or without its link in a chain.</summary>
    public static SyntaxNode? RemoveCall(SyntaxNode root, InvocationExpressionSyntax call)
    {
        if (call.Parent is ExpressionStatementSyntax statement)
        {
            SyntaxNode whole = statement.Parent is GlobalStatementSyntax global ? global : statement;
            if (whole is StatementSyntax && whole.Parent is not (BlockSyntax or SwitchSectionSyntax)) return null;
            return Remove(root, whole);
        }
        return call.Expression is MemberAccessExpressionSyntax access ? root.ReplaceNode(call, access.Expression.WithTrailingTrivia(call.GetTrailingTrivia())) : null;
    }

    /// <summary>The root without the statement; comments above it stay.</summary>
    public static SyntaxNode? Remove(SyntaxNode root, SyntaxNode statement)
    {
        if (!HasComment(statement)) return root.RemoveNode(statement, SyntaxRemoveOptions.KeepNoTrivia);
        // Without the indentation of the statement's own line.
        var leading = statement.GetLeadingTrivia();
        var kept = leading.Count > 0 && leading.Last().IsKind(SyntaxKind.WhitespaceTrivia) ? leading.RemoveAt(leading.Count - 1) : leading;
        var mark = new SyntaxAnnotation();
        root = root.ReplaceNode(statement, statement.WithLeadingTrivia(kept).WithAdditionalAnnotations(mark));
        return root.RemoveNode(root.GetAnnotatedNodes(mark).First(), SyntaxRemoveOptions.KeepLeadingTrivia);
    }

    /// <summary>The root with the call's statement moved before another call's; both stand in one list.</summary>
    public static SyntaxNode? MoveBefore(SyntaxNode root, InvocationExpressionSyntax call, InvocationExpressionSyntax other)
    {
        if (call.Parent is not ExpressionStatementSyntax statement || Listed(other) is not { } target) return null;
        SyntaxNode moved = statement.Parent is GlobalStatementSyntax global ? global : statement;
        if (moved.Parent != target.Parent || target.SpanStart >= moved.SpanStart) return null;
        // The blank lines above stay with the place, the comments go along.
        var (_, movedOwn) = Layout.SplitBlankLines(moved.GetLeadingTrivia());
        var (blank, own) = Layout.SplitBlankLines(target.GetLeadingTrivia());
        var first = moved.WithLeadingTrivia(blank.AddRange(movedOwn));
        var marked = root.TrackNodes(moved, target);
        marked = marked.ReplaceNode(marked.GetCurrentNode(target)!, target.WithLeadingTrivia(own).WithAdditionalAnnotations(Mark));
        marked = marked.InsertNodesBefore(marked.GetAnnotatedNodes(Mark).First(), [first]);
        return marked.GetCurrentNode(moved) is { } old ? marked.RemoveNode(old, SyntaxRemoveOptions.KeepNoTrivia) : null;
    }

    private static readonly SyntaxAnnotation Mark = new();

    private static SyntaxNode? Listed(SyntaxNode node)
    {
        foreach (var statement in node.AncestorsAndSelf().OfType<StatementSyntax>())
        {
            if (statement.Parent is GlobalStatementSyntax global) return global;
            if (statement.Parent is BlockSyntax) return statement;
        }
        return null;
    }

    private static bool HasComment(SyntaxNode node) => node.GetLeadingTrivia().Any(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia) || t.IsDirective);
}

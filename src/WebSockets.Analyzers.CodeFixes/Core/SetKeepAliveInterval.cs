using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <summary>Writes a keep-alive interval: in the place of the value that stands there, or into the initialiser of an object that has none.</summary>
internal sealed class SetKeepAliveInterval(string title, bool sparesComments = false) : FixAction(title)
{
    // A value with a comment beside it was chosen: that is for a person to change.
    public override bool IsForFixAll(FixTarget target) => !sparesComments || target.Node is BaseObjectCreationExpressionSyntax || !Code.HasComment(target.Node);

    public override Task<Document?> ApplyAsync(FixTarget target)
    {
        if (target.Diagnostic.Properties.Duration(Facts.Interval) is not { } interval) return Task.FromResult<Document?>(null);
        return Task.FromResult(DurationSites.Write(target, Code.Duration(interval)));
    }
}

/// <summary>Writes the infinite interval, which means: no keep-alive.</summary>
internal sealed class SwitchKeepAliveOff(string title) : FixAction(title)
{
    public override Task<Document?> ApplyAsync(FixTarget target) =>
        Task.FromResult(DurationSites.Write(target, Code.Expression("global::System.Threading.Timeout.InfiniteTimeSpan")));
}

/// <summary>The places where a keep-alive's durations are written.</summary>
internal static class DurationSites
{
    public static Document? Write(FixTarget target, ExpressionSyntax value) => target.Node switch
    {
        AssignmentExpressionSyntax assignment => target.Replace(assignment.Right, value.WithTriviaFrom(assignment.Right)),
        BaseObjectCreationExpressionSyntax creation => target.Replace(creation, Initializers.Add(creation, KeepAliveSite.Property, value)),
        ArgumentSyntax argument => target.Replace(argument.Expression, value.WithTriviaFrom(argument.Expression)),
        ExpressionSyntax { Parent: ArgumentSyntax } argument => target.Replace(argument, value.WithTriviaFrom(argument)),
        _ => null,
    };
}

/// <summary>Object initialisers.</summary>
internal static class Initializers
{
    /// <summary>Adds <c>property = value</c> at the end, in the line style that the initialiser has.</summary>
    public static BaseObjectCreationExpressionSyntax Add(BaseObjectCreationExpressionSyntax creation, string property, ExpressionSyntax value)
    {
        var assignment = SyntaxFactory.AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, SyntaxFactory.IdentifierName(property), value)
            .WithAdditionalAnnotations(Microsoft.CodeAnalysis.Formatting.Formatter.Annotation);
        if (creation.Initializer is not { Expressions: { Count: > 0 } expressions } initializer)
        {
            var added = SyntaxFactory.InitializerExpression(SyntaxKind.ObjectInitializerExpression, SyntaxFactory.SingletonSeparatedList<ExpressionSyntax>(assignment))
                .WithAdditionalAnnotations(Microsoft.CodeAnalysis.Formatting.Formatter.Annotation);
            var bare = creation is ObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 0 } o
                ? o.WithArgumentList(null).WithType(o.Type.WithTrailingTrivia(SyntaxFactory.Space))
                : creation.WithoutTrailingTrivia();
            return bare.WithInitializer(added).WithTriviaFrom(creation);
        }

        var last = expressions[expressions.Count - 1];
        bool oneLine = !initializer.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        // A comment behind the last entry stays with it: the comma goes in between.
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(oneLine ? SyntaxFactory.TriviaList(SyntaxFactory.Space) : last.GetTrailingTrivia());
        var lineEnd = oneLine ? last.GetTrailingTrivia() : SyntaxFactory.TriviaList(last.GetTrailingTrivia().Where(t => t.IsKind(SyntaxKind.EndOfLineTrivia)));
        var indent = oneLine ? SyntaxFactory.TriviaList() : SyntaxFactory.TriviaList(last.GetLeadingTrivia().Where(t => t.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1));
        var entry = assignment.WithLeadingTrivia(indent);
        var list = expressions.SeparatorCount == expressions.Count
            ? expressions.GetWithSeparators().Add(entry).Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(
                oneLine ? SyntaxFactory.TriviaList(SyntaxFactory.Space) : SyntaxFactory.TriviaList(expressions.GetSeparators().Last().TrailingTrivia.Where(t => t.IsKind(SyntaxKind.EndOfLineTrivia)))))
            : expressions.GetWithSeparators().Replace(last, last.WithTrailingTrivia()).Add(comma).Add(entry.WithTrailingTrivia(lineEnd));
        return creation.WithInitializer(initializer.WithExpressions(SyntaxFactory.SeparatedList<ExpressionSyntax>(list)));
    }
}

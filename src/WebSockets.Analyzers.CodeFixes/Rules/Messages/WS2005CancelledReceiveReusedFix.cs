using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.CodeFixes.Rules.Messages;

/// <summary>Closes first and cancels then, where the order is visible.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS2005CancelledReceiveReusedFix))]
public sealed class WS2005CancelledReceiveReusedFix() : WebSocketsFix(WS2005CancelledReceiveReused.Id, new CloseFirst())
{
    internal const string FixTitle = "WS2005: Close first, then cancel";

    private sealed class CloseFirst() : FixAction(FixTitle)
    {
        public override Task<Document?> ApplyAsync(FixTarget target) => Task.FromResult(Fix(target));

        private static Document? Fix(FixTarget target)
        {
            if (target.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } close || close.FirstAncestorOrSelf<AwaitExpressionSyntax>() is null) return null;
            foreach (var statement in close.Ancestors().OfType<StatementSyntax>().TakeWhile(s => s is not LocalFunctionStatementSyntax))
            {
                if (statement.Parent is not BlockSyntax block || block.Statements.LastOrDefault(s => s.SpanStart < statement.SpanStart && IsCancel(s)) is not { } cancel) continue;
                // The close comes to the place of the cancellation when nothing else stands between them.
                var (blank, own) = Layout.SplitBlankLines(cancel.GetLeadingTrivia());
                var (_, next) = Layout.SplitBlankLines(statement.GetLeadingTrivia());
                var between = block.Statements.Skip(block.Statements.IndexOf(cancel) + 1).TakeWhile(s => s != statement).ToList();
                var moved = cancel.WithLeadingTrivia(own);
                var reordered = block.Statements.Take(block.Statements.IndexOf(cancel))
                    .Concat(between.Count > 0 ? between.Take(1).Select(s => s.WithLeadingTrivia(blank.AddRange(Layout.SplitBlankLines(s.GetLeadingTrivia()).Others))).Concat(between.Skip(1)).Append(statement) : [statement.WithLeadingTrivia(blank.AddRange(next))])
                    .Append(moved).Concat(block.Statements.Skip(block.Statements.IndexOf(statement) + 1));
                return target.Replace(block, block.WithStatements(SyntaxFactory.List(reordered)));
            }
            return null;
        }

        /// <summary><c>source.Cancel();</c>, <c>source?.Cancel();</c> or <c>await source.CancelAsync();</c></summary>
        private static bool IsCancel(StatementSyntax statement) => statement is ExpressionStatementSyntax { Expression: var expression }
            && ((expression as AwaitExpressionSyntax)?.Expression ?? expression) switch
            {
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Cancel" or "CancelAsync" } } => true,
                ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Cancel" or "CancelAsync" } } } => true,
                _ => false,
            };
    }
}

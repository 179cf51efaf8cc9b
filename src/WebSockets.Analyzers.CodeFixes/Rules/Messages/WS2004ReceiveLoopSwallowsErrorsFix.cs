using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.CodeFixes.Rules.Messages;

/// <summary>Gives the loop a way out.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS2004ReceiveLoopSwallowsErrorsFix))]
public sealed class WS2004ReceiveLoopSwallowsErrorsFix() : WebSocketsFix(WS2004ReceiveLoopSwallowsErrors.Id, new Break(), new Filter())
{
    internal const string BreakTitle = "WS2004: Leave the loop when the receive fails";
    internal const string FilterTitle = "WS2004: Catch only while the socket is open";

    /// <summary><c>break</c> at the end of the handler.</summary>
    private sealed class Break() : FixAction(BreakTitle)
    {
        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            if (target.Node.FirstAncestorOrSelf<CatchClauseSyntax>() is not { Block: var block } handler) return Task.FromResult<Document?>(null);
            // A "continue" or "break" of a switch is not the loop's.
            var nearest = handler.Ancestors().First(a => a is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or SwitchStatementSyntax or MemberDeclarationSyntax);
            if (nearest is not (WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax)) return Task.FromResult<Document?>(null);
            return Task.FromResult<Document?>(target.Replace(block, WithBreak(block, target)));
        }

        private static BlockSyntax WithBreak(BlockSyntax block, FixTarget target)
        {
            var lineEnd = Layout.LineEnd(target.Root);
            if (block.Statements.LastOrDefault() is ContinueStatementSyntax last)
                return block.ReplaceNode(last, SyntaxFactory.BreakStatement().WithTriviaFrom(last));
            if (block.Statements.Count > 0 && block.Statements.Last().GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia))
                return block.AddStatements([.. Layout.Statements("break;", Layout.IndentationOf(block.Statements.Last()), lineEnd)]);
            var line = Layout.IndentationOf(block.Parent!);
            var open = block.OpenBraceToken;
            bool braceStandsAlone = open.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
            if (block.Statements.Count == 0 && !block.ToString().Contains('\n'))
            {
                // "catch { }" in one line stays one line.
                return block.WithStatements(SyntaxFactory.SingletonList<StatementSyntax>(SyntaxFactory.BreakStatement().WithTrailingTrivia(SyntaxFactory.Space)))
                    .WithOpenBraceToken(open.WithTrailingTrivia(open.TrailingTrivia.Any() ? open.TrailingTrivia : SyntaxFactory.TriviaList(SyntaxFactory.Space)));
            }
            if (block.Statements.Count > 0) return block.AddStatements(SyntaxFactory.BreakStatement().WithTrailingTrivia(SyntaxFactory.Space));
            // A comment that stands alone in the block comes before the statement.
            var close = block.CloseBraceToken;
            var statement = Layout.Statements("break;", (braceStandsAlone ? Layout.IndentationOf(block) : line) + Layout.Unit, lineEnd)[0];
            var comments = close.LeadingTrivia.Any(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia));
            if (!comments) return block.WithStatements(SyntaxFactory.SingletonList(statement));
            var indentation = SyntaxFactory.Whitespace(close.LeadingTrivia.LastOrDefault(t => t.IsKind(SyntaxKind.WhitespaceTrivia)).ToString());
            var before = close.LeadingTrivia.Reverse().SkipWhile(t => t.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse();
            return block.WithStatements(SyntaxFactory.SingletonList(statement.WithLeadingTrivia(before.Concat(statement.GetLeadingTrivia()))))
                .WithCloseBraceToken(close.WithLeadingTrivia(indentation));
        }
    }

    /// <summary><c>when (socket.State == WebSocketState.Open)</c>: an error of the handling of a message is still caught.</summary>
    private sealed class Filter() : FixAction(FilterTitle)
    {
        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            if (target.Node.FirstAncestorOrSelf<CatchClauseSyntax>() is not { Filter: null } handler || handler.Parent is not TryStatementSyntax attempt
                || attempt.Block.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(ReceiveCode.Of).FirstOrDefault(r => r?.Socket is not null && r.Call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ReceiveAsync" }) is not { Socket: { } socket })
                return Task.FromResult<Document?>(null);
            var filter = Code.Simplifiable(((TryStatementSyntax)SyntaxFactory.ParseStatement($"try {{ }} catch when ({socket}.State == global::System.Net.WebSockets.WebSocketState.Open) {{ }}")).Catches[0].Filter!);
            var before = handler.Declaration is { } declaration ? declaration.GetTrailingTrivia() : handler.CatchKeyword.TrailingTrivia;
            // Between "catch (…)" and the line's end.
            var changed = handler.Declaration is { } d
                ? handler.WithDeclaration(d.WithTrailingTrivia(SyntaxFactory.Space))
                : handler.WithCatchKeyword(handler.CatchKeyword.WithTrailingTrivia(SyntaxFactory.Space));
            return Task.FromResult<Document?>(target.Replace(handler, changed.WithFilter(filter.WithTrailingTrivia(before))));
        }
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.CodeFixes.Rules.Server;

/// <summary>Writes the refusal into the branch that has none, or adds the branch.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS3003RefusalLooksLikeSuccessFix))]
public sealed class WS3003RefusalLooksLikeSuccessFix() : WebSocketsFix(
    WS3003RefusalLooksLikeSuccess.Id, new Answer(AnswerBadRequest, (refusal, _) => refusal.BadRequest), new Answer(AnswerUpgradeRequired, (refusal, model) => refusal.UpgradeRequired(model)))
{
    internal const string AnswerBadRequest = "WS3003: Answer plain requests with 400 Bad Request";
    internal const string AnswerUpgradeRequired = "WS3003: Answer plain requests with 426 Upgrade Required";

    private sealed class Answer(string title, Func<Refusal, SemanticModel, string> text) : FixAction(title)
    {
        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            if (Check(target.Node) is not { } check || check.FirstAncestorOrSelf<IfStatementSyntax>() is not { } condition) return Task.FromResult<Document?>(null);
            if (Refusal.For(check, target.Model, target.Cancellation) is not { Kind: RefusalKind.Status } refusal) return Task.FromResult<Document?>(null);
            bool isNegated = check.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression };
            return Task.FromResult(isNegated ? InGuard(target, condition, text(refusal.AtEnd, target.Model)) : AsElse(target, check, condition, text(refusal.AtEnd, target.Model)));
        }

        /// <summary>The check round the accept, or before it, in the same function.</summary>
        private static MemberAccessExpressionSyntax? Check(SyntaxNode accept)
        {
            SyntaxNode inner = accept;
            foreach (var ancestor in accept.Ancestors())
            {
                switch (ancestor)
                {
                    case IfStatementSyntax around when In(around) is { } found:
                        return found;
                    case BlockSyntax block when block.Statements.TakeWhile(s => s != inner).OfType<IfStatementSyntax>().Select(In).LastOrDefault(c => c is not null) is { } before:
                        return before;
                    case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax:
                        return null;
                }
                inner = ancestor;
            }
            return null;
        }

        private static MemberAccessExpressionSyntax? In(IfStatementSyntax statement) =>
            statement.Condition.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>().FirstOrDefault(m => m.Name.Identifier.ValueText == "IsWebSocketRequest");

        /// <summary><c>if (!…IsWebSocketRequest) return;</c></summary>
        private static Document? InGuard(FixTarget target, IfStatementSyntax guard, string answer)
        {
            var lineEnd = Layout.LineEnd(target.Root);
            var indentation = Layout.IndentationOf(guard);
            if (guard.Statement is BlockSyntax block)
            {
                if (block.Statements.LastOrDefault() is not ReturnStatementSyntax way) return null;
                return Insert.Before(target.Root, way, answer, blankLine: false) is { } root ? target.Document.WithSyntaxRoot(root) : null;
            }
            if (guard.Statement is not ReturnStatementSyntax leave) return null;
            var body = string.Join(lineEnd, answer.Split('\n').Select(l => indentation + Layout.Unit + l));
            var wrapped = SyntaxFactory.ParseStatement($"{indentation}{{{lineEnd}{body}{lineEnd}{indentation}{Layout.Unit}{leave.WithoutTrivia().ToFullString()}{lineEnd}{indentation}}}");
            var close = guard.CloseParenToken.WithTrailingTrivia(SyntaxFactory.EndOfLine(lineEnd));
            return target.Replace(guard, guard.WithCloseParenToken(close).WithStatement(Code.Simplifiable(wrapped).WithTrailingTrivia(leave.GetTrailingTrivia())));
        }

        /// <summary><c>if (…IsWebSocketRequest) { … }</c></summary>
        private static Document? AsElse(FixTarget target, MemberAccessExpressionSyntax check, IfStatementSyntax condition, string answer)
        {
            // Another condition beside it decides for other requests, too.
            if (condition.Condition != check || condition.Else is not null || condition.Statement is not BlockSyntax) return null;
            var lineEnd = Layout.LineEnd(target.Root);
            var indentation = Layout.IndentationOf(condition);
            var body = string.Join(lineEnd, answer.Split('\n').Select(l => indentation + Layout.Unit + l));
            var block = Code.Simplifiable(SyntaxFactory.ParseStatement($"{indentation}{{{lineEnd}{body}{lineEnd}{indentation}}}"));
            var keyword = SyntaxFactory.Token(SyntaxKind.ElseKeyword).WithLeadingTrivia(SyntaxFactory.Whitespace(indentation)).WithTrailingTrivia(SyntaxFactory.EndOfLine(lineEnd));
            var trailing = condition.Statement.GetTrailingTrivia();
            var statement = trailing.Any(SyntaxKind.EndOfLineTrivia) ? condition.Statement : condition.Statement.WithTrailingTrivia(trailing.Add(SyntaxFactory.EndOfLine(lineEnd)));
            return target.Replace(condition, condition.WithStatement(statement).WithElse(SyntaxFactory.ElseClause(keyword, block.WithTrailingTrivia(SyntaxFactory.EndOfLine(lineEnd)))));
        }
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.CodeFixes.Rules.Messages;

/// <summary>Awaits the send, where the function is async or can return a task without anybody noticing.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS2008SendNotAwaitedFix))]
public sealed class WS2008SendNotAwaitedFix() : WebSocketsFix(WS2008SendNotAwaited.Id, new Wait())
{
    internal const string FixTitle = "WS2008: Await the send";

    private sealed class Wait() : FixAction(FixTitle)
    {
        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            if (target.Node.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { } statement
                || statement.Expression is AssignmentExpressionSyntax { Left: not IdentifierNameSyntax { Identifier.ValueText: "_" } }) return Task.FromResult<Document?>(null);
            var task = statement.Expression is AssignmentExpressionSyntax discard ? discard.Right : statement.Expression;
            // A conditional call has no task when there is no socket; a continuation is the caller's business.
            if (task is ConditionalAccessExpressionSyntax || task.ToString().Contains("ContinueWith") || statement.FirstAncestorOrSelf<LockStatementSyntax>() is not null) return Task.FromResult<Document?>(null);
            var awaited = SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), task.WithoutLeadingTrivia()).WithLeadingTrivia(statement.Expression.GetLeadingTrivia());
            return ReceiveCode.Function(statement) switch
            {
                AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: not 0 } or LocalFunctionStatementSyntax or CompilationUnitSyntax when IsAsync(statement) => Task.FromResult<Document?>(target.Replace(statement.Expression, awaited)),
                MethodDeclarationSyntax method when method.Modifiers.Any(SyntaxKind.AsyncKeyword) => Task.FromResult<Document?>(target.Replace(statement.Expression, awaited)),
                _ => Task.FromResult<Document?>(null),
            };
        }

        private static bool IsAsync(SyntaxNode node) => ReceiveCode.Function(node) switch
        {
            LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
            _ => true,
        };
    }
}

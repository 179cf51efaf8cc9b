using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Kestrel;

namespace WebSockets.Analyzers.CodeFixes.Rules.Kestrel;

/// <summary>Writes null, the limit that is none.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS4002UpgradesForbiddenFix))]
public sealed class WS4002UpgradesForbiddenFix() : WebSocketsFix(WS4002UpgradesForbidden.Id, new Remove())
{
    internal const string RemoveLimit = "WS4002: Remove the limit";

    private sealed class Remove() : FixAction(RemoveLimit)
    {
        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            if (target.Node is not AssignmentExpressionSyntax assignment) return Task.FromResult<Document?>(null);
            if (assignment.Parent is ExpressionStatementSyntax { Parent: BlockSyntax { Statements.Count: > 1 } } statement)
                return Task.FromResult(Statements.Remove(target.Root, statement) is { } root ? target.Document.WithSyntaxRoot(root) : null);
            // The only thing that a lambda does: null is what the default is.
            return Task.FromResult<Document?>(target.Replace(assignment.Right, SyntaxFactory.LiteralExpression(SyntaxKind.NullLiteralExpression).WithTriviaFrom(assignment.Right)));
        }
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.CodeFixes.Rules.Server;

/// <summary>Returns an empty result, or removes the statement that writes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS3010ResponseAfterUpgradeFix))]
public sealed class WS3010ResponseAfterUpgradeFix() : WebSocketsFix(WS3010ResponseAfterUpgrade.Id, new WriteNothing())
{
    internal const string LeaveTheResponse = "WS3010: Leave the response alone";

    private sealed class WriteNothing() : FixAction(LeaveTheResponse)
    {
        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            if (target.Node.FirstAncestorOrSelf<StatementSyntax>() is not { } statement) return Task.FromResult<Document?>(null);
            if (statement is ReturnStatementSyntax { Expression: { } result } && result.Span.Contains(target.Node.Span))
            {
                var type = target.Model.GetTypeInfo(result, target.Cancellation);
                bool isMinimal = new[] { type.Type, type.ConvertedType }.Any(t => t is not null && (t.Name == "IResult" || t.AllInterfaces.Any(i => i.Name == "IResult")));
                var empty = Code.Expression(isMinimal ? "global::Microsoft.AspNetCore.Http.Results.Empty" : "new global::Microsoft.AspNetCore.Mvc.EmptyResult()");
                return Task.FromResult<Document?>(target.Replace(result, empty.WithTriviaFrom(result)));
            }
            // Only a statement that does nothing else goes.
            if (statement is not ExpressionStatementSyntax { Parent: BlockSyntax } whole || !IsAlone(whole.Expression)) return Task.FromResult<Document?>(null);
            return Task.FromResult(Statements.Remove(target.Root, whole) is { } root ? target.Document.WithSyntaxRoot(root) : null);
        }

        private static bool IsAlone(ExpressionSyntax expression) => expression is AssignmentExpressionSyntax { Right: not AwaitExpressionSyntax } or AwaitExpressionSyntax { Expression: InvocationExpressionSyntax } or InvocationExpressionSyntax;
    }
}

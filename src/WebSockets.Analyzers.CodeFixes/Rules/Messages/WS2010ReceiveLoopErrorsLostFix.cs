using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.CodeFixes.Rules.Messages;

/// <summary><c>Task.Run</c>, whose task is that of the delegate.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS2010ReceiveLoopErrorsLostFix))]
public sealed class WS2010ReceiveLoopErrorsLostFix() : WebSocketsFix(WS2010ReceiveLoopErrorsLost.Id, new UseRun())
{
    internal const string FixTitle = "WS2010: Start it with Task.Run";

    private sealed class UseRun() : FixAction(FixTitle)
    {
        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            if (target.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "StartNew" } access } start
                || target.Model.GetSymbolInfo(start, target.Cancellation).Symbol is not IMethodSymbol method
                // A state object has no place in Task.Run.
                || method.Parameters.Any(p => p.Name == "state")) return Task.FromResult<Document?>(null);
            var kept = start.ArgumentList.Arguments.Where((a, i) => i == 0 || target.Model.GetTypeInfo(a.Expression, target.Cancellation).Type?.Name == "CancellationToken").ToList();
            var separators = start.ArgumentList.Arguments.GetSeparators().Take(kept.Count - 1);
            var arguments = start.ArgumentList.WithArguments(SyntaxFactory.SeparatedList(kept, separators));
            var run = Code.Expression("global::System.Threading.Tasks.Task.Run").WithTriviaFrom(access);
            return Task.FromResult<Document?>(target.Replace(start, start.WithExpression(run).WithArgumentList(arguments)));
        }
    }
}

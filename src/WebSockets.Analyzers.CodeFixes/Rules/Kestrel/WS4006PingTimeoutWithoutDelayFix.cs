using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Rules.Kestrel;

namespace WebSockets.Analyzers.CodeFixes.Rules.Kestrel;

/// <summary>Sets the delay beside the timeout.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS4006PingTimeoutWithoutDelayFix))]
public sealed class WS4006PingTimeoutWithoutDelayFix() : WebSocketsFix(WS4006PingTimeoutWithoutDelay.Id, new SetDelay())
{
    internal const string SetPingDelay = "WS4006: Switch the ping on";
    private const string Delay = "KeepAlivePingDelay";

    private sealed class SetDelay() : FixAction(SetPingDelay)
    {
        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            if (target.Diagnostic.Properties.Duration(Facts.Interval) is not { } delay || target.Node is not AssignmentExpressionSyntax assignment) return Task.FromResult<Document?>(null);
            if (assignment.Parent is InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation })
                return Task.FromResult<Document?>(target.Replace(creation, Initializers.Add(creation, Delay, Code.Duration(delay))));
            if (assignment.Left is not MemberAccessExpressionSyntax { Expression: var owner }) return Task.FromResult<Document?>(null);
            var text = $"{owner}.{Delay} = {Code.Duration(delay)};";
            return Task.FromResult(assignment.Parent is ExpressionStatementSyntax or LambdaExpressionSyntax && Insert.Before(target.Root, assignment, text, blankLine: false) is { } root
                ? target.Document.WithSyntaxRoot(root) : null);
        }
    }
}

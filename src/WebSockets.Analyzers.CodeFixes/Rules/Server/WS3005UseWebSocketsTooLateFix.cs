using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.CodeFixes.Rules.Server;

/// <summary>Moves the call above the handler that accepts.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS3005UseWebSocketsTooLateFix))]
public sealed class WS3005UseWebSocketsTooLateFix() : WebSocketsFix(WS3005UseWebSocketsTooLate.Id, new MoveUp())
{
    internal const string MoveUseWebSockets = "WS3005: Move UseWebSockets up";

    private sealed class MoveUp() : FixAction(MoveUseWebSockets)
    {
        public override Task<Document?> ApplyAsync(FixTarget target) => Task.FromResult(
            target.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } use && Statements.CallAt(target, Facts.Before) is { } accepting && Statements.MoveBefore(target.Root, use, accepting) is { } root
                ? target.Document.WithSyntaxRoot(root) : null);
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.CodeFixes.Rules.Server;

/// <summary>Takes the header only from requests that ask for no WebSocket.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS3015HandshakeHeaderStrippedFix))]
public sealed class WS3015HandshakeHeaderStrippedFix() : WebSocketsFix(WS3015HandshakeHeaderStripped.Id, new Spare())
{
    internal const string SpareWebSockets = "WS3015: Leave the header to WebSockets";

    private sealed class Spare() : FixAction(SpareWebSockets)
    {
        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            var expression = target.Node.AncestorsAndSelf().OfType<ExpressionSyntax>().FirstOrDefault(e => e.Parent is ExpressionStatementSyntax);
            if (expression?.Parent is not ExpressionStatementSyntax { Parent: BlockSyntax } statement) return Task.FromResult<Document?>(null);
            var request = statement.DescendantNodes().OfType<MemberAccessExpressionSyntax>().FirstOrDefault(m => m.Name.Identifier.ValueText == "Request");
            if (request is null) return Task.FromResult<Document?>(null);
            var guarded = SyntaxFactory.ParseStatement($"if (!{request.Expression}.WebSockets.IsWebSocketRequest) {statement.WithoutTrivia().ToFullString()}");
            return Task.FromResult<Document?>(target.Replace(statement, guarded.WithTriviaFrom(statement)));
        }
    }
}

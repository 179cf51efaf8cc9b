using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.CodeFixes.Rules.Server;

/// <summary>Writes the origin as browsers send it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS3012OriginMalformedFix))]
public sealed class WS3012OriginMalformedFix() : WebSocketsFix(WS3012OriginMalformed.Id, new Correct())
{
    internal const string CorrectOrigin = "WS3012: Write the origin as browsers send it";

    private sealed class Correct() : FixAction(CorrectOrigin)
    {
        public override Task<Document?> ApplyAsync(FixTarget target) => Task.FromResult(
            target.Diagnostic.Properties.TryGetValue(Facts.Text, out var origin) && origin is not null && target.Node is LiteralExpressionSyntax literal
                ? target.Replace(literal, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(origin)).WithTriviaFrom(literal))
                : null);
    }
}

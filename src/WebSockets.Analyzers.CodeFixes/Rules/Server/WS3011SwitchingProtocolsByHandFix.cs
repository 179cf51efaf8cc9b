using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.CodeFixes.Rules.Server;

/// <summary>Accepts the socket in the place of the status.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS3011SwitchingProtocolsByHandFix))]
public sealed class WS3011SwitchingProtocolsByHandFix() : WebSocketsFix(WS3011SwitchingProtocolsByHand.Id, new Accept())
{
    internal const string AcceptInstead = "WS3011: Accept the socket instead";

    private sealed class Accept() : FixAction(AcceptInstead)
    {
        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            // context.Response.StatusCode = 101; in a block of an asynchronous function.
            if (target.Node is not AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Expression: var response }, Parent: ExpressionStatementSyntax { Parent: BlockSyntax } statement }) return Task.FromResult<Document?>(null);
            var context = response switch
            {
                MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Response", Expression: var of } => of.ToString(),
                IdentifierNameSyntax { Identifier.ValueText: "Response" } => "HttpContext",
                _ => null,
            };
            if (context is null || target.Root is not { } root) return Task.FromResult<Document?>(null);
            var name = Code.FreeName("webSocket", statement.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? root);
            var accept = Layout.Statements($"using var {name} = await {context}.WebSockets.AcceptWebSocketAsync();", "", Layout.LineEnd(root))[0];
            return Task.FromResult<Document?>(target.Replace(statement, accept.WithTriviaFrom(statement)));
        }
    }
}

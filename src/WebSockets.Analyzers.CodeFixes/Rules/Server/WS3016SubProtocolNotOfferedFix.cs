using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.CodeFixes.Rules.Server;

/// <summary>Chooses the sub-protocol only when the client offers it, and none otherwise.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS3016SubProtocolNotOfferedFix))]
public sealed class WS3016SubProtocolNotOfferedFix() : WebSocketsFix(WS3016SubProtocolNotOffered.Id, new ChooseOffered())
{
    internal const string ChooseWhenOffered = "WS3016: Choose the sub-protocol only when it is offered";

    private sealed class ChooseOffered() : FixAction(ChooseWhenOffered)
    {
        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            if (target.Node is not ExpressionSyntax protocol || Manager(target) is not { } manager) return Task.FromResult<Document?>(null);
            var choice = Code.Expression($"{manager}.WebSocketRequestedProtocols.Contains({protocol.WithoutTrivia()}) ? {protocol.WithoutTrivia()} : null");
            return Task.FromResult<Document?>(target.Replace(protocol, choice.WithTriviaFrom(protocol)));
        }

        /// <summary>What the socket is accepted from: in this call, or in the first one behind the options.</summary>
        private static string? Manager(FixTarget target)
        {
            var accept = target.Node.AncestorsAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault(IsAccept)
                ?? target.Node.Ancestors().FirstOrDefault(a => a is AnonymousFunctionExpressionSyntax or BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax)?
                    .DescendantNodes().OfType<InvocationExpressionSyntax>().FirstOrDefault(i => IsAccept(i) && i.SpanStart > target.Node.SpanStart);
            return (accept?.Expression as MemberAccessExpressionSyntax)?.Expression.ToString();
        }

        private static bool IsAccept(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AcceptWebSocketAsync" };
    }
}

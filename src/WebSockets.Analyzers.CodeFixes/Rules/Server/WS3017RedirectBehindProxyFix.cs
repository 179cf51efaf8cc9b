using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.CodeFixes.Rules.Server;

/// <summary>Adds the middleware that reads the headers of the proxy: a statement above the redirection's, or a link of its chain.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS3017RedirectBehindProxyFix))]
public sealed class WS3017RedirectBehindProxyFix() : WebSocketsFix(WS3017RedirectBehindProxy.Id, new ReadHeaders())
{
    internal const string ReadForwardedHeaders = "WS3017: Read the headers of the proxy";
    private const string Namespace = "Microsoft.AspNetCore.HttpOverrides";

    private sealed class ReadHeaders() : FixAction(ReadForwardedHeaders)
    {
        private const string Options =
            $"new global::Microsoft.AspNetCore.Builder.ForwardedHeadersOptions {{ ForwardedHeaders = global::{Namespace}.ForwardedHeaders.XForwardedFor | global::{Namespace}.ForwardedHeaders.XForwardedProto }}";

        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            if (target.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax access } || target.Model.GetSymbolInfo(access, target.Cancellation).Symbol is not IMethodSymbol { ReducedFrom: not null })
                return Task.FromResult<Document?>(null);
            var changed = (InStatement(target, access) ?? InChain(target, access)) as CompilationUnitSyntax;
            return Task.FromResult(changed is null ? null : target.Document.WithSyntaxRoot(Usings.Add(changed, target.Model, target.Node.SpanStart, Namespace, "ForwardedHeaders")));
        }

        /// <summary>Where the builder is a variable and the chain that begins with it a statement of a block.</summary>
        private static SyntaxNode? InStatement(FixTarget target, MemberAccessExpressionSyntax access) =>
            access.Expression is IdentifierNameSyntax builder
            && access.Ancestors().SkipWhile(a => a is InvocationExpressionSyntax or MemberAccessExpressionSyntax).FirstOrDefault() is ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } statement
                ? Insert.Before(target.Root, statement, $"{builder}.UseForwardedHeaders({Options});", blankLine: false) : null;

        private static SyntaxNode InChain(FixTarget target, MemberAccessExpressionSyntax access)
        {
            // Laid out as the link before which it stands; the comment behind the receiver stays there.
            var receiver = access.Expression;
            var link = access.WithName(SyntaxFactory.IdentifierName("UseForwardedHeaders")).WithTrailingTrivia();
            var arguments = SyntaxFactory.ParseArgumentList($"({Options})");
            var lineEnd = receiver.GetTrailingTrivia().Where(t => t.IsKind(SyntaxKind.EndOfLineTrivia));
            return target.Root.ReplaceNode(receiver, Code.Simplifiable(SyntaxFactory.InvocationExpression(link, arguments)).WithTrailingTrivia(lineEnd));
        }
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.CodeFixes.Rules.Server;

/// <summary>Receives under a source that is linked to the end of the request and of the program.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS3014ShutdownIgnoredFix))]
public sealed class WS3014ShutdownIgnoredFix() : WebSocketsFix(WS3014ShutdownIgnored.Id, new Link())
{
    internal const string LinkStopping = "WS3014: Stop receiving when the program stops";

    private sealed class Link() : FixAction(LinkStopping)
    {
        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            if (target.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } receive || receive.ArgumentList.Arguments is not [.., { } token]) return Task.FromResult<Document?>(null);
            var function = receive.Ancestors().First(a => a is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax);
            // The outermost loop round it, in a block.
            if (receive.Ancestors().TakeWhile(a => a != function).LastOrDefault(a => a is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax) is not StatementSyntax { Parent: BlockSyntax } loop) return Task.FromResult<Document?>(null);
            if (target.Model.LookupSymbols(loop.SpanStart).OfType<IParameterSymbol>().FirstOrDefault(p => p.Type.Name == "HttpContext")?.Name is not { } context) return Task.FromResult<Document?>(null);
            var name = Code.FreeName("stopping", function);
            var lifetime = Code.FreeName("lifetime", function);
            var text = $"var {lifetime} = (global::Microsoft.Extensions.Hosting.IHostApplicationLifetime){context}.RequestServices.GetService(typeof(global::Microsoft.Extensions.Hosting.IHostApplicationLifetime))!;\n"
                + $"using var {name} = global::System.Threading.CancellationTokenSource.CreateLinkedTokenSource({context}.RequestAborted, {lifetime}.ApplicationStopping);";
            var mark = new SyntaxAnnotation();
            var root = target.Root.ReplaceNode(loop, loop.ReplaceNode(token.Expression, SyntaxFactory.ParseExpression($"{name}.Token").WithTriviaFrom(token.Expression)).WithAdditionalAnnotations(mark));
            // Positions are asked of the tree that the statement stands in.
            var changed = target.Document.WithSyntaxRoot(root);
            return InsertAsync(changed, mark, text, target.Cancellation);
        }

        private static async Task<Document?> InsertAsync(Document document, SyntaxAnnotation mark, string text, CancellationToken cancellation)
        {
            if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root) return null;
            return Insert.Before(root, root.GetAnnotatedNodes(mark).First(), text, blankLine: false) is { } inserted ? document.WithSyntaxRoot(inserted) : null;
        }
    }
}

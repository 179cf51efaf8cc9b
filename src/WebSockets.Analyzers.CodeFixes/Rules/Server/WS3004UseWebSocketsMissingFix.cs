using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.CodeFixes.Rules.Server;

/// <summary>Adds the middleware as the first of the pipeline that stands in the same file.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS3004UseWebSocketsMissingFix))]
public sealed class WS3004UseWebSocketsMissingFix() : WebSocketsFix(WS3004UseWebSocketsMissing.Id, new AddMiddleware())
{
    internal const string AddUseWebSockets = "WS3004: Add UseWebSockets";

    private sealed class AddMiddleware() : FixAction(AddUseWebSockets)
    {
        public override Task<Document?> ApplyAsync(FixTarget target) => Task.FromResult(
            First(target) is { } first && Insert.Before(target.Root, first.Statement, $"{first.Builder}.UseWebSockets();", blankLine: false) is { } root ? target.Document.WithSyntaxRoot(root) : null);

        /// <summary>The first statement of the pipeline, and the name of its builder.</summary>
        private static (SyntaxNode Statement, string Builder)? First(FixTarget target)
        {
            foreach (var name in target.Root.DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                if (name.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { } statement || !statement.Span.Contains(name.Span) || statement.SpanStart != name.SpanStart) continue;
                var symbol = target.Model.GetSymbolInfo(name, target.Cancellation).Symbol;
                var type = symbol switch { ILocalSymbol local => local.Type, IParameterSymbol parameter => parameter.Type, _ => null };
                if (type is { Name: "WebApplication" or "IApplicationBuilder" } && !statement.Ancestors().Any(IsBranch)) return (statement, name.Identifier.ValueText);
            }
            return null;
        }

        /// <summary>In a lambda the builder may be one branch's only, unless it is <c>Configure(app => …)</c>.</summary>
        private static bool IsBranch(SyntaxNode ancestor) => ancestor is AnonymousFunctionExpressionSyntax
            && ancestor is not { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Configure" or "ConfigureWebHostDefaults" or "ConfigureWebHost" } } } };
    }
}

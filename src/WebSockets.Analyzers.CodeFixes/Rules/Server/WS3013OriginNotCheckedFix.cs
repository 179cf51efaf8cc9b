using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.CodeFixes.Rules.Server;

/// <summary>Adds a list of origins to fill in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS3013OriginNotCheckedFix))]
public sealed class WS3013OriginNotCheckedFix() : WebSocketsFix(WS3013OriginNotChecked.Id, new List())
{
    internal const string ListOrigins = "WS3013: List the allowed origins";

    private sealed class List() : FixAction(ListOrigins)
    {
        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            if (!target.Diagnostic.Properties.TryGetValue(Facts.Text, out var origin) || origin is null || target.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } use) return Task.FromResult<Document?>(null);
            var list = SyntaxFactory.ParseExpression($"new A {{ AllowedOrigins = {{ \"{origin}\" }} }}") is ObjectCreationExpressionSyntax { Initializer.Expressions: [AssignmentExpressionSyntax { Right: var right }] } ? right : null;
            if (list is null) return Task.FromResult<Document?>(null);
            if (use.ArgumentList.Arguments.LastOrDefault()?.Expression is BaseObjectCreationExpressionSyntax creation)
                return Task.FromResult<Document?>(target.Replace(creation, Initializers.Add(creation, "AllowedOrigins", list)));
            if (target.Model.GetSymbolInfo(use, target.Cancellation).Symbol is not IMethodSymbol method || use.ArgumentList.Arguments.Count != (method.ReducedFrom is null ? 1 : 0)) return Task.FromResult<Document?>(null);
            var options = Code.Expression($"new global::Microsoft.AspNetCore.Builder.WebSocketOptions {{ AllowedOrigins = {{ \"{origin}\" }} }}");
            return Task.FromResult<Document?>(target.Replace(use.ArgumentList, use.ArgumentList.AddArguments(SyntaxFactory.Argument(options))));
        }
    }
}

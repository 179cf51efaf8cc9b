using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;
using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.CodeFixes.Rules.Server;

/// <summary>Sets the interval where it stands, in the options of <c>UseWebSockets</c>, or gives that call options.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS3001ServerKeepAliveTooSlowFix)), Shared]
public sealed class WS3001ServerKeepAliveTooSlowFix() : WebSocketsFix(WS3001ServerKeepAliveTooSlow.Id, new SetServerInterval())
{
    internal const string SendInTime = "WS3001: Send the keep-alive in time";

    private sealed class SetServerInterval() : FixAction(SendInTime)
    {
        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            if (target.Diagnostic.Properties.Duration(Facts.Interval) is not { } interval) return Task.FromResult<Document?>(null);
            var value = Code.Duration(interval);
            return Task.FromResult(target.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } use && target.Node is SimpleNameSyntax
                ? InCall(target, use, value)
                : DurationSites.Write(target, value));
        }

        private static Document? InCall(FixTarget target, InvocationExpressionSyntax use, ExpressionSyntax value)
        {
            if (target.Model.GetSymbolInfo(use, target.Cancellation).Symbol is not IMethodSymbol method) return null;
            int given = use.ArgumentList.Arguments.Count - (method.ReducedFrom is null ? 1 : 0);
            if (given == 0)
            {
                var options = Code.Expression($"new global::Microsoft.AspNetCore.Builder.WebSocketOptions {{ {KeepAliveSite.Property} = {value} }}");
                return target.Replace(use.ArgumentList, use.ArgumentList.AddArguments(SyntaxFactory.Argument(options)));
            }
            var creation = use.ArgumentList.Arguments.Last().Expression switch
            {
                BaseObjectCreationExpressionSyntax inline => inline,
                // A local that the rule has followed to its creation.
                IdentifierNameSyntax name when target.Model.GetSymbolInfo(name, target.Cancellation).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [var declaration] } =>
                    (declaration.GetSyntax(target.Cancellation) as VariableDeclaratorSyntax)?.Initializer?.Value as BaseObjectCreationExpressionSyntax,
                _ => null,
            };
            return creation is null ? null : target.Replace(creation, Initializers.Add(creation, KeepAliveSite.Property, value));
        }
    }
}

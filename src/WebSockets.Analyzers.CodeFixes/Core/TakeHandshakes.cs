using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <summary>Makes an endpoint take GET and CONNECT, the verbs with which WebSockets begin.</summary>
/// <param name="title">The title of the action.</param>
/// <param name="keepsOthers">Whether a list of verbs keeps those that it has.</param>
internal sealed class TakeHandshakes(string title, bool keepsOthers) : FixAction(title)
{
    public override Task<Document?> ApplyAsync(FixTarget target) => Task.FromResult(target.Node switch
    {
        SimpleNameSyntax name when name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call => InCall(target, name, call),
        AttributeSyntax attribute => InAttribute(target, attribute),
        _ => target.Node.FirstAncestorOrSelf<AttributeSyntax>() is { } around ? InAttribute(target, around) : null,
    });

    private Document? InCall(FixTarget target, SimpleNameSyntax name, InvocationExpressionSyntax call)
    {
        if (target.Model.GetSymbolInfo(call, target.Cancellation).Symbol is not IMethodSymbol method) return null;
        int pattern = method.ReducedFrom is null ? 1 : 0;
        var arguments = call.ArgumentList.Arguments;
        if (arguments.Count != pattern + (name.Identifier.ValueText == "MapMethods" ? 3 : 2) || arguments.Any(a => a.NameColon is not null)) return null;
        if (name.Identifier.ValueText == "MapMethods")
        {
            var verbs = arguments[pattern + 1];
            return Added(verbs.Expression, target) is { } more ? target.Replace(verbs, verbs.WithExpression(more)) : null;
        }
        var list = SyntaxFactory.Argument(SyntaxFactory.ParseExpression(List(target))).WithLeadingTrivia(SyntaxFactory.Space);
        var separators = arguments.GetSeparators().ToList();
        separators.Insert(pattern, SyntaxFactory.Token(SyntaxKind.CommaToken));
        var changed = call.WithArgumentList(call.ArgumentList.WithArguments(SyntaxFactory.SeparatedList(arguments.Insert(pattern + 1, list), separators)));
        return target.Replace(call, changed.ReplaceNode(changed.Expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Last(n => n.Identifier.ValueText == name.Identifier.ValueText), SyntaxFactory.IdentifierName("MapMethods").WithTriviaFrom(name)));
    }

    private ExpressionSyntax? Added(ExpressionSyntax verbs, FixTarget target)
    {
        if (!keepsOthers) return SyntaxFactory.ParseExpression(List(target)).WithTriviaFrom(verbs);
        var connect = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal("CONNECT"));
        return verbs switch
        {
            CollectionExpressionSyntax c => c.AddElements(SyntaxFactory.ExpressionElement(connect)).NormalizeElements(),
            ImplicitArrayCreationExpressionSyntax i => i.WithInitializer(With(i.Initializer, connect)),
            ArrayCreationExpressionSyntax { Initializer: { } initializer } a => a.WithInitializer(With(initializer, connect)),
            _ => null,
        };
    }

    private static InitializerExpressionSyntax With(InitializerExpressionSyntax initializer, ExpressionSyntax added)
    {
        var last = initializer.Expressions.Last();
        return initializer.WithExpressions(SyntaxFactory.SeparatedList<ExpressionSyntax>(
            initializer.Expressions.GetWithSeparators().Replace(last, last.WithoutTrailingTrivia()).Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)).Add(added.WithTrailingTrivia(last.GetTrailingTrivia()))));
    }

    private static string List(FixTarget target) =>
        target.Root.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp12 } ? "[\"GET\", \"CONNECT\"]" : "new[] { \"GET\", \"CONNECT\" }";

    /// <summary><c>[HttpGet("/ws", Name = "live")]</c> becomes <c>[AcceptVerbs("GET", "CONNECT", Route = "/ws", Name = "live")]</c>.</summary>
    private Document? InAttribute(FixTarget target, AttributeSyntax attribute)
    {
        var given = attribute.ArgumentList?.Arguments.ToList() ?? [];
        if (target.Model.GetSymbolInfo(attribute, target.Cancellation).Symbol?.ContainingType.Name == "AcceptVerbsAttribute")
        {
            var kept = keepsOthers ? given.Where(a => a.NameEquals is null).Select(a => a.ToString()).Append("\"CONNECT\"") : ["\"GET\"", "\"CONNECT\""];
            return Written(target, attribute, attribute.Name, kept.Concat(given.Where(a => a.NameEquals is not null).Select(a => a.ToString())));
        }
        if (given.Any(a => a.NameColon is not null)) return null;
        var name = attribute.Name switch
        {
            QualifiedNameSyntax qualified => qualified.WithRight(SyntaxFactory.IdentifierName("AcceptVerbs")),
            _ => (NameSyntax)SyntaxFactory.IdentifierName("AcceptVerbs"),
        };
        return Written(target, attribute, name, new[] { "\"GET\"", "\"CONNECT\"" }
            .Concat(given.Where(a => a.NameEquals is null).Select(a => $"Route = {a}")).Concat(given.Where(a => a.NameEquals is not null).Select(a => a.ToString())));
    }

    private static Document Written(FixTarget target, AttributeSyntax attribute, NameSyntax name, IEnumerable<string> arguments) =>
        target.Replace(attribute, SyntaxFactory.Attribute(name, SyntaxFactory.ParseAttributeArgumentList($"({string.Join(", ", arguments)})")!).WithTriviaFrom(attribute));
}

/// <summary>Collection expressions.</summary>
internal static class CollectionExpressions
{
    /// <summary>One space behind each comma.</summary>
    public static CollectionExpressionSyntax NormalizeElements(this CollectionExpressionSyntax collection) =>
        collection.WithElements(SyntaxFactory.SeparatedList(collection.Elements, Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), collection.Elements.Count - 1)));
}

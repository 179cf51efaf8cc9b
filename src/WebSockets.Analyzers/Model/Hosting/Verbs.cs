using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;

namespace WebSockets.Analyzers.Model;

/// <summary>The HTTP methods that an endpoint takes, where the code says so.</summary>
internal sealed class Verbs(CompilationModel model)
{
    private static readonly (string Method, string Verb)[] MapCalls = [("MapGet", "GET"), ("MapPost", "POST"), ("MapPut", "PUT"), ("MapDelete", "DELETE"), ("MapPatch", "PATCH")];

    private static readonly (ApiType Type, string Verb)[] Attributes =
        [(Api.HttpGetAttribute, "GET"), (Api.HttpPostAttribute, "POST"), (Api.HttpPutAttribute, "PUT"), (Api.HttpDeleteAttribute, "DELETE"), (Api.HttpPatchAttribute, "PATCH")];

    /// <summary>Subscribes to every place that gives an endpoint its verbs; the place is the node, the verbs are those that it says.</summary>
    public static void Subscribe(Subscriptions on, Action<Candidate, VerbSite> look)
    {
        foreach (var (method, verb) in MapCalls)
            on.OnCall(Api.EndpointRouteBuilderExtensions, method, (candidate, call) => look(candidate, new(call, call.NameNode(), [verb])));
        on.OnCall(Api.EndpointRouteBuilderExtensions, "MapMethods", (candidate, call) =>
        {
            if (call.Argument("httpMethods") is { } methods && Constants(methods.Value, candidate.Model.Types) is { } verbs) look(candidate, new(call, call.NameNode(), verbs));
        });
        foreach (var (type, verb) in Attributes)
            on.OnCreate(type, (candidate, creation) => LookAtAttribute(candidate, creation, [verb], look));
        on.OnCreate(Api.AcceptVerbsAttribute, (candidate, creation) =>
        {
            if (creation.Arguments.FirstOrDefault() is { } methods && Constants(methods.Value, candidate.Model.Types) is { } verbs) LookAtAttribute(candidate, creation, verbs, look);
        });
    }

    private static void LookAtAttribute(Candidate candidate, IObjectCreationOperation creation, IReadOnlyList<string> verbs, Action<Candidate, VerbSite> look)
    {
        if (creation.Syntax is AttributeSyntax attribute) look(candidate, new(creation, attribute, verbs));
    }

    /// <summary>Does the endpoint accept a WebSocket of ASP.NET Core?</summary>
    public bool Accepts(VerbSite site, CancellationToken cancellation) => site.Operation switch
    {
        IInvocationOperation call => (call.Argument("handler") ?? call.Argument("requestDelegate")) is { } handler && model.CallTree.Reaches(handler, IsAccept, cancellation),
        _ => Action(site, cancellation) is { } action && model.CallTree.BodiesOf(action, cancellation).Any(b => model.CallTree.Reaches(b, IsAccept, cancellation)),
    };

    /// <summary>The verbs that the other attributes of the action take besides; null in the list stands for those that cannot be read.</summary>
    public IEnumerable<string?> OtherVerbs(VerbSite site, CancellationToken cancellation)
    {
        if (Action(site, cancellation) is not { } action) yield break;
        foreach (var attribute in action.GetAttributes())
        {
            if (attribute.AttributeClass is not { } type || attribute.ApplicationSyntaxReference?.Span == site.Node.Span) continue;
            if (Attributes.FirstOrDefault(a => model.Types.Is(type, a.Type)) is { Verb: { } verb }) yield return verb;
            else if (model.Types.Is(type, Api.AcceptVerbsAttribute))
                foreach (var given in attribute.ConstructorArguments.SelectMany(a => a.Kind == TypedConstantKind.Array ? a.Values.Select(v => v.Value) : [a.Value])) yield return (given as string)?.ToUpperInvariant();
            else if (model.Types.IsOrInherits(type, Api.HttpMethodAttribute)) yield return null;
        }
    }

    private IMethodSymbol? Action(VerbSite site, CancellationToken cancellation) =>
        site.Node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method ? model.SemanticModel(method.SyntaxTree).GetDeclaredSymbol(method, cancellation) as IMethodSymbol : null;

    private bool IsAccept(IOperation operation) => model.Pipeline.IsAccept(operation) && !model.Types.Is(((IInvocationOperation)operation).TargetMethod.ContainingType, Api.HttpListenerContext);

    // HttpMethods.Get is no constant, and yet none that changes.
    private static string? Text(IOperation verb, KnownTypes types) => verb switch
    {
        { ConstantValue: { HasValue: true, Value: string text } } => text,
        IFieldReferenceOperation { Field: { IsReadOnly: true } field } when types.Is(field.ContainingType, Api.HttpMethods) => field.Name,
        _ => null,
    };

    private static IReadOnlyList<string>? Constants(IOperation value, KnownTypes types)
    {
        value = value.Unwrapped();
        if (Text(value, types) is { } one) return [one.ToUpperInvariant()];
        var elements = value switch
        {
            IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues.AsEnumerable(),
            // A collection expression; its operation has no kind of its own in older compilers.
            _ when value.Syntax is CollectionExpressionSyntax => value.ChildOperations,
            _ => null,
        };
        if (elements is null) return null;
        var verbs = new List<string>();
        foreach (var element in elements)
        {
            if (Text(element.Unwrapped(), types) is not { } text) return null;
            verbs.Add(text.ToUpperInvariant());
        }
        return verbs;
    }
}

/// <summary>A place that says which verbs an endpoint takes.</summary>
/// <param name="Operation">The call or the attribute.</param>
/// <param name="Node">Where a finding stands.</param>
/// <param name="Taken">The verbs, in capitals.</param>
internal sealed record VerbSite(IOperation Operation, SyntaxNode Node, IReadOnlyList<string> Taken);

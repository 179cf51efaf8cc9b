using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>Which code runs only for requests that ask for a WebSocket.</summary>
internal sealed class Guards(CompilationModel model)
{
    // Checks in helpers that call helpers; deeper ones count as checks.
    private const int MaxDepth = 4;

    private readonly ConcurrentDictionary<SyntaxNode, Flow?> _flows = new();
    private readonly ConcurrentDictionary<ISymbol, bool> _refuses = new(SymbolEqualityComparer.Default);
    private readonly Conditions _conditions = new(model);
    private bool? _hasRefusingMiddleware;

    /// <summary>What a condition says about the request.</summary>
    public Conditions Conditions => _conditions;

    /// <summary>The entries from which the operation is reached without a check on the way; those that are unknown are none.</summary>
    public IReadOnlyList<Entry> UncheckedEntries(IOperation operation, CancellationToken cancellation) =>
        [.. model.Entries.Of(operation, cancellation, step => IsChecked(step, cancellation)).Where(e => e.Kind != EntryKind.Unknown && !IsCheckedOutside(e, cancellation))];

    /// <summary>Does every way through its function pass a check before the operation?</summary>
    public bool IsChecked(IOperation operation, CancellationToken cancellation) => IsChecked(operation, MaxDepth, cancellation);

    /// <summary>The check, in an entry's own function, whose other way ends without an answer: the plain request gets 200. Null when there is none.</summary>
    public IOperation? Unanswered(IInvocationOperation accept, CancellationToken cancellation)
    {
        foreach (var entry in model.Entries.Of(accept, cancellation))
        {
            if (entry.Kind is not (EntryKind.Endpoint or EntryKind.Pipeline or EntryKind.Middleware or EntryKind.Action) || IsCheckedOutside(entry, cancellation)) continue;
            var function = entry.Step.Function();
            if (!GivesNothing(function, entry.Step, cancellation) || FlowOf(function, MaxDepth, cancellation) is not { } flow || !flow.At(entry.Step)) continue;
            if (flow.Unanswered(Answers) is { } check && check.Syntax.SyntaxTree == accept.Syntax.SyntaxTree) return check;
        }
        return null;
    }

    /// <summary>A function that returns no result: void or a plain task.</summary>
    private bool GivesNothing(IOperation function, IOperation step, CancellationToken cancellation)
    {
        var symbol = function switch
        {
            IAnonymousFunctionOperation lambda => lambda.Symbol,
            ILocalFunctionOperation local => local.Symbol,
            _ => model.MemberOf(step, cancellation) as IMethodSymbol,
        };
        return symbol is not null && (symbol.ReturnsVoid || symbol.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments.Length: 0 });
    }

    /// <summary>Whatever is called may answer, but a log; so does what is thrown or written into the response.</summary>
    private bool Answers(IOperation statement) => statement.DescendantsAndSelf().Any(o => o switch
    {
        IInvocationOperation call => call.TargetMethod.ContainingType?.Name is not ("Console" or "Debug" or "Trace" or "TimeSpan" or "String" or "Guid")
            && call.TargetMethod.Name.IndexOf("Log", StringComparison.Ordinal) < 0 && call.TargetMethod.ContainingType?.Name.IndexOf("Log", StringComparison.Ordinal) < 0,
        IAssignmentOperation { Target: IPropertyReferenceOperation or IFieldReferenceOperation } => true,
        IThrowOperation => true,
        _ => false,
    });

    /// <summary>Does a handler round the accept answer the request when it throws?</summary>
    public bool IsAnsweredOnFailure(IInvocationOperation accept)
    {
        foreach (var attempt in accept.Ancestors().OfType<ITryOperation>())
        {
            if (!accept.IsInside(attempt.Body)) continue;
            foreach (var handler in attempt.Catches)
                if (handler.Handler.Descendants().Any(o => o is IAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "StatusCode" } } or IInvocationOperation { TargetMethod.Name: "Abort" or "Close" or "WriteAsync" }
                    || o is IReturnOperation { ReturnedValue: { } result } && (model.Types.IsOrInherits(result.Type, Api.IActionResult) || model.Types.IsOrInherits(result.Type, Api.IResult) || result.Unwrapped().Type?.Name.EndsWith("Result", StringComparison.Ordinal) == true))) return true;
        }
        return false;
    }

    private bool IsChecked(IOperation operation, int depth, CancellationToken cancellation) => FlowOf(operation.Function(), depth, cancellation) is not { } flow || flow.At(operation);

    /// <summary>A helper after which the request is known to ask for a WebSocket: it throws otherwise.</summary>
    private bool Refuses(IMethodSymbol method, int depth, CancellationToken cancellation)
    {
        method = method.OriginalDefinition;
        if (_refuses.TryGetValue(method, out bool known)) return known;
        if (depth == 0) return false;
        bool refuses = model.CallTree.BodiesOf(method.ReducedFrom ?? method, cancellation).ToList() is { Count: > 0 } bodies
            && bodies.All(b => b.Descendants().Any(_conditions.IsCheck) && FlowOf(b, depth - 1, cancellation) is { AtExit: true });
        return _refuses[method] = refuses;
    }

    // What is kept must not keep the token of whoever asked first.
    private Flow? FlowOf(IOperation function, int depth, CancellationToken cancellation) => _flows.GetOrAdd(function.Syntax, _ =>
        Graphs.Of(function, cancellation) is { } graph ? new Flow(graph, _conditions, m => Refuses(m, depth, CancellationToken.None), model) : null);

    /// <summary>A check that is not in the code on the way: in the branch's predicate, in a filter, in a middleware before it.</summary>
    private bool IsCheckedOutside(Entry entry, CancellationToken cancellation)
    {
        switch (entry.Kind)
        {
            case EntryKind.Endpoint:
                return HasFilter(entry.Registration!, cancellation) || IsInCheckedBranch(entry.Registration!, MaxDepth, cancellation) || HasRefusingMiddleware(cancellation);
            case EntryKind.Pipeline:
                return IsInCheckedBranch(entry.Registration!, MaxDepth, cancellation) || HasRefusingMiddleware(cancellation);
            case EntryKind.Action:
                return HasFilter(entry.Method!, cancellation) || HasRefusingMiddleware(cancellation);
            case EntryKind.Middleware:
                return Registrations(entry.Method!.ContainingType, cancellation) is { Count: > 0 } registrations && registrations.All(r => IsInCheckedBranch(r, MaxDepth, cancellation)) || HasRefusingMiddleware(cancellation);
            default:
                return false;
        }
    }

    /// <summary>Does the call stand in a branch of the pipeline whose predicate asks for a WebSocket?</summary>
    private bool IsInCheckedBranch(IOperation registration, int depth, CancellationToken cancellation)
    {
        if (depth == 0) return false;
        if (registration is IInvocationOperation self && IsCheckedBranch(self, cancellation)) return true;
        foreach (var ancestor in registration.Ancestors())
            if (ancestor is IInvocationOperation call && IsCheckedBranch(call, cancellation)) return true;
        if (model.MemberOf(registration, cancellation) is not IMethodSymbol method) return false;
        while (method.MethodKind == MethodKind.AnonymousFunction && method.ContainingSymbol is IMethodSymbol outer) method = outer;
        return model.Calls.UsesOf(method, cancellation) is { Count: > 0 } uses && uses.All(u => IsInCheckedBranch(u, depth - 1, cancellation));
    }

    private bool IsCheckedBranch(IInvocationOperation call, CancellationToken cancellation)
    {
        if (!(call.TargetMethod.Name == "MapWhen" && model.Types.Is(call.TargetMethod.ContainingType, Api.MapWhenExtensions))
            && !(call.TargetMethod.Name == "UseWhen" && model.Types.Is(call.TargetMethod.ContainingType, Api.UseWhenExtensions))) return false;
        return call.Argument("predicate")?.Value is { } predicate && predicate.Unwrapped() switch
        {
            IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } => _conditions.ReturnsCheck(lambda.Body, cancellation),
            IDelegateCreationOperation { Target: IMethodReferenceOperation reference } => model.CallTree.BodiesOf(reference.Method, cancellation).ToList() is not { Count: > 0 } bodies || bodies.All(b => _conditions.ReturnsCheck(b, cancellation)),
            // A predicate from elsewhere may ask for anything.
            _ => true,
        };
    }

    /// <summary>The calls in which a middleware class is named: <c>UseMiddleware&lt;T&gt;</c>.</summary>
    private List<IInvocationOperation> Registrations(INamedTypeSymbol type, CancellationToken cancellation) =>
        [.. from found in model.Calls.Find(type.Name, s => SymbolEqualityComparer.Default.Equals(s.OriginalDefinition, type.OriginalDefinition), cancellation) ?? []
            let call = found.Name.FirstAncestorOrSelf<Microsoft.CodeAnalysis.CSharp.Syntax.InvocationExpressionSyntax>()
            where call is not null
            let operation = model.SemanticModel(call.SyntaxTree).GetOperation(call, cancellation) as IInvocationOperation
            where operation is not null && operation.TargetMethod.Name == "UseMiddleware"
            select operation];

    /// <summary>An endpoint filter on the endpoint or its groups that checks, or that cannot be seen.</summary>
    private bool HasFilter(IInvocationOperation registration, CancellationToken cancellation)
    {
        foreach (var call in Conventions(registration, cancellation))
        {
            var target = call.TargetMethod.ReducedFrom ?? call.TargetMethod;
            if (target.Name is "AddEndpointFilter" or "AddEndpointFilterFactory")
            {
                // A filter class of another assembly may check.
                if (call.TargetMethod.TypeArguments.OfType<INamedTypeSymbol>().Any(t => t.Name.EndsWith("Filter", StringComparison.Ordinal) && t.DeclaringSyntaxReferences.IsEmpty)) return true;
                if (call.TargetMethod.TypeArguments.OfType<INamedTypeSymbol>().Any(t => Mentions(t, cancellation))) return true;
                if (call.Arguments.Any(a => model.CallTree.Reaches(a, _conditions.IsCheck, cancellation))) return true;
            }
            else if (model.CallTree.BodiesOf(target, cancellation).Any(b => model.CallTree.Reaches(b, _conditions.IsCheck, cancellation)))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The calls chained to an endpoint's registration, to the group that it is registered on, and to variables that hold either.</summary>
    private IEnumerable<IInvocationOperation> Conventions(IInvocationOperation registration, CancellationToken cancellation)
    {
        var last = registration;
        for (IOperation value = registration; ;)
        {
            while (value.Parent is IArgumentOperation or IConversionOperation or IParenthesizedOperation) value = value.Parent;
            if (value.Parent is not IInvocationOperation next || next.Receiver()?.Syntax.Span.Contains(last.Syntax.Span) != true) break;
            yield return next;
            value = last = next;
        }
        if (last.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var held } })
            foreach (var call in CallsOn(held, registration.Root())) yield return call;

        for (var receiver = registration.Receiver(); receiver is not null;)
        {
            if (receiver is IInvocationOperation call)
            {
                yield return call;
                receiver = call.Receiver();
            }
            else if (receiver is ILocalReferenceOperation local)
            {
                foreach (var on in CallsOn(local.Local, registration.Root())) if (!ReferenceEquals(on, registration)) yield return on;
                receiver = model.Definitions.Of(local, cancellation)?.Unwrapped();
            }
            else
            {
                yield break;
            }
        }
    }

    private static IEnumerable<IInvocationOperation> CallsOn(ILocalSymbol local, IOperation root) =>
        root.Descendants().OfType<IInvocationOperation>().Where(c => c.TargetMethod.Name.StartsWith("AddEndpointFilter", StringComparison.Ordinal) && c.Receiver() is ILocalReferenceOperation l && SymbolEqualityComparer.Default.Equals(l.Local, local));

    /// <summary>A filter or a constraint in an attribute of the action or its controller that checks, or that cannot be seen.</summary>
    private bool HasFilter(IMethodSymbol action, CancellationToken cancellation)
    {
        var attributes = action.GetAttributes().AsEnumerable();
        for (var type = action.ContainingType; type is not null; type = type.BaseType) attributes = attributes.Concat(type.GetAttributes());
        foreach (var attribute in attributes.Select(a => a.AttributeClass).OfType<INamedTypeSymbol>())
        {
            if (!attribute.DeclaringSyntaxReferences.IsEmpty)
            {
                if (Mentions(attribute, cancellation)) return true;
            }
            else if (attribute.ContainingAssembly?.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) != true && model.Types.IsOrInherits(attribute, Api.IFilterMetadata))
            {
                return true;
            }
        }
        // Controllers may check in an override of their own.
        return model.CallTree.BodiesOfType(action.ContainingType, cancellation).Any(b => b.Name.StartsWith("OnActionExec", StringComparison.Ordinal) && b.Body.Descendants().Any(_conditions.IsCheck));
    }

    private bool Mentions(INamedTypeSymbol type, CancellationToken cancellation) =>
        model.CallTree.BodiesOfType(type, cancellation).Any(b => b.Body.Descendants().Any(_conditions.IsCheck));

    /// <summary>Is there a middleware that answers plain requests before they come to the endpoints? For which paths is not asked: one that exists silences.</summary>
    private bool HasRefusingMiddleware(CancellationToken cancellation) => _hasRefusingMiddleware ??=
        (model.Calls.Find("IsWebSocketRequest", s => s is IPropertySymbol, cancellation) ?? [])
            .Select(f => model.Calls.OperationOf(f.Name, cancellation)).OfType<IOperation>().Any(o => IsRefusal(o, cancellation));

    private bool IsRefusal(IOperation check, CancellationToken cancellation)
    {
        var function = check.Function();
        var next = function switch
        {
            IAnonymousFunctionOperation { Symbol.Parameters: { Length: 2 } parameters } => parameters[1].Name,
            _ => null,
        };
        if (next is null && function is IAnonymousFunctionOperation { Parent: IDelegateCreationOperation or IConversionOperation } inner && inner.Ancestors().OfType<IAnonymousFunctionOperation>().FirstOrDefault() is { Symbol.Parameters: { Length: 1 } outer } && model.Types.Is(outer[0].Type, Api.RequestDelegate)) next = outer[0].Name;
        bool isMiddleware = next is not null
            || function is not IAnonymousFunctionOperation && model.MemberOf(check, cancellation) is IMethodSymbol method && model.Entries.IsMiddleware(method);
        if (!isMiddleware || function.Descendants().Any(model.Pipeline.IsAccept)) return false;
        if (check.Ancestors().OfType<IConditionalOperation>().FirstOrDefault(c => c.Condition.Syntax.Span.Contains(check.Syntax.Span)) is not { } conditional) return false;
        return new[] { conditional.WhenTrue, conditional.WhenFalse }.Any(branch => branch is not null && !branch.DescendantsAndSelf().Any(IsNext)
            && branch.DescendantsAndSelf().Any(o => o is IReturnOperation or IThrowOperation || o is IAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "StatusCode" } }));
    }

    private bool IsNext(IOperation operation) => operation is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } call
        && (model.Types.Is(call.TargetMethod.ContainingType, Api.RequestDelegate) || call.TargetMethod.ContainingType.Name == "Func") || operation is IInvocationOperation { TargetMethod.Name: "Invoke" } invoke && model.Types.Is(invoke.Instance?.Type, Api.RequestDelegate);
}

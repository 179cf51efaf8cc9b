using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model.Messages;

/// <summary>Where a cancellation token comes from.</summary>
internal sealed class TokenSources(CompilationModel model, CancellationToken cancellation)
{
    private const int MaxDepth = 4;

    /// <summary>
    /// The sources whose cancellation reaches the token: variables that hold a <c>CancellationTokenSource</c>, through locals, parameters of methods with visible callers, and linked sources.
    /// </summary>
    public IReadOnlyCollection<ISymbol> Of(IOperation? token)
    {
        var found = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        Trace(token, found, new(SymbolEqualityComparer.Default), 0);
        return found;
    }

    /// <summary>Does time cancel the token? A source that is made with a time, or told to <c>CancelAfter</c> one.</summary>
    public bool IsTimed(IOperation? token)
    {
        if (token?.Unwrapped() is IPropertyReferenceOperation { Property.Name: "Token", Instance: { } direct } && IsTimedCreation(direct)) return true;
        return Of(token).Any(source => ValuesOf(source, token!).Any(IsTimedCreation) || CancelsAfter(source, token!));
    }

    private void Trace(IOperation? value, HashSet<ISymbol> found, HashSet<ISymbol> seen, int depth)
    {
        cancellation.ThrowIfCancellationRequested();
        value = value?.Unwrapped();
        if (value is null || depth > MaxDepth) return;
        if (value is IPropertyReferenceOperation { Property.Name: "Token" } token && model.Types.IsOrInherits(token.Property.ContainingType, Api.CancellationTokenSource))
        {
            if (Sockets.Holder(token.Instance) is { } source)
            {
                if (!found.Add(source)) return;
                foreach (var creation in ValuesOf(source, value)) Linked(creation, found, seen, depth);
            }
            else if (token.Instance is not null)
            {
                Linked(token.Instance, found, seen, depth);
            }
            return;
        }
        if (Sockets.Holder(value) is not { } holder || !seen.Add(holder)) return;
        if (holder is IParameterSymbol parameter && Sockets.IsOfCall(parameter))
        {
            if (parameter.ContainingSymbol is not IMethodSymbol method || method.MethodKind == MethodKind.AnonymousFunction || model.Calls.UsesOf(method, cancellation) is not { } uses) return;
            foreach (var use in uses.OfType<IInvocationOperation>())
                Trace(use.ValueOf(parameter), found, seen, depth + 1);
            return;
        }
        foreach (var assigned in ValuesOf(holder, value)) Trace(assigned, found, seen, depth + 1);
    }

    private void Linked(IOperation creation, HashSet<ISymbol> found, HashSet<ISymbol> seen, int depth)
    {
        if (creation.Unwrapped() is not IInvocationOperation { TargetMethod.Name: "CreateLinkedTokenSource" } link) return;
        foreach (var part in link.Arguments.SelectMany(a => a.Value.DescendantsAndSelf()).Where(o => o is IPropertyReferenceOperation { Property.Name: "Token" } || o.Type?.Name == "CancellationToken")) Trace(part, found, seen, depth + 1);
    }

    /// <summary>The values that the variable gets, in its function or, for a member, in its type.</summary>
    private IEnumerable<IOperation> ValuesOf(ISymbol holder, IOperation from)
    {
        if (holder is ILocalSymbol)
        {
            foreach (var declarator in from.Root().Descendants().OfType<IVariableDeclaratorOperation>().Where(d => SymbolEqualityComparer.Default.Equals(d.Symbol, holder)))
                if (declarator.Initializer?.Value is { } initial) yield return initial;
        }
        else if (holder is IFieldSymbol or IPropertySymbol && model.Definitions.Initializer(holder, cancellation) is { } value)
        {
            yield return value;
        }
        foreach (var write in model.Sockets.Writes(holder, from, cancellation) ?? [])
            if (write is ISimpleAssignmentOperation assignment) yield return assignment.Value;
    }

    private bool IsTimedCreation(IOperation value) => value.Unwrapped() is IObjectCreationOperation { Arguments.Length: > 0 } creation && model.Types.Is(creation.Type, Api.CancellationTokenSource);

    private bool CancelsAfter(ISymbol source, IOperation from) => source is ILocalSymbol
        ? from.Root().Descendants().Any(o => o is IInvocationOperation { TargetMethod.Name: "CancelAfter" } call && Sockets.IsHeldBy(call.Instance, source))
        : model.Calls.Find("CancelAfter", s => model.Types.Is(s.ContainingType, Api.CancellationTokenSource), cancellation)?.Any(f => model.Calls.OperationOf(f.Name, cancellation) is IInvocationOperation call && Sockets.IsHeldBy(call.Instance, source)) == true;
}

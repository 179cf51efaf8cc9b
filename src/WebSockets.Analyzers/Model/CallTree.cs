using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>What code leads to: the operations of a body and of the methods of this compilation that it calls.</summary>
internal sealed class CallTree(CompilationModel model)
{
    // Deeper chains exist, but the answer "no" then only means: not within sight.
    private const int MaxDepth = 6;
    private const int MaxMethods = 200;

    /// <summary>Does the body, or a method that it calls, contain such an operation? Lambdas and methods that become delegates count as called.</summary>
    public bool Reaches(IOperation body, Func<IOperation, bool> wanted, CancellationToken cancellation) =>
        Reaches(body, wanted, new(SymbolEqualityComparer.Default), MaxDepth, cancellation);

    /// <summary>The bodies of a method: its own, or those of what implements or overrides it. Empty for methods of other assemblies.</summary>
    public IEnumerable<IOperation> BodiesOf(IMethodSymbol method, CancellationToken cancellation)
    {
        method = method.OriginalDefinition;
        foreach (var body in Bodies.All(method, model, cancellation)) yield return body;
        if (!method.IsAbstract && !method.IsVirtual && !method.IsOverride) yield break;
        if (method.DeclaringSyntaxReferences.IsEmpty) yield break;
        foreach (var other in model.Compilation.GetSymbolsWithName(method.Name, SymbolFilter.Member, cancellation).OfType<IMethodSymbol>())
        {
            bool same = method.ContainingType.TypeKind == TypeKind.Interface
                ? other.ContainingType.FindImplementationForInterfaceMember(method) is { } implementation && SymbolEqualityComparer.Default.Equals(implementation, other)
                : Overrides(other, method);
            if (!same) continue;
            foreach (var body in Bodies.All(other, model, cancellation)) yield return body;
        }
    }

    /// <summary>The bodies of a type's methods, those that it inherits from types of this compilation included.</summary>
    public IEnumerable<(string Name, IOperation Body)> BodiesOfType(INamedTypeSymbol? type, CancellationToken cancellation)
    {
        for (; type is { DeclaringSyntaxReferences.IsEmpty: false }; type = type.BaseType)
            foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
                foreach (var body in Bodies.All(method, model, cancellation)) yield return (method.Name, body);
    }

    private bool Reaches(IOperation body, Func<IOperation, bool> wanted, HashSet<ISymbol> seen, int depth, CancellationToken cancellation)
    {
        var called = new List<IMethodSymbol>();
        foreach (var operation in body.DescendantsAndSelf())
        {
            cancellation.ThrowIfCancellationRequested();
            if (wanted(operation)) return true;
            if (operation is IInvocationOperation call) called.Add(call.TargetMethod);
            else if (operation is IMethodReferenceOperation reference) called.Add(reference.Method);
        }
        if (depth == 0) return false;
        foreach (var method in called)
        {
            if (seen.Count > MaxMethods || !seen.Add(method.OriginalDefinition)) continue;
            foreach (var next in BodiesOf(method, cancellation))
                if (Reaches(next, wanted, seen, depth - 1, cancellation)) return true;
        }
        return false;
    }

    private static bool Overrides(IMethodSymbol method, IMethodSymbol overridden)
    {
        for (var m = method.OverriddenMethod; m is not null; m = m.OverriddenMethod)
            if (SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, overridden)) return true;
        return false;
    }
}

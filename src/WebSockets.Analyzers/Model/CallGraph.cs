using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>
/// Who uses a method of this compilation. Answers on demand, by searching the texts for the method's name and binding what is found,
/// so that nothing is paid before a rule has a candidate.
/// </summary>
internal sealed class CallGraph(CompilationModel model)
{
    // A name used more often than this is not worth binding: the answer is then "unknown".
    private const int MaxOccurrences = 400;

    private readonly ConcurrentDictionary<string, List<(SimpleNameSyntax Name, ISymbol Symbol)>?> _bound = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ISymbol, IReadOnlyList<IOperation>?> _uses = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// The calls of a method (<see cref="IInvocationOperation"/>) and the places where it becomes a delegate (<see cref="IMethodReferenceOperation"/>),
    /// those through the members that it overrides or implements included. Null: too many to tell.
    /// </summary>
    public IReadOnlyList<IOperation>? UsesOf(IMethodSymbol method, CancellationToken cancellation)
    {
        method = method.OriginalDefinition;
        if (_uses.TryGetValue(method, out var known)) return known;
        var uses = FindUses(method, cancellation);
        _uses[method] = uses;
        return uses;
    }

    /// <summary>Uses of any symbol of that name for which the test holds, as the operations of the nodes that name them. Null: too many to tell.</summary>
    public IReadOnlyList<(SimpleNameSyntax Name, ISymbol Symbol)>? Find(string name, Func<ISymbol, bool> wanted, CancellationToken cancellation)
    {
        if (!_bound.TryGetValue(name, out var bound)) _bound[name] = bound = Bind(name, cancellation);
        return bound?.Where(b => wanted(b.Symbol)).ToList();
    }

    /// <summary>What each occurrence of the name means; bound once, whatever the number of questions.</summary>
    private List<(SimpleNameSyntax Name, ISymbol Symbol)>? Bind(string name, CancellationToken cancellation)
    {
        if (Occurrences(name, cancellation) is not { } names) return null;
        var bound = new List<(SimpleNameSyntax, ISymbol)>();
        foreach (var node in names)
        {
            cancellation.ThrowIfCancellationRequested();
            var info = model.SemanticModel(node.SyntaxTree).GetSymbolInfo(node, cancellation);
            // A call with a half-typed or unresolved argument still means its only candidate.
            var symbol = info.Symbol ?? (info.CandidateSymbols.Length > 0 ? info.CandidateSymbols[0] : null);
            if (symbol is not null) bound.Add((node, symbol));
        }
        return bound;
    }

    /// <summary>The operation of the call or reference whose member's name this is.</summary>
    public IOperation? OperationOf(SimpleNameSyntax name, CancellationToken cancellation)
    {
        SyntaxNode node = name;
        while (node.Parent is MemberAccessExpressionSyntax access && access.Name == node || node.Parent is MemberBindingExpressionSyntax) node = node.Parent;
        if (node.Parent is InvocationExpressionSyntax invocation && invocation.Expression == node) node = invocation;
        return model.SemanticModel(node.SyntaxTree).GetOperation(node, cancellation);
    }

    private List<IOperation>? FindUses(IMethodSymbol method, CancellationToken cancellation)
    {
        var targets = SameSlot(method);
        if (Find(method.Name, s => s is IMethodSymbol m && targets.Contains((m.ReducedFrom ?? m).OriginalDefinition), cancellation) is not { } found) return null;
        var uses = new List<IOperation>();
        foreach (var (name, _) in found)
            if (OperationOf(name, cancellation) is { } operation && operation is IInvocationOperation or IMethodReferenceOperation)
                uses.Add(operation);
        return uses;
    }

    /// <summary>The method, what it overrides, and the interface members that it implements.</summary>
    private static HashSet<ISymbol> SameSlot(IMethodSymbol method)
    {
        var slot = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        for (var m = method; m is not null; m = m.OverriddenMethod) slot.Add(m.OriginalDefinition);
        if (method.ContainingType is { } type && method.MethodKind == MethodKind.Ordinary)
            foreach (var member in type.AllInterfaces.SelectMany(i => i.GetMembers(method.Name)))
                if (type.FindImplementationForInterfaceMember(member) is { } implementation && slot.Contains(implementation.OriginalDefinition)) slot.Add(member.OriginalDefinition);
        foreach (var member in method.ExplicitInterfaceImplementations) slot.Add(member.OriginalDefinition);
        return slot;
    }

    private List<SimpleNameSyntax>? Occurrences(string name, CancellationToken cancellation)
    {
        var nodes = new List<SimpleNameSyntax>();
        foreach (var tree in model.Compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!Texts.Mentions(tree, name, cancellation)) continue;
            foreach (var token in tree.GetRoot(cancellation).DescendantTokens())
            {
                if (!token.IsKind(SyntaxKind.IdentifierToken) || token.ValueText != name || token.Parent is not SimpleNameSyntax node) continue;
                nodes.Add(node);
                if (nodes.Count > MaxOccurrences) return null;
            }
        }
        return nodes;
    }
}

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

    private readonly ConcurrentDictionary<string, List<Use>?> _bound = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SyntaxNode, ConcurrentDictionary<string, List<Use>>> _boundIn = new();
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
    public IReadOnlyList<Use>? Find(string name, Func<ISymbol, bool> wanted, CancellationToken cancellation)
    {
        if (!_bound.TryGetValue(name, out var bound)) _bound[name] = bound = Occurrences(name, cancellation) is { } names ? Bind(names, cancellation) : null;
        return bound?.Where(b => wanted(b.Symbol)).ToList();
    }

    /// <summary>
    /// Calls in the declarations of one type: what is asked of a type costs nothing elsewhere.
    /// Those of the body that holds the operation are found in its tree, which is there; others have to be bound.
    /// </summary>
    public IEnumerable<IOperation> FindIn(INamedTypeSymbol type, IOperation near, string name, Func<ISymbol, bool> wanted, CancellationToken cancellation)
    {
        var root = near.Root();
        foreach (var call in root.Descendants().OfType<IInvocationOperation>())
            if (call.TargetMethod.Name == name && wanted(call.TargetMethod)) yield return call;
        foreach (var declaration in Declarations(type, cancellation))
        {
            foreach (var node in OccurrencesIn(declaration, name, cancellation).Where(n => !IsPart(n, root.Syntax)))
                if (SymbolOf(node, cancellation) is { } symbol && wanted(symbol) && OperationOf(node, cancellation) is { } operation) yield return operation;
        }
    }

    /// <summary>Uses of a member of this compilation: looked for in its type alone, when nobody else can name it. Null: too many to tell.</summary>
    public IReadOnlyList<Use>? Find(ISymbol member, Func<ISymbol, bool> wanted, CancellationToken cancellation)
    {
        if (member is not { ContainingType: { } type }) return Find(member.Name, wanted, cancellation);
        var inType = FindIn(type, member.Name, wanted, cancellation);
        if (member.DeclaredAccessibility == Accessibility.Private) return inType;
        return Find(member.Name, wanted, cancellation) is { } elsewhere ? [.. inType.Concat(elsewhere).Distinct()] : null;
    }

    /// <summary>Uses of any symbol of that name in the declarations of a type.</summary>
    private List<Use> FindIn(INamedTypeSymbol type, string name, Func<ISymbol, bool> wanted, CancellationToken cancellation)
    {
        var found = new List<Use>();
        foreach (var declaration in Declarations(type, cancellation))
        {
            var names = _boundIn.GetOrAdd(declaration, static _ => new(StringComparer.Ordinal));
            if (!names.TryGetValue(name, out var bound)) names[name] = bound = Bind(OccurrencesIn(declaration, name, cancellation), cancellation);
            found.AddRange(bound.Where(b => wanted(b.Symbol)));
        }
        return found;
    }

    private IEnumerable<SyntaxNode> Declarations(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).Where(d => model.Compilation.ContainsSyntaxTree(d.SyntaxTree));

    private static IEnumerable<SimpleNameSyntax> OccurrencesIn(SyntaxNode declaration, string name, CancellationToken cancellation) =>
        Occurrences(declaration, name, cancellation).Where(n => IsPart(n, declaration));

    /// <summary>A program's top-level statements are declared by their whole file, of which types are no part.</summary>
    private static bool IsPart(SyntaxNode node, SyntaxNode declaration) =>
        node.SyntaxTree == declaration.SyntaxTree && declaration.Span.Contains(node.Span) && (declaration is not CompilationUnitSyntax || node.FirstAncestorOrSelf<BaseTypeDeclarationSyntax>() is null);

    /// <summary>What each occurrence of the name means; bound once, whatever the number of questions.</summary>
    private List<Use> Bind(IEnumerable<SimpleNameSyntax> names, CancellationToken cancellation)
    {
        var bound = new List<Use>();
        foreach (var node in names)
        {
            cancellation.ThrowIfCancellationRequested();
            if (SymbolOf(node, cancellation) is { } symbol) bound.Add(new(node, symbol));
        }
        return bound;
    }

    private ISymbol? SymbolOf(SimpleNameSyntax node, CancellationToken cancellation)
    {
        var info = model.SemanticModel(node.SyntaxTree).GetSymbolInfo(node, cancellation);
        // A call with a half-typed or unresolved argument still means its only candidate.
        return info.Symbol ?? (info.CandidateSymbols.Length > 0 ? info.CandidateSymbols[0] : null);
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
        if (Find(method, s => s is IMethodSymbol m && targets.Contains((m.ReducedFrom ?? m).OriginalDefinition), cancellation) is not { } found) return null;
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

    /// <summary>
    /// <c>RunAsync()</c> in a type that declares such a method: it can mean nothing else, and need not be bound for anybody who asks for a method of another type.
    /// Where the type may derive from one that has another <c>RunAsync</c>, its own one must take that many arguments.
    /// </summary>
    private static bool MeansOwnMember(SimpleNameSyntax name)
    {
        if (name.Parent is not InvocationExpressionSyntax call || call.Expression != name || name.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type) return false;
        bool derives = type.BaseList is not null || type.Modifiers.Any(SyntaxKind.PartialKeyword);
        foreach (var member in type.Members)
            if (member is MethodDeclarationSyntax method && method.Identifier.ValueText == name.Identifier.ValueText && (!derives || method.ParameterList.Parameters.Count == call.ArgumentList.Arguments.Count)) return true;
        return false;
    }

    private List<SimpleNameSyntax>? Occurrences(string name, CancellationToken cancellation)
    {
        var nodes = new List<SimpleNameSyntax>();
        foreach (var tree in model.Compilation.SyntaxTrees)
        {
            nodes.AddRange(Occurrences(tree.GetRoot(cancellation), name, cancellation).Where(n => !MeansOwnMember(n)));
            if (nodes.Count > MaxOccurrences) return null;
        }
        return nodes;
    }

    private static IEnumerable<SimpleNameSyntax> Occurrences(SyntaxNode root, string name, CancellationToken cancellation)
    {
        foreach (int position in Texts.Positions(root.SyntaxTree, name, root.Span, cancellation))
        {
            var token = root.FindToken(position);
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.Span.Contains(position) && token.ValueText == name && token.Parent is SimpleNameSyntax node) yield return node;
        }
    }
}

/// <summary>A name in the code, and what it means. A class, as generics over structs are compiled anew by the JIT in each process.</summary>
internal sealed record Use(SimpleNameSyntax Name, ISymbol Symbol);

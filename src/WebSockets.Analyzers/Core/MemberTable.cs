using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Core;

/// <summary>
/// The members that some rule asked for, by the identity of their containing type: the first look at an operation is one dictionary lookup,
/// which ends nearly all of them whatever the number of rules.
/// </summary>
internal sealed class MemberTable
{
    /// <summary>
    /// A rule may walk the body round its candidate, so that the cost of a body would grow with the square of its length.
    /// No person writes one of this many characters, some 2,500 lines: it is not looked at.
    /// </summary>
    public const int MaxBodyLength = 100_000;

    private readonly Dictionary<ISymbol, Dictionary<string, List<Subscription>>> _byType = new(ReferenceComparer.Instance);
    private readonly List<Subscription> _beside = [];
    private readonly ConcurrentDictionary<SyntaxTree, Subscription[]> _besideIn = new();

    public MemberTable(IEnumerable<Subscription> subscriptions, KnownTypes types)
    {
        foreach (var subscription in subscriptions)
        {
            if (types.Get(subscription.Type) is not { } type) continue;
            if (!subscription.Beside.IsEmpty)
            {
                _beside.Add(subscription);
                continue;
            }
            if (!_byType.TryGetValue(type, out var members)) _byType.Add(type, members = new(StringComparer.Ordinal));
            if (!members.TryGetValue(subscription.Member, out var list)) members.Add(subscription.Member, list = []);
            list.Add(subscription);
        }
    }

    public bool IsEmpty => _byType.Count == 0 && _beside.Count == 0;

    /// <summary>The kinds of operations at which some rule looks.</summary>
    public ImmutableArray<OperationKind> Kinds => _beside.SelectMany(s => s.Beside).Concat(Subscription.Uses).Distinct().ToImmutableArray();

    public void Dispatch(in OperationAnalysisContext context, CompilationModel model)
    {
        var operation = context.Operation;
        var member = operation switch
        {
            // A constructor's call of another (": base(…)") is an invocation as well, and creates nothing.
            IInvocationOperation { TargetMethod.MethodKind: not MethodKind.Constructor } invocation => invocation.TargetMethod,
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target } => target.Property,
            IObjectCreationOperation { Constructor: { } constructor } => (ISymbol)constructor,
            _ => null,
        };
        if (member?.ContainingType?.OriginalDefinition is { } type && _byType.TryGetValue(type, out var members) && members.TryGetValue(member.Name, out var subscriptions))
            foreach (var subscription in subscriptions) Look(subscription, context, model);
        if (_beside.Count == 0) return;
        foreach (var subscription in BesideIn(operation.Syntax.SyntaxTree, context.CancellationToken))
            if (subscription.Beside.Contains(operation.Kind)) Look(subscription, context, model);
    }

    private Subscription[] BesideIn(SyntaxTree tree, CancellationToken cancellation) =>
        _besideIn.TryGetValue(tree, out var known) ? known : _besideIn[tree] = [.. _beside.Where(s => Texts.Mentions(tree, s.Member, cancellation))];

    private static void Look(Subscription subscription, in OperationAnalysisContext context, CompilationModel model)
    {
        // Generated code belongs to its generator, except Razor's, which carries what somebody wrote in an @code block.
        if (context.IsGeneratedCode && !IsRazor(context.Operation.Syntax.SyntaxTree)) return;
        if (context.Operation.Root().Syntax.Span.Length > MaxBodyLength) return;
        try
        {
            subscription.Look(new Candidate(context, model), context.Operation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw RuleFailedException.At(subscription.Rule, context.Operation.Syntax, e);
        }
    }

    private static bool IsRazor(SyntaxTree tree) => tree.FilePath.EndsWith("_razor.g.cs", StringComparison.OrdinalIgnoreCase);

    private sealed class ReferenceComparer : IEqualityComparer<ISymbol>
    {
        public static readonly ReferenceComparer Instance = new();

        // Types of metadata and of source have one symbol each in a compilation, and the table holds the definitions of generic types.
        public bool Equals(ISymbol? x, ISymbol? y) => ReferenceEquals(x, y);

        public int GetHashCode(ISymbol obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
    }
}

/// <summary>A rule threw: names the rule, the file and the line, which is what the report of a crash needs.</summary>
internal sealed class RuleFailedException(string message, Exception inner) : Exception(message, inner)
{
    public static RuleFailedException At(Rule rule, SyntaxNode node, Exception inner)
    {
        var place = node.GetLocation().GetLineSpan();
        return new($"{rule.Descriptors[0].Id} failed at {place.Path}({place.StartLinePosition.Line + 1}): {inner.GetType().Name}: {inner.Message}", inner);
    }
}

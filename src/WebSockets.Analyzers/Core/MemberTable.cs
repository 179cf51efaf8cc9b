using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Core;

/// <summary>
/// The members that some rule asked for, by their names and then by the identity of their containing type: the first look at an operation is one dictionary lookup,
/// which ends nearly all of them whatever the number of rules.
/// </summary>
internal sealed class MemberTable
{
    /// <summary>
    /// A rule may walk the body round its candidate, so that the cost of a body would grow with the square of its length.
    /// No person writes one of this many characters, some 2,500 lines: it is not looked at.
    /// </summary>
    public const int MaxBodyLength = 100_000;

    private readonly Dictionary<string, List<Member>> _byName = new(StringComparer.Ordinal);
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
            if (!_byName.TryGetValue(subscription.Member, out var members)) _byName.Add(subscription.Member, members = []);
            var member = members.Find(m => ReferenceEquals(m.Type, type));
            if (member is null) members.Add(member = new(type, []));
            member.Subscriptions.Add(subscription);
        }
    }

    public bool IsEmpty => _byName.Count == 0 && _beside.Count == 0;

    /// <summary>The kinds of operations at which some rule looks.</summary>
    public ImmutableArray<OperationKind> Kinds => _beside.SelectMany(s => s.Beside).Concat(Subscription.Uses).Distinct().ToImmutableArray();

    public void Dispatch(in OperationAnalysisContext context, CompilationModel model)
    {
        var operation = context.Operation;
        var kind = operation.Kind;
        var member = operation switch
        {
            // A constructor's call of another (": base(…)") is an invocation as well, and creates nothing.
            IInvocationOperation { TargetMethod.MethodKind: not MethodKind.Constructor } invocation => invocation.TargetMethod,
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target } => target.Property,
            IObjectCreationOperation { Constructor: { } constructor } => (ISymbol)constructor,
            _ => null,
        };
        var subscriptions = member is null ? null : Find(member);
        var beside = _beside.Count == 0 ? [] : BesideIn(operation.Syntax.SyntaxTree, context.CancellationToken);
        if (subscriptions is null && !IsBeside(beside, kind) || CandidateOf(context, model) is not { } candidate) return;
        if (subscriptions is not null)
            foreach (var subscription in subscriptions) Look(subscription, candidate);
        foreach (var subscription in beside)
            if (subscription.IsBeside(kind)) Look(subscription, candidate);
    }

    private static bool IsBeside(Subscription[] subscriptions, OperationKind kind)
    {
        foreach (var subscription in subscriptions)
            if (subscription.IsBeside(kind)) return true;
        return false;
    }

    private List<Subscription>? Find(ISymbol symbol)
    {
        if (!_byName.TryGetValue(symbol.Name, out var members)) return null;
        // Types of metadata and of source have one symbol each in a compilation, and the table holds the definitions of generic types.
        var type = symbol.ContainingType?.OriginalDefinition;
        foreach (var member in members)
            if (ReferenceEquals(member.Type, type)) return member.Subscriptions;
        return null;
    }

    private Subscription[] BesideIn(SyntaxTree tree, CancellationToken cancellation) =>
        _besideIn.TryGetValue(tree, out var known) ? known : _besideIn[tree] = [.. _beside.Where(s => Texts.Mentions(tree, s.Member, cancellation))];

    /// <summary>Null for what no rule looks at: generated code belongs to its generator, except Razor's, which carries what somebody wrote in an @code block.</summary>
    private static Candidate? CandidateOf(in OperationAnalysisContext context, CompilationModel model) =>
        context.IsGeneratedCode && !IsRazor(context.Operation.Syntax.SyntaxTree) || context.Operation.Root().Syntax.Span.Length > MaxBodyLength ? null : new(context, model);

    private static void Look(Subscription subscription, Candidate candidate)
    {
        try
        {
            subscription.Look(candidate, candidate.Operation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw RuleFailedException.At(subscription.Rule, candidate.Operation.Syntax, e);
        }
    }

    private static bool IsRazor(SyntaxTree tree) => tree.FilePath.EndsWith("_razor.g.cs", StringComparison.OrdinalIgnoreCase);

    /// <summary>The members of one name of one type.</summary>
    private sealed record Member(INamedTypeSymbol Type, List<Subscription> Subscriptions);
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

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Core;

/// <summary>What the rules asked for: API members, each with the methods that look at a use of it. Built once for the process.</summary>
internal sealed class Subscriptions
{
    private readonly List<Subscription> _all = [];
    private readonly List<(Rule Rule, Action<CompilationCandidate> Look)> _compilation = [];
    private Rule? _rule;

    public Subscriptions(IEnumerable<Rule> rules)
    {
        foreach (var rule in rules)
        {
            _rule = rule;
            rule.Register(this);
        }
    }

    /// <summary>
    /// The subscriptions whose member a compilation can use, as far as its texts show.
    /// A member of a type of every program (<c>Task.Delay</c>) counts only beside another one of its rule.
    /// </summary>
    public IReadOnlyList<Subscription> In(Compilation compilation, CancellationToken cancellation)
    {
        // Rules share most of their words: each is looked for once, whatever the number of rules.
        var words = new Dictionary<string, bool>(StringComparer.Ordinal);
        var mentioned = new HashSet<Subscription>(_all.Where(IsMentioned));
        var rules = new HashSet<Rule>(mentioned.Select(s => s.Rule));
        return [.. _all.Where(s => s.Type.Mention is null ? rules.Contains(s.Rule) : mentioned.Contains(s))];

        bool IsMentioned(Subscription s) => s.Type.Mention is { } mention && Mentions(mention) && (s.Member == WellKnownMemberNames.InstanceConstructorName || Mentions(s.Member));

        bool Mentions(string word) => words.TryGetValue(word, out bool known) ? known : words[word] = Texts.Mentions(compilation, word, cancellation);
    }

    /// <summary>What <see cref="Gate.IsOpen"/> looks for: a line for each mention, with the members that count beside it; none where the mention is enough.</summary>
    public string Uses() => string.Join("\n",
        from s in _all
        where s.Type.Mention is not null
        group s.Member by s.Type.Mention into members
        orderby members.Key
        select members.Contains(WellKnownMemberNames.InstanceConstructorName) ? members.Key : $"{members.Key} {string.Join(" ", members.Distinct().OrderBy(m => m, StringComparer.Ordinal))}");

    public IReadOnlyList<Subscription> All => _all;

    public IReadOnlyList<(Rule Rule, Action<CompilationCandidate> Look)> Compilation => _compilation;

    /// <summary>Each call of a method of that name (every overload; an extension method stands under its static class).</summary>
    public void OnCall(ApiType type, string method, Action<Candidate, IInvocationOperation> look) =>
        Add(type, method, (candidate, operation) => look(candidate, (IInvocationOperation)operation));

    /// <summary>Each assignment to a property, in a statement, an object initialiser or a <c>with</c> expression.</summary>
    public void OnAssign(ApiType type, string property, Action<Candidate, ISimpleAssignmentOperation> look) =>
        Add(type, property, (candidate, operation) => look(candidate, (ISimpleAssignmentOperation)operation));

    /// <summary>Each creation of an object of exactly that type.</summary>
    public void OnCreate(ApiType type, Action<Candidate, IObjectCreationOperation> look) =>
        Add(type, WellKnownMemberNames.InstanceConstructorName, (candidate, operation) => look(candidate, (IObjectCreationOperation)operation));

    /// <summary>
    /// Each operation of these kinds in a file that mentions the member: for findings that stand beside its use, at a loop or a handler.
    /// A finding must stand in the operation that is looked at, or editors offer no fix for it.
    /// </summary>
    public void Beside(ApiType type, string member, Action<Candidate, IOperation> look, params OperationKind[] kinds) => _all.Add(new(_rule!, type, member, look) { Beside = kinds.ToImmutableArray() });

    /// <summary>Once a compilation, after it is bound: only for what has no place in the source.</summary>
    public void OnCompilation(Action<CompilationCandidate> look) => _compilation.Add((_rule!, look));

    private void Add(ApiType type, string member, Action<Candidate, IOperation> look) => _all.Add(new(_rule!, type, member, look));
}

/// <summary>A rule's interest in the uses of one API member, or in operations of some kinds beside it.</summary>
internal sealed record Subscription(Rule Rule, ApiType Type, string Member, Action<Candidate, IOperation> Look)
{
    /// <summary>The kinds that use a member.</summary>
    public static readonly ImmutableArray<OperationKind> Uses = ImmutableArray.Create(OperationKind.Invocation, OperationKind.SimpleAssignment, OperationKind.ObjectCreation);

    /// <summary>Empty: the uses of the member itself.</summary>
    public ImmutableArray<OperationKind> Beside { get; init; } = ImmutableArray<OperationKind>.Empty;
}

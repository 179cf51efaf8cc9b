using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Core;

/// <summary>What the rules asked for: API members, each with the methods that look at a use of it.</summary>
internal sealed class Subscriptions
{
    private readonly List<Subscription> _all = [];
    private readonly List<Action<CompilationCandidate>> _options = [];
    private Rule? _rule;
    private string[] _only = [];

    public Subscriptions(IEnumerable<Rule> rules)
    {
        foreach (var rule in rules)
        {
            (_rule, _only) = (rule, []);
            rule.Register(this);
        }
    }

    /// <summary>
    /// The subscriptions whose member a compilation can use, as far as its texts show.
    /// A member of a type of every program (<c>Task.Delay</c>) counts only beside another one of its rule.
    /// </summary>
    public IReadOnlyList<Subscription> In(Words words)
    {
        var mentioned = new HashSet<Subscription>(_all.Where(IsMentioned));
        var rules = new HashSet<Rule>(mentioned.Select(s => s.Rule));
        return [.. _all.Where(s => s.Words().Count == 0 ? rules.Contains(s.Rule) : mentioned.Contains(s))];

        bool IsMentioned(Subscription s) => s.Words() is { Count: > 0 } groups && groups.All(group => group.Any(words.Contain));
    }

    /// <summary>What <see cref="Gate.Open"/> looks for: rows of groups of words, of which each group must be mentioned by one of its words at least.</summary>
    public IReadOnlyList<string> Uses()
    {
        if (_options.Count > 0) return [""];
        var rows = _all.Select(s => string.Join(" ", s.Words().Select(words => string.Join("|", words)))).Where(row => row.Length > 0).Distinct().OrderBy(row => row, StringComparer.Ordinal).ToList();
        // Where a row is met, longer ones say nothing more.
        return [.. rows.Where(row => !rows.Any(other => row.StartsWith(other + " ", StringComparison.Ordinal)))];
    }

    public IReadOnlyList<Subscription> All => _all;

    /// <summary>What looks at the options.</summary>
    public IReadOnlyList<Action<CompilationCandidate>> Options => _options;

    /// <summary>
    /// The rule has nothing to say in a compilation that contains none of these texts: for rules whose types belong to every program. Said before the members.
    /// </summary>
    public void OnlyWith(params string[] words) => _only = words;

    /// <summary>Each call of a method of that name (every overload; an extension method stands under its static class).</summary>
    public void OnCall(ApiType type, string method, Action<Candidate, IInvocationOperation> look) =>
        Add(type, method, (candidate, operation) => look(candidate, (IInvocationOperation)operation));

    /// <summary>Each call of a method of that name on a socket: a <c>ClientWebSocket</c> has overrides of its own.</summary>
    public void OnSocketCall(string method, Action<Candidate, IInvocationOperation> look)
    {
        OnCall(Api.WebSocket, method, look);
        OnCall(Api.ClientWebSocket, method, look);
    }

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
    public void Beside(ApiType type, string member, Action<Candidate, IOperation> look, params OperationKind[] kinds) => _all.Add(new(_rule!, type, member, look) { Beside = kinds.ToImmutableArray(), Only = _only });

    /// <summary>Once a compilation for which options of this package are set: what is said of them has no place in the source.</summary>
    public void OnOptions(Action<CompilationCandidate> look) => _options.Add(look);

    private void Add(ApiType type, string member, Action<Candidate, IOperation> look) => _all.Add(new(_rule!, type, member, look) { Only = _only });
}

/// <summary>A rule's interest in the uses of one API member, or in operations of some kinds beside it.</summary>
internal sealed record Subscription(Rule Rule, ApiType Type, string Member, Action<Candidate, IOperation> Look)
{
    /// <summary>The kinds that use a member.</summary>
    public static readonly ImmutableArray<OperationKind> Uses = ImmutableArray.Create(OperationKind.Invocation, OperationKind.SimpleAssignment, OperationKind.ObjectCreation);

    /// <summary>Empty: the uses of the member itself.</summary>
    public ImmutableArray<OperationKind> Beside { get; init; } = ImmutableArray<OperationKind>.Empty;

    public bool IsBeside(OperationKind kind)
    {
        foreach (var one in Beside)
            if (one == kind) return true;
        return false;
    }

    /// <summary>What <see cref="Subscriptions.OnlyWith"/> said.</summary>
    public string[] Only { get; init; } = [];

    /// <summary>The groups of words of each of which a text must contain one, for the member to be used; none where only the other subscriptions of the rule tell.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Words()
    {
        var groups = new List<IReadOnlyList<string>>();
        if (Only.Length > 0) groups.Add(Only);
        if (Type.Mention is { } mention) groups.Add([mention]);
        if (groups.Count > 0 && Member != WellKnownMemberNames.InstanceConstructorName && Member != Type.Mention && Member != "this[]") groups.Add([Member]);
        return groups;
    }
}

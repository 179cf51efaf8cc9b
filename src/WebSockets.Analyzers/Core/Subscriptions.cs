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
    /// The subscriptions whose member a compilation can use, as far as its texts show: in a program without sockets none, and nothing more is then paid.
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
    /// Each call, assignment and creation in the files that mention the member: for findings that stand beside its use. A finding must stand in the operation that is looked at, or editors do not show it while typing.
    /// </summary>
    public void OnFilesWith(ApiType type, string member, Action<Candidate, IOperation> look) => _all.Add(new(_rule!, type, member, look, IsForFile: true));

    /// <summary>Once a compilation, after it is bound: only for what has no place in the source.</summary>
    public void OnCompilation(Action<CompilationCandidate> look) => _compilation.Add((_rule!, look));

    private void Add(ApiType type, string member, Action<Candidate, IOperation> look) => _all.Add(new(_rule!, type, member, look));
}

/// <summary>A rule's interest in one API member.</summary>
internal sealed record Subscription(Rule Rule, ApiType Type, string Member, Action<Candidate, IOperation> Look, bool IsForFile = false);

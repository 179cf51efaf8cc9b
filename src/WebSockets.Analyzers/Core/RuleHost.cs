using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Core;

/// <summary>
/// Runs rules: registers one operation action for all of them and hands the few operations that use a member of <see cref="MemberTable"/> to the rules that asked for it.
/// </summary>
/// <param name="descriptors">The rows of the rules in the generated table, from which the compiler is told what they say before there is a rule.</param>
/// <param name="uses">The rows that say which of them have something to look at.</param>
internal sealed class RuleHost(string descriptors, string uses)
{
    // Made when a compilation needs them: the JIT compiles nothing of the others.
    private readonly ConcurrentDictionary<string, Rule> _rules = new(StringComparer.Ordinal);

    public ImmutableArray<DiagnosticDescriptor> Supported { get; } = Rule.Described(descriptors);

    public void Start(CompilationStartAnalysisContext context)
    {
        var words = new Words(context.Compilation, context.CancellationToken);
        var open = Gate.Open(uses, words, context.Compilation, context.Options.AnalyzerConfigOptionsProvider);
        if (open.Count > 0) Run(context, open, words);
    }

    private void Run(CompilationStartAnalysisContext context, List<string> ids, Words words)
    {
        var model = new CompilationModel((CSharpCompilation)context.Compilation, context.Options);
        var subscriptions = new Subscriptions(ids.Select(id => _rules.GetOrAdd(id, RuleCatalogue.Create)));
        if (subscriptions.Options.Count > 0)
        {
            context.RegisterCompilationEndAction(end =>
            {
                var candidate = new CompilationCandidate(end, model);
                foreach (var look in subscriptions.Options) look(candidate);
            });
        }

        var table = new MemberTable(subscriptions.In(words), model.Types);
        if (table.IsEmpty) return;
        context.RegisterOperationAction(operation => table.Dispatch(operation, model), table.Kinds);
    }
}

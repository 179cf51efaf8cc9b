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
/// <param name="rules">Makes the rules.</param>
internal sealed class RuleHost(string descriptors, Func<ImmutableArray<Rule>> rules)
{
    private readonly Lazy<Subscriptions> _subscribed = new(() => new(rules()));

    public ImmutableArray<DiagnosticDescriptor> Supported { get; } = Rule.Described(descriptors);

    public void Start(CompilationStartAnalysisContext context)
    {
        bool isOpen = Gate.IsOpen(context.Compilation, context.CancellationToken);
        if (!isOpen && !Gate.HasOptions(context.Compilation, context.Options.AnalyzerConfigOptionsProvider)) return;

        var model = new CompilationModel((CSharpCompilation)context.Compilation, context.Options);
        if (_subscribed.Value.Compilation.Count > 0)
        {
            context.RegisterCompilationEndAction(end =>
            {
                var candidate = new CompilationCandidate(end, model);
                foreach (var (_, look) in _subscribed.Value.Compilation) look(candidate);
            });
        }
        if (!isOpen) return;

        var table = new MemberTable(_subscribed.Value.In(context.Compilation, context.CancellationToken), model.Types);
        if (table.IsEmpty) return;
        context.RegisterOperationAction(operation => table.Dispatch(operation, model), table.Kinds);
    }
}

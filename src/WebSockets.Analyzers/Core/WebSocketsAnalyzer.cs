using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Core;

/// <summary>
/// The analyzer that the compiler loads: it registers one operation action for the whole package and hands the few operations
/// that use a member of <see cref="MemberTable"/> to the rules that asked for it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WebSocketsAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableArray<Rule> Rules = RuleCatalogue.Create();
    private static readonly Subscriptions Subscriptions = new(Rules);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = Rules.SelectMany(rule => rule.Descriptors).ToImmutableArray();

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // Generated files are visited for the sake of Razor components only; the dispatcher leaves all others.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        var model = new CompilationModel((Microsoft.CodeAnalysis.CSharp.CSharpCompilation)context.Compilation, context.Options);
        context.RegisterCompilationEndAction(end =>
        {
            var candidate = new CompilationCandidate(end, model);
            foreach (var (_, look) in Subscriptions.Compilation) look(candidate);
        });

        var table = new MemberTable(Subscriptions.In(context.Compilation, context.CancellationToken), model.Types);
        if (table.IsEmpty) return;
        context.RegisterOperationAction(
            operation => table.Dispatch(operation, model),
            OperationKind.Invocation, OperationKind.SimpleAssignment, OperationKind.ObjectCreation);
        if (table.Statements.ToImmutableArray() is { IsEmpty: false } statements) context.RegisterOperationAction(operation => table.Dispatch(operation, model), statements);
    }
}

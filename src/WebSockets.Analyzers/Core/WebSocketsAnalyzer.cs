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
    private static readonly ImmutableArray<DiagnosticDescriptor> Supported = Rule.Described(RuleCatalogue.Descriptors);
    private static readonly Lazy<Subscriptions> Subscribed = new(() => new(RuleCatalogue.Create()));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Supported;

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
        bool isOpen = Gate.IsOpen(context.Compilation, context.CancellationToken);
        if (!isOpen && !Gate.HasOptions(context.Compilation, context.Options.AnalyzerConfigOptionsProvider)) return;

        var model = new CompilationModel((Microsoft.CodeAnalysis.CSharp.CSharpCompilation)context.Compilation, context.Options);
        context.RegisterCompilationEndAction(end =>
        {
            var candidate = new CompilationCandidate(end, model);
            foreach (var (_, look) in Subscribed.Value.Compilation) look(candidate);
        });
        if (!isOpen) return;

        var table = new MemberTable(Subscribed.Value.In(context.Compilation, context.CancellationToken), model.Types);
        if (table.IsEmpty) return;
        context.RegisterOperationAction(operation => table.Dispatch(operation, model), table.Kinds);
    }
}

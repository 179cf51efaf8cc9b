using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace WebSockets.Analyzers.Core;

/// <summary>The rules that warn.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WebSocketsAnalyzer : DiagnosticAnalyzer
{
    private static readonly RuleHost Host = new(RuleCatalogue.WarningDescriptors, RuleCatalogue.WarningUses);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Host.Supported;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // Generated files are visited for the sake of Razor components only; the dispatcher leaves all others.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(Host.Start);
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace WebSockets.Analyzers.Core;

/// <summary>The rules that only suggest. Apart from the others, as a build on the command line leaves an analyzer out that has nothing to warn of, and then pays nothing for it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SuggestionsAnalyzer : DiagnosticAnalyzer
{
    private static readonly RuleHost Host = new(RuleCatalogue.SuggestionDescriptors, RuleCatalogue.SuggestionUses);

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

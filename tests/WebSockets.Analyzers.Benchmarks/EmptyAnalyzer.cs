using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WebSockets.Analyzers.Benchmarks;

/// <summary>
/// An analyzer with one rule that asks for the start of the compilation, and then does nothing: what a compiler pays for the mere presence of one.
/// One that asks for nothing at all is left out by the compiler and says nothing.
/// </summary>
internal static class EmptyAnalyzer
{
    private const string Source = """
        using System.Collections.Immutable;
        using Microsoft.CodeAnalysis;
        using Microsoft.CodeAnalysis.Diagnostics;

        [DiagnosticAnalyzer(LanguageNames.CSharp)]
        public sealed class Empty : DiagnosticAnalyzer
        {
            public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
                ImmutableArray.Create(new DiagnosticDescriptor("EMPTY1", "Nothing", "Nothing", "Nothing", DiagnosticSeverity.Warning, isEnabledByDefault: true));

            public override void Initialize(AnalysisContext context)
            {
                context.EnableConcurrentExecution();
                context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
                context.RegisterCompilationStartAction(_ => { });
            }
        }
        """;

    /// <summary>The assembly to hand to the compiler; written anew for each run of the program.</summary>
    public static string Assembly { get; } = Compile();

    private static string Compile()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "EmptyAnalyzer.dll");
        // The compiler takes no analyzer that refers to a newer one.
        var roslyn = Path.Combine(AnalyzerSet.Metadata("Sdk"), "Roslyn/bincore/Microsoft.CodeAnalysis.dll");
        var references = SampleProgram.References.Where(r => !Path.GetFileName(r).StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)).Append(roslyn);
        var result = CSharpCompilation.Create("EmptyAnalyzer", [CSharpSyntaxTree.ParseText(Source)], references.Select(r => MetadataReference.CreateFromFile(r)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release)).Emit(path);
        return result.Success ? path : throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }
}

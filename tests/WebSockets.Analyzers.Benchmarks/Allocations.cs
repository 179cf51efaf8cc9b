using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace WebSockets.Analyzers.Benchmarks;

/// <summary>What a compilation with analyzers allocates.</summary>
internal static class Allocations
{
    /// <summary>Bytes allocated by parsing, binding and analysing the program once, after one run that is not counted.</summary>
    public static long Bytes(SampleProgram program, AnalyzerSet set)
    {
        var analyzers = set.Running();
        Run(program, analyzers);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Run(program, analyzers);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static void Run(SampleProgram program, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var trees = program.Files.Select(f => CSharpSyntaxTree.ParseText(f.Text, path: f.Name));
        var compilation = CSharpCompilation.Create("sample", trees, SampleProgram.References.Select(r => MetadataReference.CreateFromFile(r)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, concurrentBuild: false, nullableContextOptions: NullableContextOptions.Enable));
        compilation.GetDiagnostics();
        if (!analyzers.IsEmpty) compilation.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
    }
}

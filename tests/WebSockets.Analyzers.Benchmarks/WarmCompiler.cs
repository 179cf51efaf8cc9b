using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace WebSockets.Analyzers.Benchmarks;

/// <summary>A compiler in this process, as the compiler server is one after its first builds: nothing is left to compile by the JIT.</summary>
internal sealed class WarmCompiler
{
    private readonly SampleProgram _program;
    private readonly ImmutableArray<PortableExecutableReference> _references = [.. SampleProgram.References.Select(r => MetadataReference.CreateFromFile(r))];
    private readonly ImmutableDictionary<string, ReportDiagnostic> _severities;
    private readonly ImmutableArray<DiagnosticAnalyzer> _analyzers;

    public WarmCompiler(SampleProgram program, AnalyzerSet set)
    {
        _program = program;
        _severities = set.Severities();
        _analyzers = set.Running(_severities);
    }

    /// <summary>Processor time in seconds, user and system, and bytes allocated by parsing, binding and analysing the program once.</summary>
    public (double Seconds, double Bytes) Run()
    {
        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var seconds = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
        Compile();
        seconds = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds - seconds;
        return (seconds, GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }

    /// <summary>Parses, binds and analyses the program once.</summary>
    public void Compile()
    {
        var trees = _program.Files.Select(f => CSharpSyntaxTree.ParseText(f.Text, path: f.Name));
        var compilation = CSharpCompilation.Create("sample", trees, _references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, concurrentBuild: false, nullableContextOptions: NullableContextOptions.Enable, specificDiagnosticOptions: _severities));
        if (_analyzers.IsEmpty)
        {
            compilation.GetDiagnostics();
            return;
        }
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        var found = compilation.WithAnalyzers(_analyzers, options).GetAllDiagnosticsAsync().GetAwaiter().GetResult();
        if (found.FirstOrDefault(d => d.Id == "AD0001" && d.ToString().Contains("WebSockets.Analyzers", StringComparison.Ordinal)) is { } crash) throw new InvalidOperationException(crash.ToString());
    }
}

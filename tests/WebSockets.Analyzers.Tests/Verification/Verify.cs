using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using WebSockets.Analyzers.Core;

namespace WebSockets.Analyzers.Tests.Verification;

/// <summary>
/// Checks one rule alone. In the source <c>[|…|]</c> marks what must be reported; without marks nothing may be.
/// The fix is found by the rule's id, so a test cannot name the wrong one.
/// </summary>
internal static class Verify<TRule>
    where TRule : Rule, new()
{
    private static readonly TRule Rule = new();

    /// <summary>Reports exactly at the marks.</summary>
    public static Task ReportsAsync(string source, Setup? setup = null) => RunAsync(source, null, null, setup);

    /// <summary>Reports at <c>{|#0:…|}</c> with exactly that message.</summary>
    public static async Task SaysAsync(string source, string message, Setup? setup = null)
    {
        var test = new Test(setup ?? new(), fixes: false) { TestCode = source.ReplaceLineEndings("\n") };
        var diagnostic = new DiagnosticResult(Rule.Descriptors[0].Id, Rule.Descriptors[0].DefaultSeverity).WithMessage(message);
        test.ExpectedDiagnostics.Add(source.Contains("{|#0:", StringComparison.Ordinal) ? diagnostic.WithLocation(0) : diagnostic);
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Reports nothing.</summary>
    public static Task SilentAsync(string source, Setup? setup = null) => RunAsync(source.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal), null, null, setup);

    /// <summary>
    /// The fix makes <paramref name="after"/> of <paramref name="before"/>: one by one and in one Fix All, and the result compiles and is silent unless it is marked.
    /// </summary>
    /// <param name="title">The action, where the fix has several.</param>
    public static Task FixesAsync(string before, string after, string? title = null, Setup? setup = null) => RunAsync(before, after, title, setup);

    /// <summary>The rule reports, and its fix is not offered.</summary>
    /// <param name="title">The action that is not, where the fix has several.</param>
    public static Task NotFixableAsync(string source, Setup? setup = null, string? title = null) => RunAsync(source, source, title, setup);

    private static async Task RunAsync(string before, string? after, string? title, Setup? setup)
    {
        setup ??= new();
        var test = new Test(setup, fixes: after is not null) { TestCode = before.ReplaceLineEndings("\n") };
        if (after is not null)
        {
            // Marks in the fixed code stand for what is still reported there.
            test.FixedState.MarkupHandling = test.BatchFixedState.MarkupHandling = MarkupMode.Allow;
            test.FixedCode = after.ReplaceLineEndings("\n");
            test.CodeActionEquivalenceKey = title;
            test.NumberOfIncrementalIterations = setup.Iterations;
            test.NumberOfFixAllIterations = setup.FixAllIterations;
            // What Fix All leaves for a person is marked in setup.AfterFixAll.
            if (setup.AfterFixAll is { } batch)
            {
                test.BatchFixedCode = batch.ReplaceLineEndings("\n");
                test.NumberOfFixAllIterations = -2;
            }
        }
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Test : CSharpCodeFixTest<EmptyDiagnosticAnalyzer, EmptyCodeFixProvider, DefaultVerifier>
    {
        private readonly Setup _setup;

        public Test(Setup setup, bool fixes)
        {
            _setup = setup;
            var id = Rule.Descriptors[0].Id;
            ReferenceAssemblies = new ReferenceAssemblies("none");
            TestState.AdditionalReferences.AddRange(setup.References);
            DisabledDiagnostics.AddRange(Catalogued.All.Select(r => r.Descriptors[0].Id).Where(other => other != id).Distinct());
            TestState.OutputKind = setup.OutputKind;
            CompilerDiagnostics = setup.Compiles ? CompilerDiagnostics.Errors : CompilerDiagnostics.None;
            MarkupOptions = MarkupOptions.UseFirstDescriptor;
            CodeActionValidationMode = CodeActionValidationMode.None;
            // An entry in the fixed state alone would make the harness apply the fix and compare.
            foreach (var (name, content) in setup.OtherFiles)
            {
                TestState.Sources.Add((name, content));
                if (fixes) FixedState.Sources.Add((name, content));
            }
            foreach (var (name, content) in setup.AdditionalFiles)
            {
                TestState.AdditionalFiles.Add((name, content));
                if (fixes) FixedState.AdditionalFiles.Add((name, content));
            }
            if (setup.Options is { } options)
            {
                var config = ("/.globalconfig", "is_global = true\n" + options + "\n");
                TestState.AnalyzerConfigFiles.Add(config);
                if (fixes) FixedState.AnalyzerConfigFiles.Add(config);
            }
        }

        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => Catalogued.Analyzers;

        protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => Fixes.For(Rule.Descriptors[0].Id) is { } fix ? [fix] : [];

        protected override DiagnosticDescriptor? GetDefaultDiagnostic(DiagnosticAnalyzer[] analyzers) => Rule.Descriptors[0];

        protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(_setup.Language, DocumentationMode.Parse);

        protected override CompilationOptions CreateCompilationOptions() =>
            new CSharpCompilationOptions(_setup.OutputKind, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
    }
}

/// <summary>Under which conditions a piece of code is examined.</summary>
internal sealed record Setup
{
    public ImmutableArray<MetadataReference> References { get; init; } = Verification.References.Net10WithLibraries;

    public OutputKind OutputKind { get; init; } = OutputKind.DynamicallyLinkedLibrary;

    public LanguageVersion Language { get; init; } = LanguageVersion.CSharp12;

    /// <summary>Lines of a global configuration file, for example <c>websockets_analyzers.idle_timeout = 30s</c>.</summary>
    public string? Options { get; init; }

    /// <summary>False for half-typed code: the compiler's errors then do not count.</summary>
    public bool Compiles { get; init; } = true;

    public ImmutableArray<(string Name, string Content)> OtherFiles { get; init; } = [];

    /// <summary>Configuration files beside the code.</summary>
    public ImmutableArray<(string Name, string Content)> AdditionalFiles { get; init; } = [];

    /// <summary>How many single fixes it takes; null: as many as there are marks.</summary>
    public int? Iterations { get; init; }

    public int? FixAllIterations { get; init; }

    /// <summary>What Fix All makes of the code, where that is not what the single fixes make.</summary>
    public string? AfterFixAll { get; init; }

    /// <summary>A program with top-level statements.</summary>
    public static Setup Program { get; } = new() { OutputKind = OutputKind.ConsoleApplication };

    public static Setup Net8 { get; } = new() { References = Verification.References.Net8 };
}

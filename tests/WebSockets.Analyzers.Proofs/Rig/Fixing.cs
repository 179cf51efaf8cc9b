using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using WebSockets.Analyzers.CodeFixes.Core;

namespace WebSockets.Analyzers.Proofs.Rig;

/// <summary>Applies a rule's real code fix, as an editor does: analyzer, diagnostic, provider, code action, changed solution.</summary>
internal static class Fixing
{
    // More fixes than a page's example has diagnostics: a fix that leaves its diagnostic behind would go on for ever.
    private const int Most = 20;

    public static WebSocketsFix? Of(string id) =>
        (from type in typeof(WebSocketsFix).Assembly.GetTypes()
         where type.IsSubclassOf(typeof(WebSocketsFix)) && !type.IsAbstract
         select (WebSocketsFix)Activator.CreateInstance(type)!).SingleOrDefault(fix => fix.FixableDiagnosticIds.Contains(id));

    public static async Task<string> ApplyAsync(Code code, string id, WebSocketsFix fix, string equivalenceKey, bool all, CancellationToken cancellation)
    {
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(
                ProjectId.CreateNewId(), VersionStamp.Default, "Proven", "Proven", LanguageNames.CSharp,
                compilationOptions: code.CompilationOptions, parseOptions: Code.ParseOptions, metadataReferences: code.References))
            .AddAnalyzerConfigDocument(".globalconfig", SourceText.From(code.Scale.GlobalConfig()), filePath: "/.globalconfig").Project;
        foreach (var (name, content) in code.Beside) project = project.AddAdditionalDocument(name, content, filePath: "/" + name).Project;
        var document = project.AddDocument("Proven.cs", code.Text, filePath: "/Proven.cs");

        for (int count = 0; ; count++)
        {
            var diagnostics = await DiagnosticsAsync(document.Project, id, cancellation);
            if (diagnostics.IsEmpty)
            {
                Assert.True(count > 0, $"{id} reports nothing on the wrong code:\n{code.Text}");
                return (await document.GetTextAsync(cancellation)).ToString();
            }
            Assert.True(count < (all ? 1 : Most), $"{id} is still reported after its fix:\n{await document.GetTextAsync(cancellation)}");
            var action = all ? await FixAllAsync(document, fix, equivalenceKey, cancellation) : await FixAsync(document, diagnostics[0], fix, equivalenceKey, cancellation);
            var operation = (await action.GetOperationsAsync(cancellation)).OfType<ApplyChangesOperation>().Single();
            document = operation.ChangedSolution.GetDocument(document.Id)!;
        }
    }

    private static async Task<CodeAction> FixAsync(Document document, Diagnostic diagnostic, WebSocketsFix fix, string equivalenceKey, CancellationToken cancellation)
    {
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new(document, diagnostic, (action, _) => actions.Add(action), cancellation));
        return actions.SingleOrDefault(a => a.EquivalenceKey == equivalenceKey)
            ?? throw new InvalidOperationException($"'{equivalenceKey}' is not offered for {diagnostic}; offered are: {string.Join(", ", actions.Select(a => a.Title))}");
    }

    private static async Task<CodeAction> FixAllAsync(Document document, WebSocketsFix fix, string equivalenceKey, CancellationToken cancellation) =>
        await fix.GetFixAllProvider().GetFixAsync(new(document, fix, FixAllScope.Project, equivalenceKey, fix.FixableDiagnosticIds, new Provider(), cancellation))
            ?? throw new InvalidOperationException($"'{equivalenceKey}' has no Fix All.");

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Project project, string id, CancellationToken cancellation)
    {
        var compilation = (await project.GetCompilationAsync(cancellation))!.WithAnalyzers(Catalogued.Analyzers, project.AnalyzerOptions);
        var diagnostics = await compilation.GetAnalyzerDiagnosticsAsync(cancellation);
        // AD0001: a rule crashed, and what it did not say proves nothing.
        Assert.DoesNotContain(diagnostics, d => d.Id == "AD0001");
        return diagnostics.Where(d => d.Id == id).ToImmutableArray();
    }

    private sealed class Provider : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await project.GetCompilationAsync(cancellationToken))!.WithAnalyzers(Catalogued.Analyzers, project.AnalyzerOptions) is { } compilation
                ? await compilation.GetAnalyzerDiagnosticsAsync(cancellationToken)
                : [];

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => GetAllDiagnosticsAsync(document.Project, cancellationToken);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <summary>
/// Fix All with the code of the single fix: one diagnostic after the other, from the end of each document to its start, each on the document that the one before left.
/// A fix that inserts a type or rewrites a loop therefore sees what is there already, which merging independent changes cannot give.
/// </summary>
internal sealed class OrderedFixAllProvider : FixAllProvider
{
    public static readonly OrderedFixAllProvider Instance = new();

    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
    {
        if (context.CodeFixProvider is not WebSocketsFix fix) return null;
        // "dotnet format" asks with no key where the first diagnostic of the analyzer is another rule's, or one for which the fix is not offered: it means the first action.
        var key = context.CodeActionEquivalenceKey ?? fix.Actions[0].EquivalenceKey;
        if (fix.Actions.FirstOrDefault(a => a.EquivalenceKey == key) is not { } action) return null;
        var diagnostics = await DiagnosticsAsync(context).ConfigureAwait(false);
        if (diagnostics.IsEmpty) return null;
        return CodeAction.Create(action.Title, cancellation => FixAsync(context.Solution, diagnostics, action, cancellation), action.EquivalenceKey);
    }

    private static async Task<ImmutableArray<(DocumentId Document, Diagnostic Diagnostic)>> DiagnosticsAsync(FixAllContext context)
    {
        var found = new List<(DocumentId, Diagnostic)>();
        var projects = context.Scope switch
        {
            FixAllScope.Solution => context.Solution.Projects,
            _ => [context.Project],
        };
        foreach (var project in projects)
        {
            var diagnostics = context.Scope == FixAllScope.Document && context.Document is { } document
                ? await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                : await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            foreach (var diagnostic in diagnostics)
                if (diagnostic.Location.SourceTree is { } tree && project.GetDocumentId(tree) is { } id && (context.Scope != FixAllScope.Document || id == context.Document?.Id))
                    found.Add((id, diagnostic));
        }
        return found.ToImmutableArray();
    }

    private static async Task<Solution> FixAsync(Solution solution, ImmutableArray<(DocumentId Document, Diagnostic Diagnostic)> diagnostics, FixAction action, CancellationToken cancellation)
    {
        // A file that several projects share is fixed once; its other appearances take the result.
        var done = new HashSet<DocumentId>();
        foreach (var group in diagnostics.GroupBy(d => d.Document))
        {
            if (done.Contains(group.Key) || solution.GetDocument(group.Key) is not { } document) continue;
            var linked = document.GetLinkedDocumentIds();
            document = await FixDocumentAsync(document, group.Select(d => d.Diagnostic), action, cancellation).ConfigureAwait(false);
            solution = document.Project.Solution;
            done.Add(group.Key);
            foreach (var id in linked)
            {
                solution = solution.WithDocumentText(id, await document.GetTextAsync(cancellation).ConfigureAwait(false));
                done.Add(id);
            }
        }
        return solution;
    }

    private static async Task<Document> FixDocumentAsync(Document document, IEnumerable<Diagnostic> diagnostics, FixAction action, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root) return document;
        var marks = new List<(SyntaxAnnotation Mark, Diagnostic Diagnostic)>();
        foreach (var diagnostic in diagnostics.GroupBy(d => d.Location.SourceSpan).Select(g => g.First()).OrderByDescending(d => d.Location.SourceSpan.Start))
            marks.Add((new SyntaxAnnotation(), diagnostic));
        var nodes = marks.Select(m => (m.Mark, Node: WebSocketsFix.NodeOf(root, m.Diagnostic))).Where(n => n.Node is not null).ToLookup(n => n.Node!, n => n.Mark);
        document = document.WithSyntaxRoot(root.ReplaceNodes(nodes.Select(n => n.Key), (original, current) => current.WithAdditionalAnnotations(nodes[original])));

        foreach (var (mark, diagnostic) in marks)
        {
            cancellation.ThrowIfCancellationRequested();
            var target = await FixTarget.AtAsync(document, r => r.GetAnnotatedNodes(mark).FirstOrDefault(), diagnostic, cancellation).ConfigureAwait(false);
            if (target is null || !action.IsForFixAll(target)) continue;
            document = await WebSocketsFix.ApplyAsync(action, target).ConfigureAwait(false) ?? document;
        }
        return document;
    }
}

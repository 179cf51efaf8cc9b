using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <summary>
/// A rule's fix: one or more actions. An action is offered only when it can be applied and the result has no compiler error that the code did not have before.
/// </summary>
public abstract class WebSocketsFix : CodeFixProvider
{
    private protected WebSocketsFix(string id, params FixAction[] actions)
    {
        FixableDiagnosticIds = ImmutableArray.Create(id);
        Actions = actions.ToImmutableArray();
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    internal ImmutableArray<FixAction> Actions { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => OrderedFixAllProvider.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        // "dotnet format" hands over the analyzer's first diagnostic, whichever rule's it is.
        foreach (var diagnostic in context.Diagnostics.Where(d => FixableDiagnosticIds.Contains(d.Id)))
        {
            if (await FixTarget.AtAsync(context.Document, root => NodeOf(root, diagnostic), diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } target) continue;
            foreach (var action in Actions)
            {
                if (await ApplyAsync(action, target).ConfigureAwait(false) is not { } changed) continue;
                context.RegisterCodeFix(CodeAction.Create(action.Title, _ => Task.FromResult(changed), action.EquivalenceKey), diagnostic);
            }
        }
    }

    internal static SyntaxNode? NodeOf(SyntaxNode root, Diagnostic diagnostic) =>
        root.FullSpan.Contains(diagnostic.Location.SourceSpan) ? root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) : null;

    /// <summary>The fixed document, or null where the action does not apply or would break the build.</summary>
    internal static async Task<Document?> ApplyAsync(FixAction action, FixTarget target)
    {
        if (await action.ApplyAsync(target).ConfigureAwait(false) is not { } changed) return null;
        changed = await Simplifier.ReduceAsync(changed, Simplifier.Annotation, cancellationToken: target.Cancellation).ConfigureAwait(false);
        changed = await Formatter.FormatAsync(changed, Formatter.Annotation, cancellationToken: target.Cancellation).ConfigureAwait(false);
        var before = await ErrorsAsync(target.Document, target.Cancellation).ConfigureAwait(false);
        var after = await ErrorsAsync(changed, target.Cancellation).ConfigureAwait(false);
        return after <= before ? changed : null;
    }

    private static async Task<int> ErrorsAsync(Document document, CancellationToken cancellation) =>
        await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is { } model
            ? model.GetDiagnostics(cancellationToken: cancellation).Count(d => d.Severity == DiagnosticSeverity.Error)
            : 0;
}

using Microsoft.CodeAnalysis;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <summary>One way to fix a diagnostic.</summary>
/// <param name="title">What the menu shows; a constant that begins with the id.</param>
internal abstract class FixAction(string title)
{
    public string Title { get; } = title;

    /// <summary>Tells the actions of one rule apart for Fix All; the title serves, as it never varies.</summary>
    public string EquivalenceKey => Title;

    /// <summary>May Fix All apply it to this diagnostic, or must somebody decide?</summary>
    public virtual bool IsForFixAll(FixTarget target) => true;

    /// <summary>The fixed document; null when the fix would not be right here, which is then not offered.</summary>
    public abstract Task<Document?> ApplyAsync(FixTarget target);
}

/// <summary>What a fix is to change.</summary>
/// <param name="Document">The document as it is now: in Fix All, with the fixes before this one applied.</param>
/// <param name="Root">The root of the document.</param>
/// <param name="Model">The semantic model of the document.</param>
/// <param name="Node">The node at which the diagnostic stands.</param>
/// <param name="Diagnostic">The diagnostic, for its facts; its location is that of the document before Fix All began.</param>
/// <param name="Cancellation">Ends the work.</param>
internal sealed record FixTarget(Document Document, SyntaxNode Root, SemanticModel Model, SyntaxNode Node, Diagnostic Diagnostic, CancellationToken Cancellation)
{
    public static async Task<FixTarget?> AtAsync(Document document, Func<SyntaxNode, SyntaxNode?> find, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || find(root) is not { } node
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model)
        {
            return null;
        }
        return new(document, root, model, node, diagnostic, cancellation);
    }

    /// <summary>The document with one node replaced.</summary>
    public Document Replace(SyntaxNode old, SyntaxNode @new) => Document.WithSyntaxRoot(Root.ReplaceNode(old, @new));
}

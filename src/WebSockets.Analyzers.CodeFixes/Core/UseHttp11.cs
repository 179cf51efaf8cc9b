using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <summary>Assigns HTTP/1.1 in the place of the version that stands there.</summary>
internal sealed class UseHttp11(string title) : FixAction(title)
{
    public override Task<Document?> ApplyAsync(FixTarget target) => Task.FromResult(
        target.Node is AssignmentExpressionSyntax assignment
            ? target.Replace(assignment.Right, Code.Expression("global::System.Net.HttpVersion.Version11").WithTriviaFrom(assignment.Right))
            : null);
}

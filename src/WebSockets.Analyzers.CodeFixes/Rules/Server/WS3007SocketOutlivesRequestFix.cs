using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.CodeFixes.Rules.Server;

/// <summary>Awaits the call that gets the socket, or gives an async void action a task.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS3007SocketOutlivesRequestFix))]
public sealed class WS3007SocketOutlivesRequestFix() : WebSocketsFix(WS3007SocketOutlivesRequest.Id, new Await())
{
    internal const string AwaitUse = "WS3007: Wait until the socket is done";

    private sealed class Await() : FixAction(AwaitUse)
    {
        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            if (target.Node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } returned } method && method.Modifiers.Any(SyntaxKind.AsyncKeyword))
                return Task.FromResult<Document?>(target.Replace(returned, Code.Ready(SyntaxFactory.ParseTypeName("global::System.Threading.Tasks.Task")).WithTriviaFrom(returned)));
            if (target.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call || call.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { } statement) return Task.FromResult<Document?>(null);
            ExpressionSyntax? whole = statement.Expression switch
            {
                InvocationExpressionSyntax alone when alone == call => alone,
                AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Right: var right } when right == call => statement.Expression,
                _ => null,
            };
            // A call that starts nothing and stores the socket has nothing to await.
            if (whole is null || target.Model.GetTypeInfo(call, target.Cancellation).Type is not { Name: "Task" or "ValueTask" }) return Task.FromResult<Document?>(null);
            var awaited = SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), call.WithoutTrivia()).WithTriviaFrom(whole);
            return Task.FromResult<Document?>(target.Replace(whole, awaited));
        }
    }
}

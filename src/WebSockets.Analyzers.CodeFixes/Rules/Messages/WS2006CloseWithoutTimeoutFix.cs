using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.CodeFixes.Rules.Messages;

/// <summary>Bounds the close, and aborts the socket when the other end does not answer in time.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS2006CloseWithoutTimeoutFix))]
public sealed class WS2006CloseWithoutTimeoutFix() : WebSocketsFix(WS2006CloseWithoutTimeout.Id, new Bound())
{
    internal const string FixTitle = "WS2006: Wait no longer than five seconds";

    private sealed class Bound() : FixAction(FixTitle)
    {
        private const string Source = "new global::System.Threading.CancellationTokenSource(global::System.TimeSpan.FromSeconds(5))";

        public override Task<Document?> ApplyAsync(FixTarget target) => Task.FromResult(Fix(target));

        private static Document? Fix(FixTarget target)
        {
            if (target.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { ArgumentList.Arguments: [.., var token] } close) return null;
            ExpressionSyntax value = close;
            while (value.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax next }) value = next;
            if (value.Parent is AwaitExpressionSyntax { Parent: ExpressionStatementSyntax statement } && Socket(close) is { } socket) return InTry(target, close, token, statement, socket);
            // Whoever waits for the task gets the exception of the cancellation.
            return target.Replace(token.Expression, Code.Expression(Source + ".Token").WithTriviaFrom(token.Expression));
        }

        private static Document? InTry(FixTarget target, InvocationExpressionSyntax close, ArgumentSyntax token, ExpressionStatementSyntax statement, string socket)
        {
            var indentation = Layout.IndentationOf(statement);
            var lineEnd = Layout.LineEnd(target.Root);
            var name = Code.FreeName("closeTimeout", ReceiveCode.Function(statement));
            var bounded = statement.ReplaceNode(token.Expression, SyntaxFactory.ParseExpression(name + ".Token").WithTriviaFrom(token.Expression));
            bool embedded = statement.Parent is not (BlockSyntax or GlobalStatementSyntax or SwitchSectionSyntax);
            // An embedded statement becomes a block of its own.
            var outer = embedded ? Layout.IndentationOf(statement.Parent!) : indentation;
            var inside = embedded ? outer + Layout.Unit : indentation;
            var text = bounded.WithoutTrivia().ToString().Replace("\r", "").Replace("\n" + indentation, "\n" + Layout.Unit);
            bool old = ((CSharpParseOptions)target.Root.SyntaxTree.Options).LanguageVersion < LanguageVersion.CSharp8;
            var code = $"try\n{{\n    {text}\n}}\ncatch (global::System.OperationCanceledException)\n{{\n    {socket}.Abort();\n}}";
            var declaration = $"using var {name} = {Source};\n";
            var whole = old ? $"using (var {name} = {Source})\n{{\n    {code.Replace("\n", "\n    ")}\n}}" : declaration + code;
            if (embedded) whole = "{\n    " + whole.Replace("\n", "\n    ") + "\n}";
            var statements = Layout.Statements(whole, embedded ? outer : inside, lineEnd).ToList();
            if (embedded)
            {
                bool sameLine = !statement.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
                if (sameLine) return null;
                return target.Replace(statement, statements[0].WithTrailingTrivia(statement.GetTrailingTrivia()));
            }
            statements[0] = statements[0].WithLeadingTrivia(statement.GetLeadingTrivia());
            statements[statements.Count - 1] = statements[statements.Count - 1].WithTrailingTrivia(statement.GetTrailingTrivia());
            return statement.Parent switch
            {
                GlobalStatementSyntax global => target.Document.WithSyntaxRoot(target.Root.ReplaceNode(global, statements.Select(SyntaxFactory.GlobalStatement))),
                // A switch section is no scope for "using var".
                SwitchSectionSyntax => null,
                _ => target.Document.WithSyntaxRoot(target.Root.ReplaceNode(statement, statements)),
            };
        }

        private static string? Socket(InvocationExpressionSyntax close) => close.Expression is MemberAccessExpressionSyntax { Expression: var receiver } && receiver.DescendantNodesAndSelf().All(n => n is IdentifierNameSyntax or ThisExpressionSyntax or MemberAccessExpressionSyntax or PostfixUnaryExpressionSyntax)
            ? receiver.ToString() : null;
    }
}

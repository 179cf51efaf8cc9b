using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.CodeFixes.Rules.Messages;

/// <summary>Answers the close handshake and leaves.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS2003CloseIgnoredFix))]
public sealed class WS2003CloseIgnoredFix() : WebSocketsFix(WS2003CloseIgnored.Id, new Answer())
{
    internal const string FixTitle = "WS2003: Answer the close and leave";

    private sealed class Answer() : FixAction(FixTitle)
    {
        public override Task<Document?> ApplyAsync(FixTarget target) => Task.FromResult(Fix(target));

        private static Document? Fix(FixTarget target)
        {
            if (ReceiveCode.At(target.Node) is not { Socket: { } socket } receive) return null;
            // The parts of one message are read to their end first: a close frame ends such a loop.
            var behind = receive.Statement.Ancestors().OfType<DoStatementSyntax>().FirstOrDefault(d => d.Condition.ToString().Contains("EndOfMessage") && d.Statement == receive.Statement.Parent) as StatementSyntax ?? receive.Statement;
            if (behind != receive.Statement && receive.Declares || Container(behind) is null || Leave(behind, target) is not { } leave) return null;
            var name = receive.NameOr("result");
            var call = CloseCall(target, receive) is { } method
                ? $"    await {socket}.{method}(global::System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, {receive.Token}){Configured(receive)};\n"
                : "";
            var text = $"if ({name}.MessageType == global::System.Net.WebSockets.WebSocketMessageType.Close)\n{{\n{call}    {leave}\n}}";
            var answer = Layout.Statements(text, Layout.IndentationOf(behind), Layout.LineEnd(target.Root));
            var root = target.Root.TrackNodes<SyntaxNode>(receive.Statement, behind);
            if (receive.Result is null) root = root.ReplaceNode(root.GetCurrentNode<SyntaxNode>(receive.Statement)!, behind == receive.Statement ? Tracked(receive.Named(name), root.GetCurrentNode<SyntaxNode>(receive.Statement)!) : receive.Named(name));
            var current = root.GetCurrentNode<SyntaxNode>(behind) ?? root.DescendantNodes().First(n => n.HasAnnotation(Mark));
            root = current.Parent is GlobalStatementSyntax global
                ? root.InsertNodesAfter(global, answer.Select(SyntaxFactory.GlobalStatement))
                : root.InsertNodesAfter(current, answer);
            return target.Document.WithSyntaxRoot(root);
        }

        private static readonly SyntaxAnnotation Mark = new();

        private static StatementSyntax Tracked(StatementSyntax statement, SyntaxNode _) => statement.WithAdditionalAnnotations(Mark);

        private static SyntaxNode? Container(StatementSyntax statement) => statement.Parent is BlockSyntax or GlobalStatementSyntax ? statement.Parent : null;

        private static string Configured(ReceiveCode receive) => receive.Await.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } } configured ? ".ConfigureAwait" + configured.ArgumentList : "";

        /// <summary>A wrapper may have no such method.</summary>
        private static string? CloseCall(FixTarget target, ReceiveCode receive)
        {
            if (target.Model.GetTypeInfo(((MemberAccessExpressionSyntax)receive.Call.Expression).Expression, target.Cancellation).Type is not { } type) return null;
            return new[] { "CloseOutputAsync", "CloseAsync" }.FirstOrDefault(name => target.Model.LookupSymbols(receive.Call.SpanStart, type, name).OfType<IMethodSymbol>().Any(m => m.Parameters.Length == 3));
        }

        /// <summary>How to leave from there: the loop, or the method.</summary>
        private static string? Leave(StatementSyntax statement, FixTarget target)
        {
            foreach (var ancestor in statement.Ancestors())
            {
                switch (ancestor)
                {
                    case WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax:
                        return "break;";
                    case SwitchStatementSyntax:
                        return null;
                    case AnonymousFunctionExpressionSyntax lambda:
                        return target.Model.GetSymbolInfo(lambda, target.Cancellation).Symbol is IMethodSymbol f ? Return(f) : null;
                    case LocalFunctionStatementSyntax or MethodDeclarationSyntax:
                        return target.Model.GetDeclaredSymbol(ancestor, target.Cancellation) is IMethodSymbol m ? Return(m) : null;
                    case CompilationUnitSyntax:
                        return "return;";
                }
            }
            return null;
        }

        // Who waits for a message and gets none learns it by an exception.
        private static string Return(IMethodSymbol method) => method.ReturnsVoid || method.ReturnType is INamedTypeSymbol { Arity: 0, Name: "Task" or "ValueTask" }
            ? "return;"
            : "throw new global::System.Net.WebSockets.WebSocketException(global::System.Net.WebSockets.WebSocketError.ConnectionClosedPrematurely);";
    }
}

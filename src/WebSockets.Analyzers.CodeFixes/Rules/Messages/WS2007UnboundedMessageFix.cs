using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.CodeFixes.Rules.Messages;

/// <summary>Refuses a message that is longer than a limit.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS2007UnboundedMessageFix))]
public sealed class WS2007UnboundedMessageFix() : WebSocketsFix(WS2007UnboundedMessage.Id, new Limit())
{
    internal const string FixTitle = "WS2007: Refuse messages of more than a megabyte";

    private sealed class Limit() : FixAction(FixTitle)
    {
        public override Task<Document?> ApplyAsync(FixTarget target) => Task.FromResult(Fix(target));

        /// <summary>Where a stream or builder grows directly behind the receive, in the loop that ends with the message.</summary>
        private static Document? Fix(FixTarget target)
        {
            if (ReceiveCode.At(target.Node) is not { Socket: { } socket } receive || receive.Statement.Parent is not BlockSyntax block || block.Parent is not (DoStatementSyntax or WhileStatementSyntax)
                || block.Statements.Skip(block.Statements.IndexOf(receive.Statement) + 1).OfType<ExpressionStatementSyntax>().FirstOrDefault(s => Collected(s, target) is not null) is not { } collect
                || Collected(collect, target) is not { } collected) return null;
            var loop = (StatementSyntax)block.Parent;
            if (loop.Parent is not BlockSyntax) return null;
            var function = ReceiveCode.Function(loop);
            var name = Code.FreeName("maxMessageSize", function);
            var lineEnd = Layout.LineEnd(target.Root);
            var limit = Layout.Statements($"const int {name} = 1024 * 1024;", Layout.IndentationOf(loop), lineEnd)[0];
            var refuse = Layout.Statements(
                $"if ({collected}.Length > {name})\n{{\n    await {socket}.CloseOutputAsync(global::System.Net.WebSockets.WebSocketCloseStatus.MessageTooBig, null, {receive.Token});\n    throw new global::System.IO.InvalidDataException($\"The message is longer than {{{name}}} bytes.\");\n}}",
                Layout.IndentationOf(collect), lineEnd);
            var root = target.Root.TrackNodes<SyntaxNode>(loop, collect);
            root = root.InsertNodesAfter(root.GetCurrentNode<SyntaxNode>(collect)!, refuse);
            var current = (StatementSyntax)root.GetCurrentNode<SyntaxNode>(loop)!;
            var (blank, own) = Layout.SplitBlankLines(current.GetLeadingTrivia());
            return target.Document.WithSyntaxRoot(root.ReplaceNode(current, [limit.WithLeadingTrivia(blank.AddRange(limit.GetLeadingTrivia())), current.WithLeadingTrivia(own)]));
        }

        private static string? Collected(ExpressionStatementSyntax statement, FixTarget target)
        {
            var expression = (statement.Expression as AwaitExpressionSyntax)?.Expression ?? statement.Expression;
            return expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Write" or "WriteAsync" or "Append", Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } } access }
                && target.Model.GetTypeInfo(access.Expression, target.Cancellation).Type?.Name is "MemoryStream" or "StringBuilder" or "RecyclableMemoryStream" ? ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)expression).Expression).Expression.ToString() : null;
        }
    }
}

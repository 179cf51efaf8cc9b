using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.CodeFixes.Rules.Messages;

/// <summary>Closes at the end of the scope.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS2013DisposeWithoutCloseFix))]
public sealed class WS2013DisposeWithoutCloseFix() : WebSocketsFix(WS2013DisposeWithoutClose.Id, new Close())
{
    internal const string FixTitle = "WS2013: Close when the work is done";

    private sealed class Close() : FixAction(FixTitle)
    {
        public override Task<Document?> ApplyAsync(FixTarget target) => Task.FromResult(Fix(target));

        private static Document? Fix(FixTarget target)
        {
            if (target.Node.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is not { Parent.Parent: var owner } declarator) return null;
            var block = owner is UsingStatementSyntax { Statement: BlockSyntax inner } ? inner : owner is LocalDeclarationStatementSyntax { Parent: BlockSyntax around } ? around : null;
            if (block is null || block.Statements.Count == 0) return null;
            var last = block.Statements.Last();
            // "return value;" stays the last one.
            bool returns = last is ReturnStatementSyntax;
            if (last is ThrowStatementSyntax or WhileStatementSyntax { Condition: LiteralExpressionSyntax } || block.Statements.Count < 2
                || returns && last.DescendantNodes().Any(n => n is IdentifierNameSyntax name && name.Identifier.ValueText == declarator.Identifier.ValueText)) return null;
            var close = Layout.Statements(
                $"await {declarator.Identifier.ValueText}.CloseOutputAsync(global::System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, global::System.Threading.CancellationToken.None);",
                Layout.IndentationOf(last), Layout.LineEnd(target.Root));
            var statements = returns ? block.Statements.InsertRange(block.Statements.Count - 1, close) : block.Statements.AddRange(close);
            return target.Replace(block, block.WithStatements(statements));
        }
    }
}

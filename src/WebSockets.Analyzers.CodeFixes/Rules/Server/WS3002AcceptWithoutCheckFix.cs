using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.CodeFixes.Rules.Server;

/// <summary>Inserts a check that refuses plain requests, or the way out that a check before the accept lacks.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS3002AcceptWithoutCheckFix))]
public sealed class WS3002AcceptWithoutCheckFix() : WebSocketsFix(WS3002AcceptWithoutCheck.Id, new Refuse(), new RefuseWith426())
{
    internal const string RefusePlain = "WS3002: Refuse plain requests";
    internal const string RequireUpgrade = "WS3002: Refuse plain requests with 426 Upgrade Required";

    private sealed class Refuse() : FixAction(RefusePlain)
    {
        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            if (Accept(target) is not { Expression: MemberAccessExpressionSyntax member } accept || Refusal.For(member, target.Model, target.Cancellation) is not { } refusal) return Task.FromResult<Document?>(null);
            return Task.FromResult(OpenRefusal(accept) is { } open ? Leave(target, open, refusal) : Check(target, accept, refusal, refusal.BadRequest));
        }
    }

    private sealed class RefuseWith426() : FixAction(RequireUpgrade)
    {
        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            if (Accept(target) is not { Expression: MemberAccessExpressionSyntax member } accept || Refusal.For(member, target.Model, target.Cancellation) is not { } refusal || OpenRefusal(accept) is not null) return Task.FromResult<Document?>(null);
            return Task.FromResult(Check(target, accept, refusal, refusal.UpgradeRequired(target.Model)));
        }
    }

    private static InvocationExpressionSyntax? Accept(FixTarget target) => target.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>();

    private static Document? Check(FixTarget target, InvocationExpressionSyntax accept, Refusal refusal, string answer)
    {
        var text = $"if (!{refusal.Check})\n{{\n{string.Join("\n", answer.Split('\n').Select(l => Layout.Unit + l))}\n}}";
        return Insert.Before(target.Root, accept, text) is { } root ? target.Document.WithSyntaxRoot(root) : null;
    }

    /// <summary>A check right in front that answers and goes on.</summary>
    private static IfStatementSyntax? OpenRefusal(InvocationExpressionSyntax accept)
    {
        if (accept.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax block } statement) return null;
        return block.Statements.TakeWhile(s => s != statement).OfType<IfStatementSyntax>().LastOrDefault(s =>
            s.Else is null && s.Condition is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsWebSocketRequest" } });
    }

    private static Document? Leave(FixTarget target, IfStatementSyntax check, Refusal refusal)
    {
        var lineEnd = Layout.LineEnd(target.Root);
        var indentation = Layout.IndentationOf(check);
        var leave = Layout.Statements(refusal.Leave, indentation + Layout.Unit, lineEnd);
        if (check.Statement is BlockSyntax block) return target.Replace(block, block.AddStatements([.. leave]));
        var open = SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithLeadingTrivia(SyntaxFactory.Whitespace(indentation)).WithTrailingTrivia(SyntaxFactory.EndOfLine(lineEnd));
        var close = SyntaxFactory.Token(SyntaxKind.CloseBraceToken).WithLeadingTrivia(SyntaxFactory.Whitespace(indentation)).WithTrailingTrivia(SyntaxFactory.EndOfLine(lineEnd));
        var wrapped = SyntaxFactory.Block(open, SyntaxFactory.List(leave.Prepend(check.Statement)), close);
        return target.Replace(check, Code.Ready(check.WithStatement(wrapped)));
    }
}

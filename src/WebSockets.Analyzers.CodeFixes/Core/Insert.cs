using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <summary>Puts statements before others, where the code has a place for them.</summary>
internal static class Insert
{
    /// <summary>
    /// The root with the statements, and a blank line behind them, before the statement that holds the node; the body of a lambda or method that is one expression becomes a block.
    /// Null where the statement has no block round it. Of the text, the lines are separated by <c>\n</c>.
    /// </summary>
    public static SyntaxNode? Before(SyntaxNode root, SyntaxNode node, string text, bool blankLine = true)
    {
        var lineEnd = Layout.LineEnd(root);
        for (var current = node; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case StatementSyntax { Parent: BlockSyntax block } statement:
                    return root.ReplaceNode(block, block.WithStatements(Between(block.Statements, statement, text, lineEnd, blankLine)));
                case StatementSyntax { Parent: SwitchSectionSyntax section } statement:
                    return root.ReplaceNode(section, section.WithStatements(Between(section.Statements, statement, text, lineEnd, blankLine)));
                case StatementSyntax { Parent: GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } global } statement:
                    var (inserted, rest) = Parts(statement, text, lineEnd, blankLine);
                    var members = unit.Members.Replace(global, global.WithStatement(rest));
                    return unit.WithMembers(members.InsertRange(unit.Members.IndexOf(global), inserted.Select(SyntaxFactory.GlobalStatement)));
                case StatementSyntax:
                    return null;
                case LambdaExpressionSyntax { ExpressionBody: { } body } lambda when IsStatement(body):
                    var indentation = Layout.IndentationOf(lambda);
                    return root.ReplaceNode(lambda, lambda.WithArrowToken(lambda.ArrowToken.WithTrailingTrivia()).WithExpressionBody(null).WithBlock(Block(body, text, indentation, lineEnd, blankLine)));
                case MethodDeclarationSyntax { ExpressionBody.Expression: var body } method when IsStatement(body):
                    var ended = method.WithParameterList(method.ParameterList.WithTrailingTrivia(SyntaxFactory.EndOfLine(lineEnd)));
                    return root.ReplaceNode(method, ended.WithExpressionBody(null).WithSemicolonToken(default)
                        .WithBody(Block(body, text, Layout.IndentationOf(method), lineEnd, blankLine).WithLeadingTrivia(SyntaxFactory.Whitespace(Layout.IndentationOf(method))).WithTrailingTrivia(method.SemicolonToken.TrailingTrivia)));
                case AnonymousFunctionExpressionSyntax or ArrowExpressionClauseSyntax { Parent: not MethodDeclarationSyntax } or MemberDeclarationSyntax:
                    return null;
            }
        }
        return null;
    }

    private static bool IsStatement(ExpressionSyntax body) => body is AwaitExpressionSyntax or InvocationExpressionSyntax or AssignmentExpressionSyntax;

    private static BlockSyntax Block(ExpressionSyntax body, string text, string indentation, string lineEnd, bool blankLine)
    {
        var inner = indentation + Layout.Unit;
        var lines = text.Split('\n').Select(l => l.Length == 0 ? l : inner + l);
        var own = body.WithoutTrivia().ToFullString();
        var block = (BlockSyntax)SyntaxFactory.ParseStatement(
            "{" + lineEnd + string.Join(lineEnd, lines) + lineEnd + (blankLine ? lineEnd : "") + inner + own + ";" + lineEnd + indentation + "}");
        return Code.Simplifiable(block).WithLeadingTrivia(SyntaxFactory.EndOfLine(lineEnd), SyntaxFactory.Whitespace(indentation));
    }

    private static SyntaxList<StatementSyntax> Between(SyntaxList<StatementSyntax> statements, StatementSyntax statement, string text, string lineEnd, bool blankLine)
    {
        var (inserted, rest) = Parts(statement, text, lineEnd, blankLine);
        int index = statements.IndexOf(statement);
        return statements.Replace(statement, rest).InsertRange(index, inserted);
    }

    private static (IReadOnlyList<StatementSyntax> Inserted, StatementSyntax Statement) Parts(StatementSyntax statement, string text, string lineEnd, bool blankLine)
    {
        var inserted = Layout.Statements(text, Layout.IndentationOf(statement), lineEnd).ToList();
        // On one line with its braces: the formatter lays it out.
        if (!IsFirstOnLine(statement)) return ([.. inserted.Select(Code.Ready)], Code.Ready(statement));
        var (blank, others) = Layout.SplitBlankLines(statement.GetLeadingTrivia());
        inserted[0] = inserted[0].WithLeadingTrivia(blank.AddRange(inserted[0].GetLeadingTrivia()));
        return (inserted, statement.WithLeadingTrivia(blankLine ? others.Insert(0, SyntaxFactory.EndOfLine(lineEnd)) : others));
    }

    private static bool IsFirstOnLine(SyntaxNode node)
    {
        var line = node.SyntaxTree.GetText().Lines.GetLineFromPosition(node.SpanStart);
        return string.IsNullOrWhiteSpace(line.ToString().Substring(0, node.SpanStart - line.Start));
    }
}

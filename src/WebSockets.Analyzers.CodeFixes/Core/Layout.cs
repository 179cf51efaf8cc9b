using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <summary>Moving statements without touching how they are written: every line is shifted, nothing is reformatted.</summary>
internal static class Layout
{
    public const string Unit = "    ";

    /// <summary>The white space before the first token of the node's line.</summary>
    public static string IndentationOf(SyntaxNode node)
    {
        var line = node.SyntaxTree.GetText().Lines.GetLineFromPosition(node.SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    public static string LineEnd(SyntaxNode root)
    {
        var text = root.SyntaxTree.GetText();
        return text.Lines.Count > 1 && text.Lines[0].EndIncludingLineBreak - text.Lines[0].End == 2 ? "\r\n" : "\n";
    }

    /// <summary>Shifts every line of the node to the right. Text inside string literals and comments of several lines stays.</summary>
    public static T Shift<T>(T node, string by)
        where T : SyntaxNode => (T)new Shifter(by).Visit(node);

    private sealed class Shifter(string by) : CSharpSyntaxRewriter(visitIntoStructuredTrivia: false)
    {
        private bool _atLineStart = true;

        public override SyntaxToken VisitToken(SyntaxToken token)
        {
            // Optional tokens that are not there are visited as well.
            if (token.IsKind(SyntaxKind.None) || token.IsMissing) return token;
            var leading = Trivia(token.LeadingTrivia, isLeading: true);
            _atLineStart = false;
            var trailing = Trivia(token.TrailingTrivia, isLeading: false);
            return token.WithLeadingTrivia(leading).WithTrailingTrivia(trailing);
        }

        private SyntaxTriviaList Trivia(SyntaxTriviaList list, bool isLeading)
        {
            var result = new List<SyntaxTrivia>();
            foreach (var trivia in list)
            {
                if (trivia.IsKind(SyntaxKind.EndOfLineTrivia))
                {
                    result.Add(trivia);
                    _atLineStart = true;
                }
                else if (_atLineStart && trivia.IsKind(SyntaxKind.WhitespaceTrivia))
                {
                    result.Add(SyntaxFactory.Whitespace(trivia.ToString() + by));
                    _atLineStart = false;
                }
                else
                {
                    if (_atLineStart && !trivia.IsDirective) result.Add(SyntaxFactory.Whitespace(by));
                    result.Add(trivia);
                    // Directives and documentation comments bring their own line end.
                    _atLineStart = trivia.HasStructure;
                }
            }
            if (isLeading && _atLineStart) result.Add(SyntaxFactory.Whitespace(by));
            return SyntaxFactory.TriviaList(result);
        }
    }

    /// <summary>
    /// Statements from text. Lines are separated by <c>\n</c> and indented relative to the first; the last one ends with a line end. Qualified names are left to the simplifier.
    /// </summary>
    public static IReadOnlyList<StatementSyntax> Statements(string text, string indentation, string lineEnd)
    {
        var lines = text.Split('\n').Select(l => l.Length == 0 ? l : indentation + l);
        var block = (BlockSyntax)SyntaxFactory.ParseStatement("{" + lineEnd + string.Join(lineEnd, lines) + lineEnd + "}");
        return block.Statements.Select(Code.Simplifiable).ToList();
    }

    /// <summary>The leading trivia without blank lines at its start.</summary>
    public static (SyntaxTriviaList BlankLines, SyntaxTriviaList Others) SplitBlankLines(SyntaxTriviaList leading)
    {
        int cut = 0;
        for (int i = 0; i < leading.Count; i++)
        {
            if (leading[i].IsKind(SyntaxKind.EndOfLineTrivia)) cut = i + 1;
            else if (!leading[i].IsKind(SyntaxKind.WhitespaceTrivia)) break;
        }
        return (SyntaxFactory.TriviaList(leading.Take(cut)), SyntaxFactory.TriviaList(leading.Skip(cut)));
    }
}

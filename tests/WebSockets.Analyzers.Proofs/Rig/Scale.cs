using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.Core;

namespace WebSockets.Analyzers.Proofs.Rig;

/// <summary>
/// Proofs run in a world where time passes faster. Everything that is a time is divided by one factor: the durations in the code (here, and nowhere else),
/// the package's own options under which the code is examined and fixed, and the limits of the peers.
/// </summary>
/// <param name="Factor">1 leaves everything as it is.</param>
internal sealed record Scale(double Factor)
{
    /// <summary>A minute passes in two seconds: the idle limit of 60 s is 2 s, a keep-alive of 30 s is 1 s, and a machine that stalls for half a second spoils nothing.</summary>
    public static readonly Scale MinuteInTwoSeconds = new(30);

    /// <summary>The real time.</summary>
    public static readonly Scale None = new(1);

    public TimeSpan IdleLimit => Of(Option.IdleTimeout.Default);

    public TimeSpan ReconnectBase => Of(Option.ReconnectBaseDelay.Default);

    public TimeSpan ReconnectMax => Of(Option.ReconnectMaxDelay.Default);

    public TimeSpan Of(TimeSpan real) => real / Factor;

    /// <summary>The text of the <c>.globalconfig</c> under which the code is examined.</summary>
    public string GlobalConfig() => "is_global = true\n" + string.Concat(
        from option in Option.All.OfType<OptionDefinition<TimeSpan>>()
        select string.Create(CultureInfo.InvariantCulture, $"{option.Key} = {Of(option.Default).TotalMilliseconds:0.###}ms\n"));

    /// <summary>
    /// The code with its durations divided by the factor: the literals in <c>TimeSpan.From…(30)</c>, <c>new TimeSpan(0, 0, 30)</c>, <c>Task.Delay(5000)</c>, <c>Thread.Sleep(200 * attempt)</c>,
    /// and the value of a variable whose name ends in its unit, as <c>const double maxMilliseconds = 30_000</c>. Nothing else is touched.
    /// </summary>
    public string Of(string code)
    {
        if (Factor == 1) return code;
        var root = CSharpSyntaxTree.ParseText(code, Code.ParseOptions).GetRoot();
        return new Rewriter(Factor).Visit(root).ToFullString();
    }

    private sealed class Rewriter(double factor) : CSharpSyntaxRewriter
    {
        public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
        {
            if (node.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: var method } member && node.ArgumentList.Arguments is [var first, ..])
            {
                // 200 * attempt is scaled by its first factor.
                var literal = first.Expression is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression, Left: var left } ? left : first.Expression;
                if (Number(literal) is not { } value) return base.VisitInvocationExpression(node);
                var type = member.Expression.ToString();
                if (type.EndsWith("TimeSpan", StringComparison.Ordinal) && method.StartsWith("From", StringComparison.Ordinal)) return node.ReplaceNode(literal, Literal(value / factor).WithTriviaFrom(literal));
                if (type is "Task" or "Thread" && method is "Delay" or "Sleep") return node.ReplaceNode(literal, Whole(value / factor).WithTriviaFrom(literal));
            }
            return base.VisitInvocationExpression(node);
        }

        public override SyntaxNode? VisitObjectCreationExpression(ObjectCreationExpressionSyntax node)
        {
            if (node.Type.ToString() is "TimeSpan" or "System.TimeSpan" && node.ArgumentList is { Arguments: [var hours, var minutes, var seconds] }
                && Number(hours.Expression) is { } h && Number(minutes.Expression) is { } m && Number(seconds.Expression) is { } s)
            {
                return SyntaxFactory.ParseExpression($"System.TimeSpan.FromSeconds({Literal((h * 3600 + m * 60 + s) / factor)})").WithTriviaFrom(node);
            }
            return base.VisitObjectCreationExpression(node);
        }

        public override SyntaxNode? VisitVariableDeclarator(VariableDeclaratorSyntax node)
        {
            if (node is { Initializer.Value: var value } && Number(value) is { } number)
            {
                if (node.Identifier.Text.EndsWith("Milliseconds", StringComparison.Ordinal)) return node.ReplaceNode(value, Whole(number / factor).WithTriviaFrom(value));
                if (node.Identifier.Text.EndsWith("Seconds", StringComparison.Ordinal)) return node.ReplaceNode(value, Literal(number / factor).WithTriviaFrom(value));
            }
            return base.VisitVariableDeclarator(node);
        }

        private static double? Number(ExpressionSyntax expression) =>
            expression is LiteralExpressionSyntax { Token.Value: IConvertible value } literal && literal.IsKind(SyntaxKind.NumericLiteralExpression)
                ? value.ToDouble(CultureInfo.InvariantCulture)
                : null;

        private static ExpressionSyntax Literal(double value) => SyntaxFactory.ParseExpression(value.ToString("R", CultureInfo.InvariantCulture));

        private static ExpressionSyntax Whole(double milliseconds) => Literal(milliseconds == 0 ? 0 : Math.Max(1, Math.Round(milliseconds)));
    }
}

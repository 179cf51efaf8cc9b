using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.CodeFixes.Rules.Messages;

/// <summary>Uses the bytes that arrived, and no more.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS2001ReceivedCountIgnoredFix))]
public sealed class WS2001ReceivedCountIgnoredFix() : WebSocketsFix(WS2001ReceivedCountIgnored.Id, new Cut())
{
    internal const string FixTitle = "WS2001: Use the bytes that arrived";

    private sealed class Cut() : FixAction(FixTitle)
    {
        public override Task<Document?> ApplyAsync(FixTarget target) => Task.FromResult(Fix(target));

        private static Document? Fix(FixTarget target)
        {
            if (!target.Diagnostic.Properties.TryGetValue(Facts.BufferName, out var buffer) || buffer is null
                || target.Node.FirstAncestorOrSelf<ExpressionSyntax>(n => n is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax) is not { } consumer
                || ReceiveCode.Before(consumer) is not { } receive) return null;
            var name = receive.NameOr("result");
            // Where a receive is dropped its result has no name yet: any number tells whether the call binds.
            if (Cuts(consumer, buffer, target).FirstOrDefault(cut => Binds(cut("1"), consumer, target)) is not { } chosen) return null;
            var replacement = chosen(name + ".Count").WithTriviaFrom(consumer);
            var root = target.Root;
            if (receive.Result is not null) return target.Document.WithSyntaxRoot(root.ReplaceNode(consumer, replacement));
            root = root.TrackNodes<SyntaxNode>(consumer, receive.Statement);
            root = root.ReplaceNode(root.GetCurrentNode<SyntaxNode>(consumer)!, replacement);
            return target.Document.WithSyntaxRoot(root.ReplaceNode(root.GetCurrentNode<SyntaxNode>(receive.Statement)!, receive.Named(name)));
        }

        /// <summary>The ways to limit the call to so many bytes, the plainest first.</summary>
        private static IEnumerable<Func<string, ExpressionSyntax>> Cuts(ExpressionSyntax consumer, string buffer, FixTarget target)
        {
            var list = consumer is InvocationExpressionSyntax i ? i.ArgumentList : ((BaseObjectCreationExpressionSyntax)consumer).ArgumentList;
            if (list?.Arguments.FirstOrDefault(a => Mentions(a.Expression, buffer)) is { } argument)
            {
                var bytes = argument.Expression;
                int position = list.Arguments.IndexOf(argument);
                // (buffer, 0, buffer.Length)
                if (list.Arguments.Count > position + 2 && list.Arguments[position + 2].Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "Count" } length)
                    yield return n => consumer.ReplaceNode(length, Expression(n).WithTriviaFrom(length));
                else if (list.Arguments.Count > position + 1 && list.Arguments[list.Arguments.Count - 1].Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "Count" } last && Mentions(last, buffer))
                    yield return n => consumer.ReplaceNode(last, Expression(n).WithTriviaFrom(last));
                if (IsArray(bytes, target) && bytes is not InvocationExpressionSyntax) yield return n => With(consumer, list, list.Arguments.InsertRange(position + 1, [Argument("0"), Argument(n)]));
                foreach (var cut in Slices(bytes, target)) yield return n => consumer.ReplaceNode(bytes, cut(n).WithTriviaFrom(bytes));
            }
            else if (consumer is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } } && Mentions(receiver, buffer))
            {
                foreach (var cut in Slices(receiver, target)) yield return n => consumer.ReplaceNode(receiver, cut(n).WithTriviaFrom(receiver));
            }
        }

        private static IEnumerable<Func<string, ExpressionSyntax>> Slices(ExpressionSyntax bytes, FixTarget target)
        {
            switch (bytes)
            {
                case BaseObjectCreationExpressionSyntax { ArgumentList: { Arguments.Count: 1 } list } creation:
                    yield return n => creation.WithArgumentList(list.AddArguments(Argument("0"), Argument(n)));
                    yield break;
                case InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsSpan" or "AsMemory" } } view:
                    yield return n => view.WithArgumentList(SyntaxFactory.ArgumentList(Separated([Argument("0"), Argument(n)])));
                    yield break;
                // "buffer.ToArray()" as an argument.
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToArray", Expression: var inner } } copy:
                    foreach (var cut in Slices(inner, target)) yield return n => copy.ReplaceNode(inner, cut(n));
                    yield break;
            }
            var text = bytes.WithoutTrivia().ToString();
            if (IsArray(bytes, target))
            {
                yield return n => Expression($"{text}.AsSpan(0, {n})");
                yield return n => Expression($"{text}.AsMemory(0, {n})");
                yield return n => Code.Ready((ExpressionSyntax)SyntaxFactory.ParseExpression($"new global::System.ArraySegment<byte>({text}, 0, {n})"));
                yield return n => Expression($"{text}.AsSpan(0, {n}).ToArray()");
                yield return n => Expression($"{text}[..{n}]");
            }
            else
            {
                yield return n => Expression($"{text}[..{n}]");
                yield return n => Expression($"{text}.Slice(0, {n})");
            }
        }

        private static bool Binds(ExpressionSyntax changed, ExpressionSyntax original, FixTarget target)
        {
            var info = target.Model.GetSpeculativeSymbolInfo(original.SpanStart, changed, SpeculativeBindingOption.BindAsExpression);
            return info.Symbol is IMethodSymbol method && target.Model.GetSymbolInfo(original, target.Cancellation).Symbol is IMethodSymbol before && method.Name == before.Name
                && SymbolEqualityComparer.Default.Equals(method.ReturnType.OriginalDefinition, before.ReturnType.OriginalDefinition)
                // What only the elements of the wanted type could hold.
                && changed.DescendantNodes().OfType<ElementAccessExpressionSyntax>().All(_ => ((CSharpParseOptions)original.SyntaxTree.Options).LanguageVersion >= LanguageVersion.CSharp8);
        }

        private static bool IsArray(ExpressionSyntax expression, FixTarget target) => target.Model.GetTypeInfo(expression, target.Cancellation).Type is IArrayTypeSymbol;

        private static bool Mentions(ExpressionSyntax expression, string buffer) => expression.DescendantNodesAndSelf().Any(n => n is ExpressionSyntax && n.ToString() == buffer);

        private static ExpressionSyntax With(ExpressionSyntax consumer, ArgumentListSyntax list, SeparatedSyntaxList<ArgumentSyntax> arguments) =>
            consumer.ReplaceNode(list, list.WithArguments(Separated(arguments)));

        private static SeparatedSyntaxList<ArgumentSyntax> Separated(IEnumerable<ArgumentSyntax> arguments)
        {
            var all = arguments.ToList();
            return SyntaxFactory.SeparatedList(all, Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), all.Count - 1));
        }

        private static ArgumentSyntax Argument(string text) => SyntaxFactory.Argument(Expression(text));

        private static ExpressionSyntax Expression(string text) => SyntaxFactory.ParseExpression(text);
    }
}

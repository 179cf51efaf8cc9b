using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.Core;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <summary>Makes the delay of a retry loop grow, up to a cap and with full jitter, and starts it anew after a success; inserts the delay where there is none.</summary>
internal sealed class BackoffDelay(string title) : FixAction(title)
{
    public override Task<Document?> ApplyAsync(FixTarget target) => Task.FromResult(Apply(target));

    private static Document? Apply(FixTarget target)
    {
        var name = target.Diagnostic.Properties.TryGetValue(Facts.ConnectName, out var n) ? n : null;
        if (name is null || target.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call) return null;
        bool hasDelay = NameOf(call) != name;
        // The loop of the delay is the nearest one that also connects.
        var loop = call.Ancestors().TakeWhile(a => a is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax))
            .OfType<StatementSyntax>().FirstOrDefault(s => s is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax && ConnectIn(s, name) is not null);
        if (loop is null || ConnectIn(loop, name) is not { } connect || connect.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax } connected || connected == loop) return null;
        if (loop.Parent is not (BlockSyntax or GlobalStatementSyntax)) return null;

        var scope = loop.Ancestors().First(a => a is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);
        var failures = Code.FreeName("failures", scope);
        var lineEnd = Layout.LineEnd(target.Root);
        var (loopMark, connectMark, callMark) = (new SyntaxAnnotation(), new SyntaxAnnotation(), new SyntaxAnnotation());
        var root = target.Root.ReplaceNodes<SyntaxNode, SyntaxNode>([loop, connected, call], (original, current) => current.WithAdditionalAnnotations(original == loop ? loopMark : original == connected ? connectMark : callMark));

        if (hasDelay)
        {
            var delay = (InvocationExpressionSyntax)root.GetAnnotatedNodes(callMark).Single();
            if (delay.ArgumentList.Arguments.FirstOrDefault() is not { } argument) return null;
            var wait = SyntaxFactory.ParseExpression($"{Backoff.MethodName}({failures}++)").WithTriviaFrom(argument.Expression);
            // Named arguments tell milliseconds from a TimeSpan: the name goes with the value.
            root = root.ReplaceNode(argument, argument.WithNameColon(null).WithExpression(wait));
        }
        else if (InsertDelay(root, loopMark, call, failures, lineEnd, target) is { } inserted)
        {
            root = inserted;
        }
        else
        {
            return null;
        }

        // After a success the next failure is again the first.
        var success = root.GetAnnotatedNodes(connectMark).Single();
        // "try { await RunAsync(); }" stays on its line.
        var reset = success.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia)
            ? Layout.Statements($"{failures} = 0;", Layout.IndentationOf(connected), lineEnd)
            : [SyntaxFactory.ParseStatement($"{failures} = 0;").WithTrailingTrivia(SyntaxFactory.Space)];
        root = root.InsertNodesAfter(success, reset);

        var current = (StatementSyntax)root.GetAnnotatedNodes(loopMark).Single();
        var counter = Layout.Statements($"var {failures} = 0;", Layout.IndentationOf(loop), lineEnd)[0];
        var (blankLines, others) = Layout.SplitBlankLines(current.GetLeadingTrivia());
        counter = counter.WithLeadingTrivia(counter.GetLeadingTrivia().InsertRange(0, blankLines));
        root = root.ReplaceNode(current, current.WithLeadingTrivia(others));
        current = (StatementSyntax)root.GetAnnotatedNodes(loopMark).Single();
        root = current.Parent is GlobalStatementSyntax global
            ? root.InsertNodesBefore(global, [SyntaxFactory.GlobalStatement(counter)])
            : root.InsertNodesBefore(current, [counter]);

        var changed = Backoff.AddMethod(root, root.GetAnnotatedNodes(loopMark).Single(), loop, target);
        return changed is null ? null : target.Document.WithSyntaxRoot(changed);
    }

    /// <summary>The loop with a delay at its end. Null where the end is not always reached, or nothing can be awaited.</summary>
    private static SyntaxNode? InsertDelay(SyntaxNode root, SyntaxAnnotation loopMark, InvocationExpressionSyntax connect, string failures, string lineEnd, FixTarget target)
    {
        var loop = (StatementSyntax)root.GetAnnotatedNodes(loopMark).Single();
        var body = loop switch
        {
            WhileStatementSyntax w => w.Statement,
            DoStatementSyntax d => d.Statement,
            ForStatementSyntax f => f.Statement,
            _ => null,
        };
        if (body is not BlockSyntax { Statements.Count: > 0 } block || connect.FirstAncestorOrSelf<AwaitExpressionSyntax>() is null) return null;
        if (block.DescendantNodes(d => d is not (WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or ForEachStatementSyntax)).Any(d => d is ContinueStatementSyntax)) return null;
        var argument = connect.ArgumentList.Arguments.LastOrDefault()?.Expression;
        var token = argument is IdentifierNameSyntax or MemberAccessExpressionSyntax && target.Model.GetTypeInfo(argument).Type?.Name == "CancellationToken" && target.Model.GetSymbolInfo(argument).Symbol is { IsStatic: false }
            ? ", " + argument
            : "";
        var last = block.Statements.Last();
        var delay = Layout.Statements($"await global::System.Threading.Tasks.Task.Delay({Backoff.MethodName}({failures}++){token});", Layout.IndentationOf(last), lineEnd);
        return root.InsertNodesAfter(last, delay);
    }

    private static InvocationExpressionSyntax? ConnectIn(StatementSyntax loop, string name) =>
        loop.DescendantNodes(n => n is not AnonymousFunctionExpressionSyntax).OfType<InvocationExpressionSyntax>().FirstOrDefault(i => NameOf(i) == name);

    private static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        IdentifierNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };
}

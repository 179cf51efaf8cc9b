using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <summary>
/// Wraps a session (socket, options, connect, receive loop) in a reconnect loop: a new socket for each attempt, exponential backoff with full jitter and a cap, reset after success, cancellation honoured.
/// </summary>
/// <param name="title">The action's title.</param>
/// <param name="usesPolly">Let a resilience pipeline of Polly run the session.</param>
internal sealed class ReconnectLoop(string title, bool usesPolly) : FixAction(title)
{
    private const string Marker = "__session__";

    public override Task<Document?> ApplyAsync(FixTarget target) => Task.FromResult(Apply(target));

    private Document? Apply(FixTarget target)
    {
        if (usesPolly && target.Model.Compilation.GetTypesByMetadataName("Polly.Retry.RetryStrategyOptions").IsEmpty) return null;
        if (SessionCode.Of(target) is not { } session) return null;

        var root = target.Root;
        var first = session.Statements[0];
        var indentation = Layout.IndentationOf(first);
        var lineEnd = Layout.LineEnd(root);
        var (blankLines, _) = Layout.SplitBlankLines(first.GetLeadingTrivia());
        var failures = Code.FreeName("failures", session.Function);
        var body = session.Rewrite(failures, target, lineEnd);
        if (body is null) return null;

        var skeleton = Layout.Statements(usesPolly ? PollyText(session, failures) : LoopText(session, failures), indentation, lineEnd);
        var statements = skeleton.Select(s => Fill(s, body)).ToList();
        statements[0] = statements[0].WithLeadingTrivia(statements[0].GetLeadingTrivia().InsertRange(0, blankLines));

        // The old statements go, the new ones come; the marks let the delay's method be added afterwards.
        var mark = new SyntaxAnnotation();
        statements[statements.Count - 1] = statements[statements.Count - 1].WithAdditionalAnnotations(mark);
        var changed = session.ReplaceStatements(root, statements, target);
        if (changed is null) return null;
        if (changed.GetAnnotatedNodes(mark).FirstOrDefault() is not { } inserted) return null;
        changed = Backoff.AddMethod(changed, inserted, session.Function, target);
        return changed is null ? null : target.Document.WithSyntaxRoot(changed);
    }

    private static string LoopText(SessionCode session, string failures)
    {
        var token = session.Token;
        var condition = token is null ? "true" : $"!{token}.IsCancellationRequested";
        var delay = $"await global::System.Threading.Tasks.Task.Delay({Backoff.MethodName}({failures}++){(token is null ? "" : ", " + token)});";
        if (session.SwallowsFailures)
            return $"var {failures} = 0;\nwhile ({condition})\n{{\n    {Marker}();\n\n    {delay}\n}}";
        var e = Code.FreeName("e", session.Function);
        var lost = token is null
            ? $"{e} is global::System.Net.WebSockets.WebSocketException or global::System.OperationCanceledException"
            : $"{e} is global::System.Net.WebSockets.WebSocketException || ({e} is global::System.OperationCanceledException && !{token}.IsCancellationRequested)";
        return $$"""
            var {{failures}} = 0;
            while ({{condition}})
            {
                try
                {
                    {{Marker}}();
                }
                catch (global::System.Exception {{e}}) when ({{lost}})
                {
                    // The attempt failed or the connection was lost; a keep-alive timeout shows as OperationCanceledException.
                }

                {{delay}}
            }
            """.Replace("\r", "");
    }

    private static string PollyText(SessionCode session, string failures)
    {
        var token = session.Token;
        var pipeline = Code.FreeName("reconnect", session.Function);
        var args = Code.FreeName("attempt", session.Function);
        var running = token is null ? "" : $"!{token}.IsCancellationRequested && ";
        return $$"""
            var {{failures}} = 0;
            var {{pipeline}} = new global::Polly.ResiliencePipelineBuilder()
                .AddRetry(new global::Polly.Retry.RetryStrategyOptions
                {
                    MaxRetryAttempts = int.MaxValue,
                    // A session that ends without an exception is followed by the next one, too. A keep-alive timeout shows as OperationCanceledException.
                    ShouldHandle = {{args}} => new global::System.Threading.Tasks.ValueTask<bool>({{running}}{{args}}.Outcome.Exception is null or global::System.Net.WebSockets.WebSocketException or global::System.OperationCanceledException),
                    DelayGenerator = _ => new global::System.Threading.Tasks.ValueTask<global::System.TimeSpan?>({{Backoff.MethodName}}({{failures}}++)),
                })
                .Build();
            await {{pipeline}}.ExecuteAsync(async _ =>
            {
                {{Marker}}();
            }{{(token is null ? "" : ", " + token)}});
            """.Replace("\r", "");
    }

    /// <summary>Puts the session's statements in the place of the marker.</summary>
    private static StatementSyntax Fill(StatementSyntax skeleton, IReadOnlyList<StatementSyntax> body)
    {
        var marker = skeleton.DescendantNodes().OfType<ExpressionStatementSyntax>().FirstOrDefault(s => s.Expression is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: Marker } });
        if (marker is null) return skeleton;
        int depth = marker.GetLeadingTrivia().ToString().Length - skeleton.GetLeadingTrivia().ToString().Length;
        var shifted = body.Select(s => Layout.Shift(s, new string(' ', depth))).ToList();
        shifted[0] = shifted[0].WithLeadingTrivia(Layout.SplitBlankLines(shifted[0].GetLeadingTrivia()).Others);
        return skeleton.ReplaceNode(marker, shifted);
    }
}

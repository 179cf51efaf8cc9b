using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;
using WebSockets.Analyzers.Model.Messages;

namespace WebSockets.Analyzers.Rules.Messages;

/// <summary>A close that waits for the other end without a limit.</summary>
internal sealed class WS2006CloseWithoutTimeout : Rule
{
    public const string Id = "WS2006";

    private static readonly DiagnosticDescriptor Waits = Describe(
        id: Id, title: "CloseAsync waits for the other end without a limit",
        messageFormat: "A peer that hangs keeps this CloseAsync waiting for ever: it has no timeout of its own, and its token is never cancelled; pass a token that ends it after some seconds",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning,
        description: "CloseAsync sends a close frame and waits until the other end answers, however long that takes, also while it goes on sending messages. Only its cancellation token ends the wait; the socket is then aborted.");

    public override DiagnosticDescriptor[] Descriptors => [Waits];

    public override void Register(Subscriptions on) => on.OnSocketCall("CloseAsync", Look);

    private static void Look(Candidate candidate, IInvocationOperation close)
    {
        var token = close.Argument("cancellationToken")?.Value.Unwrapped();
        if (token is ILocalReferenceOperation) token = candidate.Model.Definitions.Of(token, candidate.Cancellation);
        if (!CloseCalls.IsNone(token, candidate.Model.Types) || candidate.IsInTests) return;
        if (!Tasks.IsAwaited(close) || IsBounded(close) || CloseCalls.IsAnswer(close, candidate.Model, candidate.Cancellation)) return;
        candidate.Report(Waits, close.NameNode());
    }

    /// <summary>Something else limits the wait: <c>WaitAsync(timeout)</c>, <c>Wait(timeout)</c>, <c>Task.WhenAny</c>.</summary>
    private static bool IsBounded(IInvocationOperation close) => close.Ancestors().TakeWhile(a => a is not (IBlockOperation or IExpressionStatementOperation))
        .Any(a => a is IInvocationOperation { TargetMethod.Name: "WaitAsync" or "WhenAny" or "WaitAny" } or IInvocationOperation { TargetMethod.Name: "Wait" or "WaitAll", Arguments.Length: > 0 });
}

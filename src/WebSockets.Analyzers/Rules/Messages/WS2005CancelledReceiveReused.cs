using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;
using WebSockets.Analyzers.Model.Messages;

namespace WebSockets.Analyzers.Rules.Messages;

/// <summary>A cancelled receive or send has aborted its socket, which the code goes on to use.</summary>
internal sealed class WS2005CancelledReceiveReused : Rule
{
    public const string Id = "WS2005";
    private const string Title = "A socket is used after its receive was cancelled";
    private const string Description =
        "Cancelling the token of a pending ReceiveAsync or SendAsync aborts the socket: no close frame is sent, and every later call fails. Cancellation is no timeout for one message, and it comes after the close, not before it.";

    private static readonly DiagnosticDescriptor Timeout = Describe(
        id: Id, title: Title,
        messageFormat: "The first timeout ends the connection: cancelling a pending {0} aborts the socket, and the handler goes on with it; wait with Task.WhenAny or WaitAsync on the task, or drop the socket",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor CancelThenClose = Describe(
        id: Id, title: Title,
        messageFormat: "The other end never gets this close: '{0}' is cancelled before it, which aborts the socket through its pending receive; close first, then cancel",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    public override DiagnosticDescriptor[] Descriptors => [Timeout, CancelThenClose];

    public override void Register(Subscriptions on)
    {
        on.OnSocketCall("ReceiveAsync", LookAtTimeout);
        on.OnSocketCall("SendAsync", LookAtTimeout);
        on.OnSocketCall("CloseAsync", LookAtClose);
        on.OnSocketCall("CloseOutputAsync", LookAtClose);
    }

    private static void LookAtTimeout(Candidate candidate, IInvocationOperation call)
    {
        if (Sockets.IsPlumbing(call) || call.Argument("cancellationToken")?.Value is not { } token || CloseCalls.IsNone(token, candidate.Model.Types)) return;
        if (call.AncestorsInFunction().OfType<ITryOperation>().FirstOrDefault(t => call.IsInside(t.Body) && t.Catches.Any(TakesCancellation)) is not { } attempt
            || attempt.Catches.First(TakesCancellation) is not { } handler || !GoesOn(candidate, call, attempt, handler)) return;
        if (new TokenSources(candidate.Model, candidate.Cancellation).IsTimed(token)) candidate.Report(Timeout, call.NameNode(), call.TargetMethod.Name);
    }

    private static bool TakesCancellation(ICatchClauseOperation handler) => handler.ExceptionType?.Name is "OperationCanceledException" or "TaskCanceledException" or "Exception" or "Object" or null;

    /// <summary>The socket lives on: the handler neither ends it nor throws, and nothing behind it does.</summary>
    private static bool GoesOn(Candidate candidate, IInvocationOperation call, ITryOperation attempt, ICatchClauseOperation handler)
    {
        var model = candidate.Model;
        var socket = Sockets.Holder(call.Receiver());
        if (socket is null || Ends(handler.Handler) || attempt.Finally is { } final && Ends(final)) return false;
        var loop = attempt.Loop();
        bool leaves = handler.Handler.Descendants().Any(o => o is IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break });
        if (handler.ExceptionType?.Name is "OperationCanceledException" or "TaskCanceledException" && handler.Handler.Descendants().Any(o => o is IInvocationOperation { TargetMethod.Name: "SendAsync" or "ReceiveAsync" } again && Sockets.IsHeldBy(again.Receiver(), socket))) return true;
        // A loop over the state ends by itself.
        if (loop is not null && !leaves) return Receive.ConditionOf(loop)?.DescendantsAndSelf().Any(o => model.Sockets.ReadsState(o, candidate.Cancellation)) != true && !Ends(loop.Body);
        // Who leaves may drop the socket: one of its own always, another where the code behind says so.
        if (socket is ILocalSymbol) return false;
        if (loop is not null || call.Root().Descendants().Any(o => o.Syntax.SpanStart > attempt.Syntax.Span.End && IsEnd(o))) return false;
        // A caller that gets a result goes on; one that gets nothing knows nothing.
        return handler.Handler.Descendants().Any(o => o is IReturnOperation { ReturnedValue: not null }) || !leaves;

        bool Ends(IOperation region) => model.CallTree.Reaches(region, IsEnd, candidate.Cancellation)
            || region.DescendantsAndSelf().Any(o => o is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } or IPropertyReferenceOperation { Property.Name: "State" });

        bool IsEnd(IOperation o) => o is IThrowOperation
            || o is IInvocationOperation { TargetMethod.Name: "Abort" or "Dispose" or "DisposeAsync" or "CloseAsync" or "CloseOutputAsync" or "ConnectAsync" } end && model.Types.IsOrInherits(end.Instance?.Type ?? end.TargetMethod.ContainingType, Api.WebSocket)
            || o is IAssignmentOperation assignment && Sockets.IsHeldBy(assignment.Target, socket);
    }

    private static void LookAtClose(Candidate candidate, IInvocationOperation close)
    {
        if (Sockets.Holder(close.Receiver()) is not { } socket || Cancelled(close) is not { Count: > 0 } cancelled) return;
        var model = candidate.Model;
        var sources = new TokenSources(model, candidate.Cancellation);
        foreach (var name in new[] { "ReceiveAsync", "SendAsync" })
        {
            foreach (var (syntax, _) in model.Calls.Find(name, s => model.Types.IsOrInherits(s.ContainingType, Api.WebSocket), candidate.Cancellation) ?? [])
            {
                if (model.Calls.OperationOf(syntax, candidate.Cancellation) is not IInvocationOperation call || !Sockets.IsHeldBy(call.Receiver(), socket)) continue;
                if (cancelled.FirstOrDefault(c => sources.Of(call.Argument("cancellationToken")?.Value).Contains(c, SymbolEqualityComparer.Default)) is not { } source) continue;
                candidate.Report(CancelThenClose, close.NameNode(), source.Name);
                return;
            }
        }
    }

    /// <summary>The sources that are cancelled on the way to the call, in its own function.</summary>
    private static IReadOnlyCollection<ISymbol> Cancelled(IInvocationOperation close)
    {
        var cancelled = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        IOperation child = close;
        foreach (var ancestor in close.Ancestors())
        {
            if (ancestor is IAnonymousFunctionOperation or ILocalFunctionOperation) break;
            if (ancestor is IBlockOperation block)
            {
                foreach (var before in block.Operations.TakeWhile(o => !ReferenceEquals(o, child)))
                    foreach (var call in before.DescendantsAndSelf().OfType<IInvocationOperation>())
                        if (call.TargetMethod is { Name: "Cancel" or "CancelAsync", ContainingType.Name: "CancellationTokenSource" } && Sockets.Holder(call.Receiver()) is { } source && !call.Ancestors().Any(a => a is IAnonymousFunctionOperation or ICatchClauseOperation)) cancelled.Add(source);
            }
            child = ancestor;
        }
        return cancelled;
    }
}

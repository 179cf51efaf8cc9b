using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Messages;

/// <summary>A message behind the close.</summary>
[NoCodeFix("Whether the message or the close is one too many is for a person to say.")]
internal sealed class WS2012SendAfterClose : Rule
{
    public const string Id = "WS2012";

    private static readonly DiagnosticDescriptor Late = Describe(
        id: Id, title: "A message is sent after the close",
        messageFormat: "This always throws WebSocketException and the message is lost: {0} in line {1} has closed '{2}' for sending; send before the close",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning,
        description: "After CloseAsync or CloseOutputAsync nothing can be sent on a socket any more: the close frame is the last one. Only receiving goes on, until the other end has answered.");

    public override DiagnosticDescriptor[] Descriptors => [Late];

    public override void Register(Subscriptions on) => on.OnSocketCall("SendAsync", Look);

    private static void Look(Candidate candidate, IInvocationOperation send)
    {
        if (candidate.IsInTests || Sockets.Holder(send.Receiver()) is not { } socket || CloseBefore(candidate, send, socket) is not { } close) return;
        var line = close.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        candidate.Report(Late, send.NameNode(), close.TargetMethod.Name, line.ToString(System.Globalization.CultureInfo.InvariantCulture), socket.Name);
    }

    /// <summary>A close in a statement that always runs before the send, with nothing between them that makes another socket.</summary>
    private static IInvocationOperation? CloseBefore(Candidate candidate, IInvocationOperation send, ISymbol socket)
    {
        IOperation child = send;
        foreach (var ancestor in send.Ancestors())
        {
            candidate.Cancellation.ThrowIfCancellationRequested();
            if (ancestor is IAnonymousFunctionOperation or ILocalFunctionOperation) return null;
            if (AsksForState(ancestor, candidate)) return null;
            if (ancestor is IBlockOperation block)
            {
                foreach (var before in block.Operations.TakeWhile(o => !ReferenceEquals(o, child)).Reverse())
                {
                    if (before.DescendantsAndSelf().Any(o => o is IAssignmentOperation assignment && Sockets.IsHeldBy(assignment.Target, socket) || candidate.Model.Sockets.IsConnect(o) || o is ILabeledOperation)) return null;
                    if (AsksForState(before, candidate)) return null;
                    if (Closes(before, candidate.Model, socket) is { } close) return close;
                }
            }
            child = ancestor;
        }
        return null;
    }

    /// <summary><c>if (socket.State == WebSocketState.Open)</c> keeps the send from running.</summary>
    private static bool AsksForState(IOperation operation, Candidate candidate) =>
        operation is IConditionalOperation { Condition: { } guard } && guard.DescendantsAndSelf().Any(o => candidate.Model.Sockets.ReadsState(o, candidate.Cancellation));

    /// <summary><c>await socket.CloseAsync(…);</c> as a statement of its own.</summary>
    private static IInvocationOperation? Closes(IOperation statement, CompilationModel model, ISymbol socket)
    {
        if (statement is not IExpressionStatementOperation { Operation: { } operation }) return null;
        if (operation is not IAwaitOperation { Operation: var awaited }) return null;
        if (awaited is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } inner }) awaited = inner;
        return awaited is IInvocationOperation { TargetMethod.Name: "CloseAsync" or "CloseOutputAsync" } call && model.Types.IsOrInherits(call.TargetMethod.ContainingType, Api.WebSocket) && Sockets.IsHeldBy(call.Receiver(), socket) ? call : null;
    }
}

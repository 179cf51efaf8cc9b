using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;
using WebSockets.Analyzers.Model.Messages;

namespace WebSockets.Analyzers.Rules.Messages;

/// <summary>Nobody notices that the other end closes the connection.</summary>
internal sealed class WS2003CloseIgnored : Rule
{
    public const string Id = "WS2003";
    private const string Title = "The close of the other end is ignored";
    private const string Description =
        "A close frame comes out of ReceiveAsync as a result with MessageType Close and no bytes. Who does not look at it takes it for an empty message, never answers the close handshake, and gets a WebSocketException from the next ReceiveAsync.";

    private static readonly DiagnosticDescriptor InLoop = Describe(
        id: Id, title: Title,
        messageFormat: "The other end never gets an answer to its close, and {0}: MessageType is never read; answer MessageType.Close with CloseOutputAsync and leave the loop",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor Once = Describe(
        id: Id, title: Title,
        messageFormat: "A close frame is taken for an empty message and never answered: MessageType is never read; answer MessageType.Close with CloseOutputAsync",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor BusyWait = Describe(
        id: Id, title: Title,
        messageFormat: "This loop uses 100 % of a processor and never sees a close: State changes only through ReceiveAsync, which nobody calls here; receive in the loop and leave it at MessageType.Close",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    public override DiagnosticDescriptor[] Descriptors => [InLoop, Once, BusyWait];

    public override void Register(Subscriptions on)
    {
        on.OnSocketCall("ReceiveAsync", LookAtReceive);
        on.Beside(Api.WebSocket, "State", (candidate, operation) => LookAtLoop(candidate, (ILoopOperation)operation), OperationKind.Loop);
    }

    private static void LookAtReceive(Candidate candidate, IInvocationOperation call)
    {
        if (candidate.IsInTests) return;
        foreach (var receive in candidate.Model.Receives.At(call, candidate.Cancellation))
        {
            var result = receive.Result;
            if (result.Escapes || result.LooksAtClose || receive.Buffer?.Size == 0 || IsAdapter(receive) || IsInStream(receive, candidate) || receive.AsksSocket()) continue;
            if (receive.Loop is { } loop)
            {
                bool ends = receive.EndsWithState(loop) || LeavesWhenEmpty(receive);
                if (ends && receive.IsClosedAfterwards()) continue;
                candidate.Report(InLoop, receive.Call.NameNode(), ends ? "takes it for an empty message" : "the next ReceiveAsync throws a WebSocketException");
            }
            else if ((UsesPayload(receive) || result.Reads.Count > 0) && !LeavesWhenEmpty(receive) && !receive.IsClosedAfterwards())
            {
                candidate.Report(Once, receive.Call.NameNode());
            }
        }
    }

    /// <summary>A close is an empty message: <c>if (result.Count == 0) break;</c>, <c>if (result.Count != frame.Length) throw …;</c></summary>
    private static bool LeavesWhenEmpty(Receive receive) => receive.Result.Reads.Any(r => r is IPropertyReferenceOperation { Property.Name: "Count", Parent: IBinaryOperation { Parent: IConditionalOperation branch } comparison } && ReferenceEquals(comparison.LeftOperand, r)
        && (comparison.OperatorKind, comparison.RightOperand.ConstantValue) switch
        {
            (BinaryOperatorKind.Equals or BinaryOperatorKind.LessThanOrEqual, { HasValue: true, Value: 0 }) => true,
            (BinaryOperatorKind.NotEquals, { HasValue: true, Value: 0 }) => false,
            (BinaryOperatorKind.NotEquals or BinaryOperatorKind.LessThan, _) => true,
            _ => false,
        }
        && branch.WhenTrue.DescendantsAndSelf().Any(o => o is IBranchOperation { BranchKind: BranchKind.Break } or IReturnOperation or IThrowOperation));

    private static bool UsesPayload(Receive receive) => receive.Buffer?.Uses.Any(u => receive.Precedes(u.Reference)) == true;

    /// <summary>A method that gives back the number of bytes: a stream, for which no bytes are the end.</summary>
    private static bool IsAdapter(Receive receive) => receive.Result.Reads.Count > 0 && receive.Result.Reads.All(r => r is IPropertyReferenceOperation { Property.Name: "Count" })
        && receive.Result.Reads.Any(r => r.Ancestors().TakeWhile(a => a is not IBlockOperation).Any(a => a is IReturnOperation && r.Parent is IReturnOperation or IConversionOperation || a is IInvocationOperation { TargetMethod.Name: "Advance" or "AdvanceTo" }));

    /// <summary>What a stream reads: an empty part is its end, for whoever reads it.</summary>
    private static bool IsInStream(Receive receive, Candidate candidate) =>
        candidate.Model.MemberOf(receive.Call, candidate.Cancellation) is IMethodSymbol { IsOverride: true, ContainingType: var type } && candidate.Model.Types.IsOrInherits(type, Api.Stream);

    private static void LookAtLoop(Candidate candidate, ILoopOperation loop)
    {
        if (candidate.IsInTests || loop is not IWhileLoopOperation { Condition: { } condition } || condition.DescendantsAndSelf().Any(o => o is IInvocationOperation or IAwaitOperation)) return;
        if (!condition.DescendantsAndSelf().Any(o => o is IPropertyReferenceOperation { Property.Name: "State" } p && candidate.Model.Types.IsOrInherits(p.Property.ContainingType, Api.WebSocket) && IsOpenTest(p))) return;
        // Anything that can wait, leave or is not known ends the certainty.
        if (loop.Body.DescendantsAndSelf().Any(o => !(o is IBlockOperation or IEmptyOperation or IExpressionStatementOperation or IInvocationOperation { TargetMethod.Name: "SpinWait" or "Yield" }))) return;
        candidate.Report(BusyWait, loop.Syntax.ChildTokens().First().GetLocation(), Facts.None);
    }

    private static bool IsOpenTest(IOperation state) => state.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } comparison
        && comparison.Descendants().Any(o => o is IFieldReferenceOperation { Field.Name: "Open" or "CloseSent" or "CloseReceived" });
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model.Messages;

/// <summary>Calls that begin or answer the close handshake.</summary>
internal static class CloseCalls
{
    /// <summary>A token that is never cancelled: <c>CancellationToken.None</c>, <c>default</c>, <c>new CancellationToken()</c>.</summary>
    public static bool IsNone(IOperation? token, KnownTypes types) => token?.Unwrapped() switch
    {
        IDefaultValueOperation => true,
        IPropertyReferenceOperation { Property.Name: "None" } none => types.Is(none.Property.ContainingType, Api.CancellationToken),
        IObjectCreationOperation { Arguments.Length: 0 } creation => types.Is(creation.Type, Api.CancellationToken),
        IObjectCreationOperation { Arguments: [{ Value.ConstantValue: { HasValue: true, Value: false } }] } creation => types.Is(creation.Type, Api.CancellationToken),
        _ => false,
    };

    /// <summary>The other end has closed already: the call answers it, which needs no patience.</summary>
    public static bool IsAnswer(IInvocationOperation close, CompilationModel model, CancellationToken cancellation)
    {
        // It repeats what the other end said.
        if (close.Arguments.Any(a => a.Value.DescendantsAndSelf().Any(o => o is IPropertyReferenceOperation { Property.Name: "CloseStatus" or "CloseStatusDescription" }))) return true;
        IOperation child = close;
        foreach (var ancestor in close.Ancestors())
        {
            switch (ancestor)
            {
                // What is done when the frame was none is no answer.
                case IConditionalOperation branch when !ReferenceEquals(child, branch.Condition) && !(ReferenceEquals(child, branch.WhenFalse) && Receive.IsCloseTest(branch.Condition)) && branch.Condition.DescendantsAndSelf().Any(o => IsSignOfClose(o)
                    // "bool closed = result.MessageType == …;"
                    || o is ILocalReferenceOperation && model.Definitions.Of(o, cancellation)?.DescendantsAndSelf().Any(IsSignOfClose) == true):
                    return true;
                // It throws there, and waits for nobody.
                case IConditionalOperation branch when ReferenceEquals(child, branch.WhenTrue) && IsOver(branch.Condition):
                    return true;
                case ISwitchCaseOperation section when section.Clauses.Any(c => c.DescendantsAndSelf().Any(IsSignOfClose)):
                    return true;
                case ISwitchExpressionArmOperation arm when arm.Pattern.DescendantsAndSelf().Any(IsSignOfClose):
                    return true;
                // Behind a receive loop, or a question that leaves unless it was a close.
                case IBlockOperation block when block.Operations.TakeWhile(o => !ReferenceEquals(o, child)).Any(o => EndsWithClose(o, model, cancellation)):
                    return true;
                // After an error nothing is known.
                case ICatchClauseOperation:
                case ITryOperation attempt when ReferenceEquals(child, attempt.Finally):
                    return false;
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return false;
            }
            child = ancestor;
        }
        return false;
    }

    private static bool EndsWithClose(IOperation statement, CompilationModel model, CancellationToken cancellation) => statement switch
    {
        ILoopOperation loop => Receives(loop, model, cancellation),
        IConditionalOperation guard => guard.Condition.DescendantsAndSelf().Any(IsSignOfClose) && guard.WhenTrue.Descendants().Any(o => o is IReturnOperation or IBranchOperation or IThrowOperation),
        _ => statement.Descendants().Any(o => o is IInvocationOperation { TargetMethod.Name: "CloseOutputAsync" } || IsWait(o) && AwaitsLoop(o, model, cancellation)),
    };

    private static bool Receives(ILoopOperation loop, CompilationModel model, CancellationToken cancellation) =>
        loop.DescendantsAndSelf().Any(o => o is IInvocationOperation call && (model.Receives.IsReceive(call) || call.TargetMethod.Name.Contains("Receive")) || model.Sockets.ReadsState(o, cancellation));

    /// <summary><c>socket.State == WebSocketState.Closed</c>, or Aborted.</summary>
    private static bool IsOver(IOperation condition) => condition.Unwrapped() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } comparison
        && comparison.RightOperand.Unwrapped() is IFieldReferenceOperation { Field: { Name: "Closed" or "Aborted", ContainingType.Name: "WebSocketState" } };

    private static bool IsWait(IOperation operation) => operation is IAwaitOperation or IInvocationOperation { TargetMethod: { Name: "Wait", Parameters.IsEmpty: true } or { Name: "WaitAll", Parameters.Length: 1 } };

    /// <summary>The end of a receive loop in another method or delegate: <c>await ReceiveLoopAsync(socket);</c>, <c>await receiving;</c>, <c>Task.WaitAll(receiving, sending);</c></summary>
    private static bool AwaitsLoop(IOperation wait, CompilationModel model, CancellationToken cancellation)
    {
        var parts = wait.DescendantsAndSelf().ToList();
        // One of several tasks may be another one; a time limit ends the wait before the loop does.
        if (parts.Any(o => o is IInvocationOperation { TargetMethod.Name: "WhenAny" or "WaitAsync" })) return false;
        return parts.Select(o => o is ILocalReferenceOperation ? model.Definitions.Of(o, cancellation)?.Unwrapped() : o).OfType<IInvocationOperation>().Any(call =>
            (model.Tasks.Starts(call) ? call : Bodies.Of(call.TargetMethod.OriginalDefinition, model, cancellation))?.Descendants().OfType<ILoopOperation>().Any(l => Receives(l, model, cancellation)) == true);
    }

    private static bool IsSignOfClose(IOperation operation) => operation switch
    {
        IFieldReferenceOperation { Field: { Name: "Close", ContainingType.Name: "WebSocketMessageType" } } => true,
        IFieldReferenceOperation { Field: { Name: "CloseReceived", ContainingType.Name: "WebSocketState" } } field => field.Ancestors().TakeWhile(a => a is IBinaryOperation or IConversionOperation or IPatternOperation or IIsPatternOperation)
            .SelectMany(a => a.DescendantsAndSelf()).All(o => o is not IFieldReferenceOperation { Field.Name: "Open" or "CloseSent" }),
        IPropertyReferenceOperation { Property.Name: "CloseStatus" } => true,
        _ => false,
    };
}

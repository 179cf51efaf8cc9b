using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>
/// A client's session: a connect and the long-lived receive loop that follows it. Found from the connect; null when there is none in the type.
/// </summary>
internal sealed class Session
{
    private Session(IInvocationOperation connect, Reach reach, IOperation start, IOperation receiveStep, ILoopOperation loop, Reach receiveReach)
    {
        Connect = connect;
        Reach = reach;
        Start = start;
        ReceiveStep = receiveStep;
        Loop = loop;
        ReceiveReach = receiveReach;
    }

    public IInvocationOperation Connect { get; }

    /// <summary>How control comes to the connect.</summary>
    public Reach Reach { get; }

    /// <summary>The connect, or the call that leads to it, in the function that also starts the receive loop.</summary>
    public IOperation Start { get; }

    /// <summary>The receive loop, or the call that leads to it, in that same function.</summary>
    public IOperation ReceiveStep { get; }

    public ILoopOperation Loop { get; }

    public Reach ReceiveReach { get; }

    public static Session? Of(IInvocationOperation connect, CompilationModel model, CancellationToken cancellation)
    {
        if (model.MemberOf(connect, cancellation)?.ContainingType is not { } type) return null;
        var receives = model.Calls.FindIn(type, connect, "ReceiveAsync", s => model.Types.IsOrInherits(s.ContainingType, Api.WebSocket), cancellation);
        Reach? reach = null;
        foreach (var receive in receives.Where(model.Sockets.IsReceive))
        {
            reach ??= Reach.Of(connect, model, cancellation);
            var receiveReach = Reach.Of(receive, model, cancellation);
            if (receiveReach.Loops.FirstOrDefault(l => IsLongLived(l) && !reach.Loops.Any(r => r.Syntax == l.Syntax)) is not { } loop) continue;
            foreach (var step in receiveReach.Steps)
            {
                // The nearest function in which both begin, the connect first.
                var start = reach.Steps.FirstOrDefault(s => s.Function().Syntax == step.Function().Syntax && s.Syntax.SpanStart < step.Syntax.SpanStart && s.Syntax != step.Syntax);
                if (start is not null) return new(connect, reach, start, step, loop, receiveReach);
            }
        }
        return null;
    }

    /// <summary>A loop that waits for messages without a bound on their number.</summary>
    public static bool IsLongLived(ILoopOperation loop)
    {
        var condition = loop switch
        {
            IWhileLoopOperation w => w.Condition,
            IForLoopOperation f => f.Condition,
            _ => null,
        };
        if (loop is not (IWhileLoopOperation or IForLoopOperation)) return false;
        if (condition is not null && condition.DescendantsAndSelf().Any(o =>
            o is IPropertyReferenceOperation { Property.Name: "EndOfMessage" or "Count" }
            or IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual })) return false;
        if (condition is ILocalReferenceOperation local && IsEndOfMessageFlag(loop, local.Local)) return false;
        if (condition is IUnaryOperation { Operand: ILocalReferenceOperation negated } && IsEndOfMessageFlag(loop, negated.Local)) return false;
        // A loop that returns what it received is an exchange: it waits for an answer. An exit code or a flag is none.
        return !loop.Body.Descendants().Any(o => o is IReturnOperation { ReturnedValue.ConstantValue.HasValue: false, Kind: OperationKind.Return } r && !IsInLambda(r, loop));
    }

    private static bool IsEndOfMessageFlag(ILoopOperation loop, ILocalSymbol local) =>
        loop.Body.Descendants().OfType<ISimpleAssignmentOperation>().Any(a =>
            a.Target is ILocalReferenceOperation t && SymbolEqualityComparer.Default.Equals(t.Local, local)
            && a.Value.DescendantsAndSelf().Any(v => v is IPropertyReferenceOperation { Property.Name: "EndOfMessage" }));

    private static bool IsInLambda(IOperation operation, IOperation within) =>
        operation.Ancestors().TakeWhile(a => !ReferenceEquals(a, within)).Any(a => a is IAnonymousFunctionOperation or ILocalFunctionOperation);
}

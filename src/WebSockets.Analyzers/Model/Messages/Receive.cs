using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model.Messages;

/// <summary>
/// One receive: its socket, where its buffer and its result go, and the loops round it. The call is one of <c>WebSocket.ReceiveAsync</c>, or of a method that only passes it on.
/// </summary>
internal sealed class Receive
{
    private readonly CompilationModel _model;
    private readonly CancellationToken _cancellation;

    private Receive(IInvocationOperation call, ReceivedResult result, ReceiveBuffer? buffer, CompilationModel model, CancellationToken cancellation)
    {
        Call = call;
        Result = result;
        Buffer = buffer;
        _model = model;
        _cancellation = cancellation;
        Socket = Sockets.Holder(call.Receiver());
    }

    public IInvocationOperation Call { get; }

    /// <summary>The variable that holds the socket; null where the code does not show its identity.</summary>
    public ISymbol? Socket { get; }

    public ReceivedResult Result { get; }

    public ReceiveBuffer? Buffer { get; }

    /// <summary>The loops of the same function round the call, the nearest first.</summary>
    public IEnumerable<ILoopOperation> Loops => Call.AncestorsInFunction().OfType<ILoopOperation>();

    /// <summary>The loop that reads the parts of one message: it ends with <c>EndOfMessage</c>.</summary>
    public ILoopOperation? MessageLoop => Loops.FirstOrDefault() is { } loop && Result.Reads.Any(r => IsEndOfMessage(r) && r.IsInside(loop)) && !IsSession(loop) ? loop : null;

    /// <summary>The loop that goes on with the next message.</summary>
    public ILoopOperation? Loop => Loops.FirstOrDefault(l => !ReferenceEquals(l, MessageLoop) && l is IWhileLoopOperation or IForLoopOperation);

    public static Receive Of(IInvocationOperation call, CompilationModel model, CancellationToken cancellation) =>
        new(call, ReceivedResult.Of(call, model, cancellation), ReceiveBuffer.Of(call, model, cancellation), model, cancellation);

    /// <summary>Does the operation run after the receive: behind it, or anywhere in a loop round both?</summary>
    public bool Precedes(IOperation operation) => operation.Syntax.SpanStart > Call.Syntax.SpanStart || Loops.Any(l => operation.Syntax.SyntaxTree == l.Syntax.SyntaxTree && l.Syntax.Span.Contains(operation.Syntax.Span));

    /// <summary>Does it stand in the branch that is taken for a close frame?</summary>
    public bool IsInCloseBranch(IOperation operation)
    {
        IOperation child = operation;
        foreach (var ancestor in operation.Ancestors())
        {
            if (ancestor is IConditionalOperation branch && ReferenceEquals(child, branch.WhenTrue) && IsCloseTest(branch.Condition)) return true;
            if (ancestor is ISwitchCaseOperation section && section.Clauses.Any(c => c.DescendantsAndSelf().Any(IsClose))) return true;
            child = ancestor;
        }
        return false;
    }

    /// <summary>Is the operation run for one outcome of the question whether the message is complete?</summary>
    public bool AsksForEnd(IOperation operation) =>
        operation.Ancestors().Any(a => a is IConditionalOperation branch && branch.Condition.DescendantsAndSelf().Any(IsEndOfMessage));

    /// <summary>Somebody asks the socket itself how it stands: its close status anywhere, or its state after the receive, other than by the loop's condition.</summary>
    public bool AsksSocket()
    {
        foreach (var operation in Call.Root().Descendants())
        {
            _cancellation.ThrowIfCancellationRequested();
            if (operation is not IPropertyReferenceOperation property || !_model.Types.IsOrInherits(property.Property.ContainingType, Api.WebSocket)) continue;
            if (property.Property.Name is "CloseStatus" or "CloseStatusDescription") return true;
            if (property.Property.Name == "State" && Precedes(property) && !Loops.Any(l => IsCondition(property, l)) && !IsInHandler(property) && property.Syntax.SpanStart > Call.Syntax.SpanStart) return true;
        }
        return false;
    }

    /// <summary>Does the loop end when the socket is not open any more?</summary>
    public bool EndsWithState(ILoopOperation loop) => ConditionOf(loop) is { } condition && condition.DescendantsAndSelf().Any(o => _model.Sockets.ReadsState(o, _cancellation));

    /// <summary>Is the close handshake answered or begun behind the receive, on the paths that leave its loop?</summary>
    public bool IsClosedAfterwards()
    {
        var loop = Loops.LastOrDefault();
        if (Call.Root().Descendants().Any(o => o is IInvocationOperation call && o.Syntax.SpanStart > Call.Syntax.SpanStart && (loop is null || !loop.Syntax.Span.Contains(o.Syntax.Span)) && LeadsToClose(call))) return true;
        if (_model.MemberOf(Call, _cancellation) is not IMethodSymbol method || _model.Calls.UsesOf(method, _cancellation) is not { } uses) return false;
        return uses.Any(u => u.Root().Descendants().Any(o => o is IInvocationOperation call && o.Syntax.SpanStart > u.Syntax.SpanStart && LeadsToClose(call)));
    }

    public static bool IsEndOfMessage(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property.Name: "EndOfMessage" } => true,
        IPropertySubpatternOperation { Member: IPropertyReferenceOperation { Property.Name: "EndOfMessage" } } => true,
        _ => false,
    };

    public static IOperation? ConditionOf(ILoopOperation loop) => loop switch
    {
        IWhileLoopOperation w => w.Condition,
        IForLoopOperation f => f.Condition,
        _ => null,
    };

    public static bool IsCondition(IOperation operation, ILoopOperation loop) => ConditionOf(loop) is { } condition && operation.IsInside(condition);

    /// <summary>A loop that asks for the socket's state, or for nothing, goes on with the next message.</summary>
    private bool IsSession(ILoopOperation loop) => loop is not IWhileLoopOperation && loop is not IForLoopOperation || EndsWithState(loop) && ConditionOf(loop)?.DescendantsAndSelf().Any(IsEndOfMessage) != true;

    private bool LeadsToClose(IInvocationOperation call) => IsCloseCall(call) ||
        SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingAssembly, _model.Compilation.Assembly)
        && _model.CallTree.BodiesOf(call.TargetMethod, _cancellation).Any(b => _model.CallTree.Reaches(b, IsCloseCall, _cancellation)
            // A receive loop that answers its own close frames does not answer this one.
            && !_model.CallTree.Reaches(b, _model.Sockets.IsReceive, _cancellation));

    private bool IsCloseCall(IOperation operation) => operation is IInvocationOperation { TargetMethod.Name: "CloseAsync" or "CloseOutputAsync" or "Abort" } call && _model.Types.IsOrInherits(call.TargetMethod.ContainingType, Api.WebSocket);

    private static bool IsInHandler(IOperation operation) => operation.Ancestors().Any(a => a is ICatchClauseOperation);

    /// <summary>Does the condition hold for a close frame only?</summary>
    public static bool IsCloseTest(IOperation condition) => condition.Unwrapped() switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } b => b.DescendantsAndSelf().Any(IsClose),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } b => IsCloseTest(b.LeftOperand) || IsCloseTest(b.RightOperand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } b => IsCloseTest(b.LeftOperand) && IsCloseTest(b.RightOperand),
        IIsPatternOperation p => !p.Pattern.DescendantsAndSelf().Any(o => o is INegatedPatternOperation) && p.Pattern.DescendantsAndSelf().Any(IsClose),
        IPropertyReferenceOperation { Property.Name: "HasValue", Instance: IPropertyReferenceOperation { Property.Name: "CloseStatus" } } => true,
        _ => false,
    };

    private static bool IsClose(IOperation operation) => operation is IFieldReferenceOperation { Field: { Name: "Close", ContainingType.Name: "WebSocketMessageType" } };
}

/// <summary>The receives of a compilation, each examined once for all rules.</summary>
internal sealed class Receives(CompilationModel model)
{
    // Each receive is compared with the uses of its buffer, which the others of its member share. Nobody writes as many by hand.
    private const int MaxInMember = 32;

    private readonly ConcurrentDictionary<SyntaxNode, Receive> _all = new();
    private readonly ConcurrentDictionary<SyntaxNode, IReadOnlyList<Receive>> _byMember = new();

    /// <summary>The receive of a call, or, for a method that only passes it on, those of its callers: there the result is used.</summary>
    public IEnumerable<Receive> At(IInvocationOperation call, CancellationToken cancellation)
    {
        if (!Sockets.IsPlumbing(call))
        {
            if (Beside(call, cancellation).Count > 0) yield return Of(call, cancellation);
            yield break;
        }
        if (model.MemberOf(call, cancellation) is not IMethodSymbol { MethodKind: MethodKind.Ordinary } wrapper || !TakesBuffer(wrapper)
            || model.Calls.UsesOf(wrapper, cancellation) is not { } uses) yield break;
        foreach (var use in uses.OfType<IInvocationOperation>().Where(u => !Sockets.IsPlumbing(u) && u.Syntax != call.Syntax)) yield return Of(use, cancellation);
    }

    /// <summary>The receives of the member that holds the operation, in their order; those that only pass it on are none, and neither are more than anybody writes.</summary>
    public IReadOnlyList<Receive> Beside(IOperation operation, CancellationToken cancellation)
    {
        var root = operation.Root();
        if (_byMember.TryGetValue(root.Syntax, out var known)) return known;
        var calls = root.Descendants().OfType<IInvocationOperation>().Where(c => IsReceive(c) && !Sockets.IsPlumbing(c)).ToList();
        return _byMember[root.Syntax] = calls.Count > MaxInMember ? [] : [.. calls.Select(c => Of(c, cancellation))];
    }

    /// <summary>A receive of a socket, or a method that has its form: it takes a buffer and gives the result of a receive.</summary>
    public bool IsReceive(IInvocationOperation call) => model.Sockets.IsReceive(call) || TakesBuffer(call.TargetMethod)
        && call.TargetMethod.ReturnType is INamedTypeSymbol { Arity: 1, TypeArguments: [var result] } && (model.Types.Is(result, Api.WebSocketReceiveResult) || model.Types.Is(result, Api.ValueWebSocketReceiveResult));

    private Receive Of(IInvocationOperation call, CancellationToken cancellation) =>
        _all.TryGetValue(call.Syntax, out var known) ? known : _all[call.Syntax] = Receive.Of(call, model, cancellation);

    private static bool TakesBuffer(IMethodSymbol method) => method.Parameters.Any(p => p.Type is IArrayTypeSymbol || p.Type.Name is "ArraySegment" or "Memory");
}

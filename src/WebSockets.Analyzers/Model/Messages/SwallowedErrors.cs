using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model.Messages;

/// <summary>Handlers that take the exception of a lost connection and let the loop receive again on the same socket.</summary>
internal sealed class SwallowedErrors(CompilationModel model, CancellationToken cancellation)
{
    /// <summary>What a receive on a lost connection throws at every further call, and what that is caught as.</summary>
    private static readonly HashSet<string> Caught = new(StringComparer.Ordinal) { "Exception", "SystemException", "WebSocketException", "Win32Exception", "ExternalException", "Object" };

    private static readonly string[] LogWords = ["Log", "Trace", "Debug", "Info", "Warn", "Error", "Write", "Verbose", "Fatal"];

    /// <summary>The handler found last waits before the loop goes on.</summary>
    public bool Pauses { get; private set; }

    /// <summary>The handler of the statement that lets its loop go on after a receive in it has failed for good.</summary>
    public ICatchClauseOperation? Of(ITryOperation attempt)
    {
        if (attempt.Catches.FirstOrDefault(c => Takes(c) && IsOpenFilter(c)) is not { } handler
            || attempt.Catches.FirstOrDefault(Takes) != handler
            || attempt.Loop() is not { } loop
            || loop is not (IWhileLoopOperation or IForLoopOperation { Condition: null })) return null;
        var receives = Receives(attempt).ToList();
        if (receives.Count == 0 || receives.Any(r => !GoesOn(handler, attempt, loop, r.Call, r.Socket))) return null;
        Pauses = handler.Descendants().Concat(loop.Body.Descendants()).Any(o => model.Tasks.DelayOf(o) is not null || model.Tasks.IsTick(o));
        return handler;
    }

    private static bool Takes(ICatchClauseOperation handler) => Caught.Contains(handler.ExceptionType?.Name ?? "Object");

    /// <summary>The receives whose failure reaches the handlers of the statement: its own, and those of methods that it calls.</summary>
    private IEnumerable<(IInvocationOperation Call, ISymbol? Socket)> Receives(ITryOperation attempt)
    {
        foreach (var call in attempt.Body.Descendants().OfType<IInvocationOperation>())
        {
            cancellation.ThrowIfCancellationRequested();
            if (call.Ancestors().TakeWhile(a => !ReferenceEquals(a, attempt)).Any(a => a is IAnonymousFunctionOperation or ILocalFunctionOperation || a is ITryOperation { Catches: var inner } && inner.Any(Takes))) continue;
            if (model.Receives.IsReceive(call)) yield return (call, Sockets.Holder(call.Receiver()));
            else if (Helper(call) is { } socket) yield return (call, socket);
        }
    }

    /// <summary>The socket of a method that receives and lets errors through.</summary>
    private ISymbol? Helper(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (!Tasks.IsAwaited(call) || !SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, model.Compilation.Assembly) || method.IsVirtual || method.IsAbstract || method.IsOverride
            || Bodies.Of(method, model, cancellation) is not { } body) return null;
        var receive = body.Descendants().OfType<IInvocationOperation>().FirstOrDefault(c => model.Sockets.IsReceive(c)
            && !c.Ancestors().Any(a => a is ITryOperation { Catches.IsEmpty: false } or IAnonymousFunctionOperation or ILocalFunctionOperation || a is IConditionalOperation && LooksAtState(((IConditionalOperation)a).Condition)));
        // A method that looks at the state before it receives may do anything with what it sees.
        if (receive is null || body.Descendants().Any(o => o.Syntax.SpanStart < receive.Syntax.SpanStart && LooksAtState(o))) return null;
        return Sockets.Holder(receive.Receiver()) switch
        {
            IParameterSymbol parameter when Sockets.IsOfCall(parameter) => Sockets.Holder(call.ValueOf(parameter)),
            IFieldSymbol or IPropertySymbol or IParameterSymbol when call.Instance is null or IInstanceReferenceOperation => Sockets.Holder(receive.Receiver()),
            _ => null,
        };
    }

    /// <summary>No filter, or one that only sorts out cancellation.</summary>
    private static bool IsOpenFilter(ICatchClauseOperation handler) => handler.Filter is null ||
        handler.Filter is IIsPatternOperation { Pattern: INegatedPatternOperation pattern } && pattern.DescendantsAndSelf().OfType<ITypePatternOperation>().Any(t => t.MatchedType.Name is "OperationCanceledException" or "TaskCanceledException")
        || handler.Filter.Unwrapped() is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not && not.Operand.DescendantsAndSelf().Any(o => o is IPropertyReferenceOperation { Property.Name: "IsCancellationRequested" });

    private bool GoesOn(ICatchClauseOperation handler, ITryOperation attempt, ILoopOperation loop, IInvocationOperation receive, ISymbol? socket)
    {
        if (IsBounded(loop) || IsCreatedIn(receive, socket, loop)) return false;
        if (Leaves(handler.Handler) || attempt.Finally is { } final && Leaves(final)) return false;
        // What follows the try block in the loop, and what stands before the receive, runs as well.
        if (loop.Body.Descendants().Any(o => !o.IsInside(attempt.Body) && !o.IsInside(handler) && LooksAtState(o))) return false;
        if (attempt.Body.Descendants().Any(o => o.Syntax.SpanStart < receive.Syntax.SpanStart && LooksAtState(o))) return false;
        return !Changes(handler.Handler, loop, socket) && !(attempt.Finally is { } end && Changes(end, loop, socket)) && !Replaces(loop, socket);
    }

    /// <summary>The loop ends by itself with a socket that is not open any more, or after a number of turns.</summary>
    private bool IsBounded(ILoopOperation loop)
    {
        if (Receive.ConditionOf(loop) is not { } condition) return false;
        foreach (var part in condition.DescendantsAndSelf())
        {
            switch (part)
            {
                // "State != Closed" holds for a socket that was aborted, for ever.
                case IPropertyReferenceOperation { Property.Name: "State" } state when model.Types.Is(state.Type, Api.WebSocketState):
                    if (state.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } not && not.Descendants().Any(o => o is IFieldReferenceOperation { Field.Name: not "Aborted" })
                        && condition.Descendants().All(o => o is not IFieldReferenceOperation { Field.Name: "Aborted" or "Open" })) continue;
                    return true;
                case IPropertyReferenceOperation property when model.Sockets.ReadsState(property, cancellation):
                    return true;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual }:
                    return true;
                // A method may ask anything; tokens and flags do not change by a lost connection.
                case IInvocationOperation or IAwaitOperation or IInvalidOperation:
                    return true;
                case IPropertyReferenceOperation { Property.Name: "EndOfMessage" or "Count" or "MessageType" or "CloseStatus" or "HasValue" }:
                    return true;
                case IPropertyReferenceOperation { Property: { DeclaringSyntaxReferences.Length: > 0 } own } when Bodies.Of(own.GetMethod, model, cancellation) is not null:
                    return true;
                case IPropertyReferenceOperation { Property.Name: not ("IsCancellationRequested" or "Token" or "State") } other when other.Property.DeclaringSyntaxReferences.IsEmpty:
                    return true;
            }
        }
        return false;
    }

    /// <summary>The socket of each turn is its own.</summary>
    private static bool IsCreatedIn(IInvocationOperation receive, ISymbol? socket, ILoopOperation loop) =>
        socket is ILocalSymbol local && local.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == loop.Syntax.SyntaxTree && loop.Syntax.Span.Contains(r.Span))
        || socket is null && receive.Receiver() is not (IPropertyReferenceOperation or IFieldReferenceOperation);

    /// <summary>Some path leaves: by a jump, or by a question about the socket or the kind of error. A question about cancellation alone is none: nobody cancelled.</summary>
    private bool Leaves(IOperation region)
    {
        foreach (var operation in region.DescendantsAndSelf())
        {
            if (LooksAtState(operation) || operation is IInvalidOperation) return true;
            if (operation is not (IReturnOperation or IThrowOperation or IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo })) continue;
            if (operation is IBranchOperation { BranchKind: BranchKind.Break } && operation.Ancestors().TakeWhile(a => !ReferenceEquals(a, region)).Any(a => a is ILoopOperation or ISwitchOperation)) continue;
            if (operation.Ancestors().TakeWhile(a => !ReferenceEquals(a, region)).Any(a => a is IAnonymousFunctionOperation or ILocalFunctionOperation)) continue;
            if (operation.Ancestors().TakeWhile(a => !ReferenceEquals(a, region)).OfType<IConditionalOperation>().Any(c => AsksForCancellationOnly(c.Condition))) continue;
            return true;
        }
        return false;
    }

    private static bool AsksForCancellationOnly(IOperation condition) => condition.Unwrapped() switch
    {
        IPropertyReferenceOperation { Property.Name: "IsCancellationRequested" } => true,
        IIsPatternOperation pattern => pattern.Pattern is not INegatedPatternOperation && pattern.DescendantsAndSelf().OfType<ITypePatternOperation>().Any() && pattern.DescendantsAndSelf().OfType<ITypePatternOperation>().All(t => t.MatchedType.Name is "OperationCanceledException" or "TaskCanceledException"),
        IIsTypeOperation type => type.TypeOperand.Name is "OperationCanceledException" or "TaskCanceledException",
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } b => AsksForCancellationOnly(b.LeftOperand) && AsksForCancellationOnly(b.RightOperand),
        _ => false,
    };

    private bool LooksAtState(IOperation operation) => operation is IPropertyReferenceOperation property && (model.Sockets.ReadsState(property, cancellation) || property.Property.Name is "CloseStatus" or "WebSocketErrorCode");

    /// <summary>The region, or a method that it calls, replaces the socket, clears a flag of the loop, cancels, or throws. What it cannot see may do any of that.</summary>
    private bool Changes(IOperation region, ILoopOperation loop, ISymbol? socket)
    {
        var flags = new HashSet<string>((Receive.ConditionOf(loop)?.DescendantsAndSelf() ?? []).Select(o => Sockets.Holder(o)?.Name).OfType<string>(), StringComparer.Ordinal);
        if (socket is not null) flags.Add(socket.Name);
        return model.CallTree.Reaches(region, o => IsChange(o, flags), cancellation)
            // Who is told may stop a loop that asks for something; a log stops nothing.
            || flags.Count > (socket is null ? 0 : 1) && region.DescendantsAndSelf().OfType<IInvocationOperation>().Any(c => !IsLog(c.TargetMethod.Name)
                && (c.TargetMethod.MethodKind == MethodKind.DelegateInvoke || (c.TargetMethod.IsAbstract || c.TargetMethod.IsVirtual || c.TargetMethod.IsOverride) && IsOurs(c.TargetMethod)));
    }

    private bool IsChange(IOperation operation, HashSet<string> flags) => operation switch
    {
        IAssignmentOperation { Target: { } target } => Sockets.Holder(target) is { } holder && flags.Contains(holder.Name) || target is IPropertyReferenceOperation { Property.Name: var name } && flags.Contains(name),
        IInvocationOperation { TargetMethod.Name: "Cancel" or "CancelAsync" or "Exit" or "FailFast" or "StopApplication" or "ConnectAsync" } => true,
        IThrowOperation => true,
        _ => false,
    };

    /// <summary>Somewhere in the loop, or where a pause lets others work, the variable gets another socket.</summary>
    private bool Replaces(ILoopOperation loop, ISymbol? socket)
    {
        if (loop.Body.Descendants().Any(model.Sockets.IsConnect)) return true;
        if (socket is null) return true;
        if (socket is IPropertySymbol { SetMethod: null } or IFieldSymbol { IsReadOnly: true }) return false;
        if (model.Sockets.Writes(socket, loop, cancellation) is not { } writes) return true;
        if (socket is ILocalSymbol or IParameterSymbol) return writes.Any(w => loop.Syntax.Span.Contains(w.Syntax.Span));
        // A field that is written in several methods is renewed by somebody.
        return writes.Count(w => w is ISimpleAssignmentOperation a && a.Value.Unwrapped() is not ILiteralOperation) > 1;
    }

    private static bool IsLog(string name) => LogWords.Any(w => name.StartsWith(w, StringComparison.OrdinalIgnoreCase));

    private bool IsOurs(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, model.Compilation.Assembly);
}

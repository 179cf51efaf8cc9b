using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>What a handler does with the socket that it accepts.</summary>
/// <param name="HandOver">The first operation that gives the socket to something that goes on by itself.</param>
/// <param name="IsAwaited">Something that can last as long as the socket is awaited on the same way, or the socket goes to the caller.</param>
/// <param name="IsLeftAlone">Nobody uses the socket.</param>
internal sealed record SocketUse(IOperation? HandOver, bool IsAwaited, bool IsLeftAlone)
{
    public static SocketUse Of(IInvocationOperation accept, CompilationModel model)
    {
        var function = accept.Function();
        var socket = Local(accept);
        var own = function.Descendants().Where(o => o.Syntax != function.Syntax && Function(o, function) && o.Syntax.SpanStart >= accept.Syntax.SpanStart && !AreExclusive(accept, o)).ToList();
        if (own.Any(o => CanLast(o, accept, model))) return new(null, true, false);
        if (socket is null)
        {
            var outer = Outermost(accept);
            return outer.Parent switch
            {
                IExpressionStatementOperation => new(null, false, true),
                IAssignmentOperation { Target: IDiscardOperation } => new(null, false, true),
                IAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation } assignment => new(assignment, false, false),
                IArgumentOperation { Parent: IInvocationOperation call } when Tasks.IsAwaited(call) => IsWriteToChannel(call, model) ? new(call, false, false) : new(null, true, false),
                IArgumentOperation { Parent: IInvocationOperation call } => HandsOver(call, model) ? new(call, false, false) : new(null, true, false),
                _ => new(null, true, false),
            };
        }
        // Disposed at the end on purpose.
        var references = function.Descendants().Where(o => o is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, socket) && !(reference.Parent is IAssignmentOperation a && ReferenceEquals(a.Target, reference))).ToList();
        if (references.Count == 0) return new(null, false, !IsUsing(accept));
        IOperation? first = null;
        foreach (var reference in references)
        {
            switch (Use(reference, function, model))
            {
                case (true, _): return new(null, true, false);
                case (_, { } handed): first ??= handed; break;
            }
        }
        return new(first, false, false);
    }

    /// <summary>Where one mention of the socket leads.</summary>
    private static (bool Waits, IOperation? HandOver) Use(IOperation reference, IOperation function, CompilationModel model)
    {
        // In a lambda: what is done with the lambda decides.
        if (reference.Ancestors().TakeWhile(a => a.Syntax != function.Syntax).LastOrDefault(a => a is IAnonymousFunctionOperation or ILocalFunctionOperation) is { } inner)
        {
            if (inner is ILocalFunctionOperation) return (true, null);
            var value = Outermost(inner);
            if (value.Parent is IArgumentOperation { Parent: IObjectCreationOperation thread } && model.Types.Is(thread.Type, Api.Thread)) return (false, thread);
            return value.Parent is IArgumentOperation { Parent: IInvocationOperation starter } ? Tasks.IsAwaited(starter) ? (true, null) : Starts(starter, model) ? (false, starter) : (true, null) : (true, null);
        }
        var outer = Outermost(reference);
        switch (outer.Parent)
        {
            case IReturnOperation:
                return (true, null);
            case IArgumentOperation { Parent: IInvocationOperation call }:
                return Tasks.IsAwaited(call) ? (!IsWriteToChannel(call, model), IsWriteToChannel(call, model) ? call : null) : HandsOver(call, model) ? (false, call) : (true, null);
            case IArgumentOperation { Parent: IObjectCreationOperation creation }:
                var made = Outermost(creation);
                // "_ = new Client(socket).RunAsync()"
                if (made.Parent is IInvocationOperation onNew && ReferenceEquals(onNew.Instance, made)) return Tasks.IsAwaited(onNew) ? (true, null) : HandsOver(onNew, model) ? (false, onNew) : (true, null);
                if (made.Parent is IArgumentOperation { Parent: IInvocationOperation taker }) return Tasks.IsAwaited(taker) ? (!IsWriteToChannel(taker, model), IsWriteToChannel(taker, model) ? taker : null) : HandsOver(taker, model) ? (false, taker) : (true, null);
                return made.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var held } } ? UseOfHolder(held, function, model) : (true, null);
            case ISimpleAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation } stored when ReferenceEquals(stored.Value, outer):
                return (false, stored);
            case IInvocationOperation own when ReferenceEquals(own.Instance, outer):
                // A call on the socket itself.
                return (false, null);
            case IPropertyReferenceOperation or IVariableInitializerOperation or IBinaryOperation or IIsPatternOperation or IConditionalAccessOperation or IUsingOperation:
                return (false, null);
            default:
                return (true, null);
        }
    }

    /// <summary>The same for a local object that has the socket.</summary>
    private static (bool Waits, IOperation? HandOver) UseOfHolder(ILocalSymbol holder, IOperation function, CompilationModel model)
    {
        IOperation? handed = null;
        foreach (var reference in function.Descendants().OfType<ILocalReferenceOperation>().Where(r => SymbolEqualityComparer.Default.Equals(r.Local, holder)))
        {
            var outer = Outermost(reference);
            if (outer.Parent is IInvocationOperation own && ReferenceEquals(own.Instance, outer) || outer.Parent is IArgumentOperation { Parent: IInvocationOperation } && (own = (IInvocationOperation)outer.Parent.Parent!) is not null)
            {
                if (Tasks.IsAwaited(own)) return (true, null);
                if (HandsOver(own, model)) handed ??= own;
            }
            else if (outer.Parent is IReturnOperation)
            {
                return (true, null);
            }
        }
        return (handed is null, handed);
    }

    /// <summary>A call that keeps what it gets: it starts something, or stores it.</summary>
    private static bool HandsOver(IInvocationOperation call, CompilationModel model)
    {
        if (Starts(call, model)) return true;
        var returned = call.TargetMethod.ReturnType;
        if (returned is { Name: "Task" or "ValueTask" }) return Outermost(call).Parent is IExpressionStatementOperation or IAssignmentOperation { Target: IDiscardOperation };
        if (call.TargetMethod is { DeclaringSyntaxReferences.IsEmpty: false } own) return own is { IsAsync: true, ReturnsVoid: true } || model.CallTree.BodiesOf(own.ReducedFrom ?? own, CancellationToken.None).Any(b => b.Descendants().Any(o => IsStored(o, model)));
        return IsCollection(call);
    }

    private static bool Starts(IInvocationOperation call, CompilationModel model) => model.Tasks.Starts(call)
        || call.TargetMethod.Name is "Start" or "UnsafeStart" && model.Types.Is(call.TargetMethod.ContainingType, Api.Thread)
        || call.TargetMethod.Name is "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" && model.Types.Is(call.TargetMethod.ContainingType, Api.ThreadPool);

    /// <summary>A parameter that carries the socket and goes into a field or a collection.</summary>
    private static bool IsStored(IOperation operation, CompilationModel model) => operation is IParameterReferenceOperation { Parameter.Type: var type } && model.Types.IsOrInherits(type, Api.WebSocket)
        && Outermost(operation).Parent switch
        {
            ISimpleAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation } => true,
            IArgumentOperation { Parent: IInvocationOperation call } => IsCollection(call),
            _ => false,
        };

    /// <summary>Collections and channels; what other methods do with it is not known.</summary>
    private static bool IsCollection(IInvocationOperation call) =>
        call.TargetMethod.Name is "Add" or "TryAdd" or "Enqueue" or "Push" or "TryWrite" or "AddOrUpdate" or "GetOrAdd" or "AddLast" or "AddFirst" or "Insert"
            && call.TargetMethod.DeclaringSyntaxReferences.IsEmpty && call.TargetMethod.ContainingAssembly.Name.StartsWith("System.", StringComparison.Ordinal);

    private static bool IsWriteToChannel(IInvocationOperation call, CompilationModel model) => call.TargetMethod.Name == "WriteAsync" && model.Types.Is(call.TargetMethod.ContainingType, Api.ChannelWriterOfT);

    /// <summary>An await, a loop or a blocking wait that can last as long as the socket.</summary>
    private static bool CanLast(IOperation operation, IInvocationOperation accept, CompilationModel model)
    {
        switch (operation)
        {
            case ILoopOperation:
                return true;
            case IAwaitOperation { Operation: var awaited }:
                awaited = awaited.Unwrapped();
                while (awaited is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task }) awaited = task.Unwrapped();
                return awaited is not IInvocationOperation call
                    || call.Syntax != accept.Syntax && !IsWriteToChannel(call, model) && !(call.TargetMethod.Name is "SendAsync" or "CloseAsync" or "CloseOutputAsync" && model.Types.IsOrInherits(call.TargetMethod.ContainingType, Api.WebSocket));
            case IInvocationOperation { TargetMethod.Name: "Wait" or "WaitOne" or "WaitAll" or "WaitAny" or "GetResult" or "Join" or "Sleep" or "Receive" or "Take" }:
                return !operation.Syntax.Span.Contains(accept.Syntax.Span);
            case IPropertyReferenceOperation { Property.Name: "Result" } result:
                return !result.Syntax.Span.Contains(accept.Syntax.Span);
            case IReturnOperation { ReturnedValue: { } value }:
                return value.Type is { Name: "Task" or "ValueTask" } && value.Unwrapped() is not IPropertyReferenceOperation { Property.Name: "CompletedTask" };
            default:
                return false;
        }
    }

    private static bool Function(IOperation operation, IOperation function) => operation.Function().Syntax == function.Syntax;

    private static bool AreExclusive(IOperation a, IOperation b) => a.Ancestors().OfType<IConditionalOperation>().Any(c =>
        c.WhenTrue.Syntax.Span.Contains(a.Syntax.Span) && c.WhenFalse?.Syntax.Span.Contains(b.Syntax.Span) == true);

    /// <summary>The value behind awaits, conversions and the calls that only pass a task on.</summary>
    private static IOperation Outermost(IOperation operation)
    {
        while (operation.Parent is IAwaitOperation or IConversionOperation or IParenthesizedOperation or IDelegateCreationOperation
            || operation.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" or "GetResult" } || operation.Parent is IPropertyReferenceOperation { Property.Name: "Result" }) operation = operation.Parent;
        return operation;
    }

    private static ILocalSymbol? Local(IInvocationOperation accept) => Outermost(accept).Parent switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } => local.Local,
        _ => null,
    };

    private static bool IsUsing(IOperation accept) => accept.Ancestors().Any(a => a is IUsingDeclarationOperation or IUsingOperation);
}

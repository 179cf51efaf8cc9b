using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model.Messages;

/// <summary>Does code run concurrently with itself, on one socket and without a lock?</summary>
internal sealed class Concurrency(CompilationModel model, CancellationToken cancellation)
{
    private const int MaxDepth = 3;

    /// <summary>How several of it come to run at once; null when they do not, or not as far as one can see.</summary>
    public string? Of(IInvocationOperation send) => Of(send, Sockets.Holder(send.Receiver()), new(SymbolEqualityComparer.Default), 0);

    private string? Of(IOperation step, ISymbol? socket, HashSet<ISymbol> seen, int depth)
    {
        cancellation.ThrowIfCancellationRequested();
        if (socket is null || depth > MaxDepth || IsLocked(step)) return null;
        IOperation child = step;
        foreach (var ancestor in step.Ancestors())
        {
            switch (ancestor)
            {
                case IAnonymousFunctionOperation lambda:
                    // Each call of the lambda has a socket of its own.
                    if (socket is IParameterSymbol or ILocalSymbol && IsDeclaredIn(socket, lambda)) return null;
                    if (Runs(lambda) is { } how) return how;
                    break;
                case ILocalFunctionOperation:
                    return null;
                case IForEachLoopOperation each when socket is ILocalSymbol local && each.Locals.Contains(local, SymbolEqualityComparer.Default):
                    return null;
                case IInvocationOperation { TargetMethod: { Name: "WhenAll", ContainingType.Name: "Task" } } when step is IInvocationOperation && !ReferenceEquals(child, step):
                    return "in Task.WhenAll";
            }
            child = ancestor;
        }
        if (step is IInvocationOperation call && depth > 0 && !Tasks.IsAwaited(call) && (call.Parent is IExpressionStatementOperation || call.Parent is ISimpleAssignmentOperation { Target: IDiscardOperation })) return "by a call that is not awaited";
        if (model.MemberOf(step, cancellation) is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method || !seen.Add(method)
            || model.Calls.UsesOf(method, cancellation) is not { } uses) return null;
        foreach (var use in uses)
        {
            if (use is IInvocationOperation caller)
            {
                var its = Sockets.IsOfCall(socket) ? Sockets.Holder(caller.ValueOf((IParameterSymbol)socket)) : socket;
                if (Of(caller, its, seen, depth + 1) is { } how) return how;
            }
            else if (!Sockets.IsOfCall(socket) && Delegate(use) is { } way)
            {
                return way;
            }
        }
        return null;
    }

    private string? Runs(IAnonymousFunctionOperation lambda) => Delegate(lambda);

    /// <summary>What runs the delegate, where that is known to run it beside others.</summary>
    private string? Delegate(IOperation function)
    {
        IOperation value = function;
        while (value.Parent is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation) value = value.Parent;
        return value.Parent switch
        {
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { ContainingType.Name: "Parallel" } } call } => "in Parallel." + call.TargetMethod.Name,
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Select" } select } when select.Ancestors().TakeWhile(a => a is not IBlockOperation).Any(a => a is IInvocationOperation { TargetMethod.Name: "WhenAll" }) => "in Task.WhenAll",
            // One run in the background is alone; one for each turn of a loop is not.
            IArgumentOperation { Parent: IInvocationOperation call } when model.Tasks.Starts(call) && !Tasks.IsAwaited(call) && call.AncestorsInFunction().Any(a => a is ILoopOperation) => $"in {call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}",
            IArgumentOperation { Parent: IObjectCreationOperation creation } when model.Types.Is(creation.Type, Api.Timer) => "by a timer",
            IEventAssignmentOperation { EventReference: IEventReferenceOperation e } when model.Types.Is(e.Event.ContainingType, Api.TimersTimer) => "by a timer",
            _ => null,
        };
    }

    /// <summary>The function takes a lock of any kind before.</summary>
    private bool IsLocked(IOperation step) => step.Function().Descendants().Any(o => o.Syntax.SpanStart < step.Syntax.SpanStart && (o is ILockOperation
        || o is IInvocationOperation { TargetMethod.Name: "WaitAsync" or "Wait" or "LockAsync" or "EnterAsync" or "AcquireAsync" or "Lock" } call && !model.Types.IsOrInherits(call.TargetMethod.ContainingType, Api.Task)));

    private static bool IsDeclaredIn(ISymbol symbol, IOperation function) =>
        symbol.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == function.Syntax.SyntaxTree && function.Syntax.Span.Contains(r.Span));
}

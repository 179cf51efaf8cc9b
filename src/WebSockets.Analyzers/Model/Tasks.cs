using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>Tasks, threads and waiting.</summary>
internal sealed class Tasks(CompilationModel model)
{
    /// <summary>A call that runs its delegate once, elsewhere: <c>Task.Run</c>, <c>Task.Factory.StartNew</c>.</summary>
    public bool Starts(IInvocationOperation call) =>
        call.TargetMethod.Name == "Run" && model.Types.Is(call.TargetMethod.ContainingType, Api.Task) ||
        call.TargetMethod.Name == "StartNew" && model.Types.Is(call.TargetMethod.ContainingType, Api.TaskFactory);

    /// <summary>Is the task of this call awaited, returned or waited for where it is made?</summary>
    public static bool IsAwaited(IOperation call)
    {
        for (var current = call; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IAwaitOperation or IReturnOperation:
                    return true;
                // ConfigureAwait, AsTask, WaitAsync, WhenAny/WhenAll and the blocking forms pass the task on.
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" or "WaitAsync" or "GetAwaiter" or "GetResult" or "Unwrap" or "Wait" or "WhenAll" or "WhenAny" or "WaitAll" } next:
                    if (next.TargetMethod.Name is "Wait" or "GetResult" or "WaitAll") return true;
                    break;
                case IPropertyReferenceOperation { Property.Name: "Result" }:
                    return true;
                case IConversionOperation or IArgumentOperation or IParenthesizedOperation or IArrayCreationOperation or IArrayInitializerOperation or IConditionalAccessOperation:
                    break;
                default:
                    return false;
            }
        }
        return false;
    }

    /// <summary>A call that waits for a time: the expression of the time. Spelled as a delay, a sleep, or a wait with a time-out.</summary>
    public IOperation? DelayOf(IOperation operation)
    {
        if (operation is not IInvocationOperation call) return null;
        var type = call.TargetMethod.ContainingType;
        switch (call.TargetMethod.Name)
        {
            case "Delay" when model.Types.Is(type, Api.Task):
            case "Sleep" when model.Types.Is(type, Api.Thread):
                return call.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == 0)?.Value;
            case "WaitOne" when model.Types.IsOrInherits(call.Instance?.Type ?? type, Api.WaitHandle):
            case "WaitAsync" or "Wait" when model.Types.Is(type, Api.SemaphoreSlim):
                return call.Arguments.FirstOrDefault(a => a.Parameter is { Name: "timeout" or "millisecondsTimeout" })?.Value;
            default:
                return null;
        }
    }

    /// <summary>Does it wait for a tick of a <c>PeriodicTimer</c>?</summary>
    public bool IsTick(IOperation operation) => operation is IInvocationOperation call && model.Types.IsMember(call.TargetMethod, Api.PeriodicTimer, "WaitForNextTickAsync");
}

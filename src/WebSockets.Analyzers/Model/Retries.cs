using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>How long a retry waits before its next attempt.</summary>
internal enum PauseKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Always the same time.</summary>
    Constant,

    /// <summary>A growing, random, configured or otherwise unknown time, or something that is waited for.</summary>
    Other,
}

/// <summary>The pause between two attempts to connect.</summary>
/// <param name="Kind">What kind of pause.</param>
/// <param name="Delay">The call that waits, for a constant pause.</param>
/// <param name="Time">Its length.</param>
internal sealed record Pause(PauseKind Kind, IInvocationOperation? Delay = null, TimeSpan Time = default)
{
    public static readonly Pause Unknown = new(PauseKind.Other);
    public static readonly Pause None = new(PauseKind.None);
}

/// <summary>A connect that is repeated after a failure.</summary>
/// <param name="Pause">The pause before the next attempt.</param>
/// <param name="Step">The connect, or the call beside the pause that leads to it.</param>
internal sealed record Retry(Pause Pause, IOperation Step);

/// <summary>How the connects of a compilation are repeated after a failure.</summary>
internal sealed class Retries(CompilationModel model)
{
    // Deeper chains from a loop to its connect are not seen.
    private const int MaxDepth = 6;
    private const int MaxMethods = 200;

    private readonly ConcurrentDictionary<SyntaxNode, Retry?> _known = new();
    private readonly ConcurrentDictionary<ISymbol, Steps> _steps = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// The pause that a delay is, and the name of the call in its loop that connects; null for a delay that does not stand between two attempts.
    /// Asked from the delay, as that is where the answer is reported and editors offer a fix; the connects that it can separate are looked for from there.
    /// </summary>
    public (Pause Pause, string Connect)? At(IInvocationOperation delay, CancellationToken cancellation)
    {
        foreach (var connect in ConnectsRound(delay, cancellation))
            if (Of(connect, cancellation) is ({ Kind: PauseKind.Constant, Delay: { } constant } pause, var step) && constant.Syntax == delay.Syntax)
                return (pause, (step as IInvocationOperation ?? connect).TargetMethod.Name);
        return null;
    }

    /// <summary>
    /// The connects that a delay may stand between: those of the attempt whose failure it follows, of its loop and of what the loop calls, and of a handler of a closed connection.
    /// The near ones first, as the way to the others costs the binding of what is called.
    /// </summary>
    private IEnumerable<IInvocationOperation> ConnectsRound(IInvocationOperation delay, CancellationToken cancellation)
    {
        foreach (var ancestor in delay.AncestorsInFunction())
        {
            if (ancestor is not ICatchClauseOperation { Parent: ITryOperation attempt }) continue;
            foreach (var connect in Steps.Of([attempt.Body], this).Connects) yield return connect;
        }
        if (delay.Loop() is { } loop && RetryLoops.MayRetry(loop))
            foreach (var connect in Down(Steps.Of([loop.Body], this), cancellation)) yield return connect;
        if (model.Types.Get(Api.HubConnection) is null) yield break;
        foreach (var connect in Steps.Of([delay.Function()], this).Connects)
            if (!model.Sockets.IsConnect(connect)) yield return connect;
    }

    /// <summary>What the calls lead to, as far as the files speak of connecting.</summary>
    private IEnumerable<IInvocationOperation> Down(Steps steps, CancellationToken cancellation)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var level = new List<Steps> { steps };
        for (int depth = 0; level.Count > 0 && depth <= MaxDepth; depth++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var connect in level.SelectMany(s => s.Connects)) yield return connect;
            level = [.. level.SelectMany(s => s.Calls).Where(m => seen.Count < MaxMethods && seen.Add(m)).Select(m => StepsOf(m, cancellation))];
        }
    }

    private Steps StepsOf(IMethodSymbol method, CancellationToken cancellation) =>
        _steps.TryGetValue(method, out var known) ? known : _steps[method] = Steps.Of(model.CallTree.BodiesOf(method, cancellation), this);

    /// <summary>The pause before the next attempt of a connect, and the connect or the call that leads to it beside the pause; null for a connect that is not repeated.</summary>
    public Retry? Of(IInvocationOperation connect, CancellationToken cancellation) =>
        _known.TryGetValue(connect.Syntax, out var known) ? known : _known[connect.Syntax] = Find(connect, cancellation);

    private Retry? Find(IInvocationOperation connect, CancellationToken cancellation)
    {
        var loops = new RetryLoops(model, cancellation);
        var steps = new List<IOperation>();
        // The callers are looked for only where the connect itself stands in no loop.
        foreach (var step in connect.Loop() is null ? Reach.Of(connect, model, cancellation).Steps : [connect])
        {
            steps.Add(step);
            // The nearest loop is the one that decides about the time between two attempts.
            if (step.Loop() is { } loop) return RetryLoops.IsRetry(loop, steps) ? new(loops.PauseOf(loop, step), step) : null;
        }
        if (loops.RecursionPause(connect) is { } recursion) return new(recursion, connect);
        return model.Types.Is(connect.TargetMethod.ContainingType, Api.HubConnection) && loops.HandlerPause(connect) is { } handler ? new(handler, connect) : null;
    }

    private bool IsConnect(IInvocationOperation call) => model.Sockets.IsConnect(call) || call.TargetMethod.Name == "StartAsync" && model.Types.IsMember(call.TargetMethod, Api.HubConnection, "StartAsync");

    /// <summary>Can the method lead to a connect, as far as its file shows?</summary>
    private bool MayConnect(IMethodSymbol method) => method.DeclaringSyntaxReferences.Any(r => model.Compilation.ContainsSyntaxTree(r.SyntaxTree) && Texts.Mentions(r.SyntaxTree, "onnect", CancellationToken.None));

    /// <summary>The connects of some code, and the methods that it calls.</summary>
    private sealed record Steps(IReadOnlyList<IInvocationOperation> Connects, IReadOnlyList<IMethodSymbol> Calls)
    {
        public static Steps Of(IEnumerable<IOperation> bodies, Retries retries)
        {
            var connects = new List<IInvocationOperation>();
            var calls = new List<IMethodSymbol>();
            foreach (var operation in bodies.SelectMany(b => b.Descendants()))
            {
                if (operation is IInvocationOperation call && retries.IsConnect(call)) connects.Add(call);
                else if (((operation as IInvocationOperation)?.TargetMethod ?? (operation as IMethodReferenceOperation)?.Method) is { } method && retries.MayConnect(method)) calls.Add(method.OriginalDefinition);
            }
            return new(connects, calls);
        }
    }
}

/// <summary>Loops that connect again after a failure, and how they pause.</summary>
internal sealed class RetryLoops(CompilationModel model, CancellationToken cancellation)
{
    private const int MaxDepth = 3;

    /// <summary>Calls in external code that neither wait nor take time that anybody would call a pause.</summary>
    private static readonly string[] InstantNamespaces =
    [
        "System", "System.Text", "System.Collections.Generic", "System.Collections.Concurrent", "System.Linq", "System.Net", "System.Net.WebSockets", "System.Diagnostics",
        "Microsoft.Extensions.Logging", "Microsoft.AspNetCore.SignalR.Client", "Serilog", "NLog", "log4net",
    ];

    /// <summary>
    /// An endless loop that survives a failed attempt: a handler on the way from the connect up to the loop swallows the failure.
    /// </summary>
    /// <param name="loop">The nearest loop round the last step.</param>
    /// <param name="steps">The connect and the calls that lead to it, up to the one that stands in the loop.</param>
    public static bool IsRetry(ILoopOperation loop, IReadOnlyList<IOperation> steps)
    {
        if (!MayRetry(loop)) return false;
        var step = steps[steps.Count - 1];
        foreach (var ancestor in step.Ancestors())
        {
            // A loop that first asks for the state, or for anything else, is a watchdog: its pause is its polling interval.
            if (ancestor is IConditionalOperation or ISwitchOperation) return false;
            if (ancestor is ILoopOperation) break;
        }
        return steps.Any(s => s.AncestorsInFunction()
            .TakeWhile(a => a.Syntax != loop.Syntax)
            .OfType<ITryOperation>()
            .Any(attempt => s.IsInside(attempt.Body) && attempt.Catches.Any(c => CatchesConnectFailures(c) && (ReferenceEquals(s, step) ? StaysInLoop(c) : !Throws(c)))));
    }

    /// <summary>A loop without a bound on its attempts.</summary>
    public static bool MayRetry(ILoopOperation loop) =>
        loop is not (IForEachLoopOperation or IForToLoopOperation or IForLoopOperation { Condition: not null }) && !HasBound(loop) && !GivesUp(loop);

    /// <summary>A number of attempts bounds the harm.</summary>
    private static bool HasBound(ILoopOperation loop) => (loop as IWhileLoopOperation)?.Condition is { } condition && condition.DescendantsAndSelf().Any(o =>
        o is IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual });

    /// <summary>Attempts or time are counted, and the loop ends when there were enough: <c>if (++attempt > 5) return;</c></summary>
    private static bool GivesUp(ILoopOperation loop) => loop.Body.Descendants().OfType<IConditionalOperation>().Any(c =>
        c.Condition.DescendantsAndSelf().Any(o => o is IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual })
        && c.Descendants().Any(o => o is IReturnOperation or IThrowOperation or IInvalidOperation or IBranchOperation { BranchKind: BranchKind.Break }));

    private static bool Throws(ICatchClauseOperation handler) => handler.Handler.Operations.Any(o => o is IThrowOperation || o is IExpressionStatementOperation { Operation: IThrowOperation });

    /// <summary>The handler neither throws nor leaves on its main path.</summary>
    private static bool StaysInLoop(ICatchClauseOperation handler) =>
        !Throws(handler) && !handler.Handler.Operations.Any(o => o is IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break });

    private static bool CatchesConnectFailures(ICatchClauseOperation handler) => handler.ExceptionType.Name is "Exception" or "WebSocketException" or "Object" or "HttpRequestException" or "SystemException" or "AggregateException";

    /// <summary>How the loop pauses between two attempts.</summary>
    /// <param name="loop">The retry loop.</param>
    /// <param name="step">The connect, or the call in the loop that leads to it.</param>
    public Pause PauseOf(ILoopOperation loop, IOperation step)
    {
        // Waiting while something else is awaited in an inner loop (messages, a state) is no pause between attempts.
        var own = loop is IWhileLoopOperation { Condition: { } condition } ? loop.Body.DescendantsAndSelf().Concat(condition.DescendantsAndSelf()) : loop.Body.DescendantsAndSelf();
        return PauseIn(own.Where(o => !InInnerLoop(o, loop, step) && !InLambda(o, loop)), step);
    }

    private Pause PauseIn(IEnumerable<IOperation> operations, IOperation step)
    {
        var own = operations.ToList();
        IInvocationOperation? constant = null;
        TimeSpan time = default;
        foreach (var operation in own)
        {
            cancellation.ThrowIfCancellationRequested();
            if (model.Tasks.IsTick(operation)) return Pause.Unknown;
            if (model.Tasks.DelayOf(operation) is not { } delay) continue;
            if (model.Durations.ReadMillisecondsOrSpan(delay, cancellation) is not { } value) return Pause.Unknown;
            // The longest one decides: a short settling pause beside it changes nothing.
            if (constant is null || value > time) (constant, time) = ((IInvocationOperation)operation, value);
        }
        if (constant is not null && time > TimeSpan.Zero) return HasDelayHelper(own, step) ? Pause.Unknown : new(PauseKind.Constant, constant, time);
        if (time < TimeSpan.Zero || own.Any(o => o is IInvalidOperation or IDynamicInvocationOperation || o is IInvocationOperation call && MayPause(call, step, 0))) return Pause.Unknown;
        return Pause.None;
    }

    /// <summary>A method that calls itself from the handler of a failed connect: the pause in that handler. Null where there is no such recursion.</summary>
    public Pause? RecursionPause(IInvocationOperation connect)
    {
        if (model.MemberOf(connect, cancellation) is not IMethodSymbol method) return null;
        foreach (var attempt in connect.Ancestors().OfType<ITryOperation>().Where(t => connect.IsInside(t.Body)))
            foreach (var handler in attempt.Catches.Where(CatchesConnectFailures))
                if (handler.Handler.Descendants().OfType<IInvocationOperation>().FirstOrDefault(c => SymbolEqualityComparer.Default.Equals(c.TargetMethod.OriginalDefinition, method)) is { } again
                    // Under a condition the attempts may be counted.
                    && !again.Ancestors().TakeWhile(a => !ReferenceEquals(a, handler)).Any(a => a is IConditionalOperation or ISwitchOperation or IAnonymousFunctionOperation))
                    return PauseIn(handler.Handler.Descendants(), again);
        return null;
    }

    /// <summary>A handler of <c>HubConnection.Closed</c> that starts the connection again: its pause. Null where the start stands in no such handler.</summary>
    public Pause? HandlerPause(IInvocationOperation start)
    {
        var function = start.Ancestors().FirstOrDefault(a => a is IAnonymousFunctionOperation or ILocalFunctionOperation) ?? start.Root();
        var handles = function is IAnonymousFunctionOperation
            ? IsClosedHandler(function)
            : model.MemberOf(start, cancellation) is IMethodSymbol method
                && model.Calls.UsesOf(method, cancellation)?.Any(use => use is IMethodReferenceOperation && IsClosedHandler(use)) == true;
        return handles ? PauseIn(function.Descendants(), start) : null;
    }

    private bool IsClosedHandler(IOperation function)
    {
        while (function.Parent is IDelegateCreationOperation or IConversionOperation) function = function.Parent;
        return function.Parent is IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation e } && model.Types.IsMember(e.Event, Api.HubConnection, "Closed");
    }

    /// <summary>Methods of this compilation that wait on their own may hold the real backoff.</summary>
    private bool HasDelayHelper(List<IOperation> own, IOperation step) =>
        own.OfType<IInvocationOperation>().Any(c => IsOurs(c.TargetMethod) && !LeadsToConnect(c, step) && Waits(c.TargetMethod, 0));

    private bool Waits(IMethodSymbol method, int depth) =>
        depth < MaxDepth && Bodies.Of(method, model, cancellation) is { } body
        && body.Descendants().Any(o => model.Tasks.DelayOf(o) is not null || model.Tasks.IsTick(o) || o is IInvocationOperation c && IsOurs(c.TargetMethod) && Waits(c.TargetMethod, depth + 1));

    /// <summary>Could this call take the time that a pause takes?</summary>
    private bool MayPause(IInvocationOperation call, IOperation step, int depth)
    {
        if (model.Tasks.DelayOf(call) is not null || model.Sockets.IsConnect(call) || model.Sockets.IsReceive(call) || call.Syntax == step.Syntax && depth == 0 && !IsOurs(call.TargetMethod)) return false;
        var method = call.TargetMethod;
        if (method.MethodKind == MethodKind.DelegateInvoke) return Awaits(call);
        if (IsOurs(method) || method.MethodKind == MethodKind.LocalFunction)
        {
            if (method.IsAbstract || method.IsVirtual || method.IsOverride || depth >= MaxDepth) return true;
            return Bodies.Of(method, model, cancellation) is not { } body
                || body.Descendants().Any(o => model.Tasks.DelayOf(o) is not null || model.Tasks.IsTick(o) || o is IInvalidOperation || o is IInvocationOperation inner && MayPause(inner, step, depth + 1));
        }
        var name = method.ContainingNamespace?.ToDisplayString() ?? "";
        if (method.Name is "ConfigureAwait" or "AsTask" or "Dispose" or "DisposeAsync" or "Run" && !Awaits(call)) return false;
        if (name == "System.Threading" || name == "System.Threading.Tasks") return method.Name is not ("Cancel" or "Dispose" or "CancelAfter" or "CreateLinkedTokenSource" or "ThrowIfCancellationRequested" or "Exchange" or "CompareExchange" or "Increment" or "Read" or "Write" or "ConfigureAwait");
        if (method.Name is "ReadLine" or "ReadKey" or "Read" or "Take" or "TryTake") return true;
        return !InstantNamespaces.Contains(name) && !name.StartsWith("System.Text", StringComparison.Ordinal);
    }

    private static bool Awaits(IOperation call) => Tasks.IsAwaited(call);

    private bool IsOurs(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, model.Compilation.Assembly);

    private static bool LeadsToConnect(IOperation call, IOperation step) => call.Syntax == step.Syntax;

    private static bool InInnerLoop(IOperation operation, ILoopOperation loop, IOperation step)
    {
        foreach (var ancestor in operation.Ancestors())
        {
            if (ancestor is not ILoopOperation inner) continue;
            if (inner.Syntax == loop.Syntax) return false;
            if (!inner.Syntax.Span.Contains(step.Syntax.Span)) return true;
        }
        return false;
    }

    private static bool InLambda(IOperation operation, ILoopOperation loop)
    {
        foreach (var ancestor in operation.Ancestors())
        {
            if (ancestor is IAnonymousFunctionOperation or ILocalFunctionOperation) return true;
            if (ancestor.Syntax == loop.Syntax) return false;
        }
        return false;
    }
}

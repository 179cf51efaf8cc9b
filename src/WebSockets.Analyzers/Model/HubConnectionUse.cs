using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>What becomes of a built <c>HubConnection</c>: who holds it, who starts it again after a loss, and whether it lives for one exchange only.</summary>
internal sealed class HubConnectionUse
{
    private readonly CompilationModel _model;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<ISymbol> _holders = new(SymbolEqualityComparer.Default);
    private readonly List<IOperation> _references = [];
    private bool _escapes;
    private bool _isPassedOn;

    private HubConnectionUse(CompilationModel model, CancellationToken cancellation)
    {
        _model = model;
        _cancellation = cancellation;
    }

    public static HubConnectionUse Of(IReadOnlyList<IInvocationOperation> builds, CompilationModel model, CancellationToken cancellation)
    {
        var use = new HubConnectionUse(model, cancellation);
        foreach (var build in builds) use.Follow(build);
        return use;
    }

    /// <summary>
    /// Somebody starts the connection again after a loss, or is told of it: a <c>Closed</c> handler, a loop or a timer that leads to <c>StartAsync</c>, a start before each use.
    /// </summary>
    public bool IsRestarted() => HasClosedHandler() || HasWatchdog();

    /// <summary>
    /// Does the connection serve one exchange? It is started in the method that builds it, nothing waits there for input or for an end, and it is stopped, disposed, or only asked something.
    /// </summary>
    public bool IsOneShot(IOperation build)
    {
        if (_escapes || _holders.Any(h => h is not ILocalSymbol)) return false;
        var calls = _references.Select(CallOn).OfType<IInvocationOperation>().ToList();
        var body = Body(build);
        if (!calls.Any(c => c.TargetMethod.Name == "StartAsync" && c.IsInside(body))) return false;
        if (Waits(body, 3)) return false;
        bool ends = calls.Any(c => c.TargetMethod.Name is "StopAsync" or "DisposeAsync") || _references.Any(IsInUsing);
        bool asks = calls.Any(c => IsHubCall(c.TargetMethod));
        bool listens = calls.Any(c => c.TargetMethod.Name == "On");
        return ends || asks && (!listens || AwaitsAnswer(body));
    }

    private void Follow(IOperation value)
    {
        _cancellation.ThrowIfCancellationRequested();
        while (value.Parent is IConversionOperation or IParenthesizedOperation or IAwaitOperation) value = value.Parent;
        switch (value.Parent)
        {
            case IExpressionStatementOperation or IInvocationOperation or IPropertyReferenceOperation or IEventReferenceOperation or IConditionalAccessOperation or IBinaryOperation or IIsPatternOperation or IIsTypeOperation or IUsingOperation:
                break;
            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } call } when IsOfSignalR(call.TargetMethod):
                break;
            case IArgumentOperation { Parent: IInvocationOperation call } when !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty:
                // A helper of the application: what waits in it is found there.
                _isPassedOn = true;
                break;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                Hold(declarator.Symbol, value);
                break;
            case IFieldInitializerOperation initializer:
                foreach (var field in initializer.InitializedFields) Hold(field, value);
                break;
            case IPropertyInitializerOperation initializer:
                foreach (var property in initializer.InitializedProperties) Hold(property, value);
                break;
            case IAssignmentOperation assignment when ReferenceEquals(assignment.Target, value):
                break;
            case IAssignmentOperation assignment when Symbol(assignment.Target) is { } holder:
                Hold(holder, value);
                if (assignment.Parent is not IExpressionStatementOperation) Follow(assignment);
                break;
            default:
                _escapes = true;
                break;
        }
    }

    private void Hold(ISymbol holder, IOperation value)
    {
        if (!_holders.Add(holder) || holder is not ILocalSymbol) return;
        foreach (var operation in value.Root().Descendants())
        {
            if (operation is not ILocalReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Local, holder)) continue;
            _references.Add(reference);
            Follow(reference);
        }
    }

    private static ISymbol? Symbol(IOperation? operation) => operation?.Unwrapped() switch
    {
        ILocalReferenceOperation local => local.Local,
        IFieldReferenceOperation field => field.Field.OriginalDefinition,
        IPropertyReferenceOperation { Property.IsIndexer: false } property => property.Property.OriginalDefinition,
        _ => null,
    };

    /// <summary>Another variable that holds another connection does not count; a parameter, an element, or anything once this one went out of sight does.</summary>
    private bool MayBeThis(IOperation? receiver)
    {
        if (_escapes || _isPassedOn && receiver?.Unwrapped() is IParameterReferenceOperation) return true;
        // connection?.Method(): what stands before the question mark.
        if (receiver?.Unwrapped() is IConditionalAccessInstanceOperation instance)
            receiver = instance.Ancestors().OfType<IConditionalAccessOperation>().FirstOrDefault()?.Operation;
        return Symbol(receiver) is not { } symbol || _holders.Contains(symbol) || symbol is not ILocalSymbol && _holders.Any(h => h is not ILocalSymbol && Forwards(symbol, h));
    }

    /// <summary>A property that returns the field.</summary>
    private bool Forwards(ISymbol property, ISymbol holder) =>
        property is IPropertySymbol { GetMethod: { } getter } && SymbolEqualityComparer.Default.Equals(property.ContainingType, holder.ContainingType)
        && _model.CallTree.BodiesOf(getter, _cancellation).Any(b => b.Descendants().Any(o => SymbolEqualityComparer.Default.Equals(Symbol(o), holder)));

    private bool HasClosedHandler()
    {
        var handlers = _model.Calls.Find("Closed", s => s is IEventSymbol && _model.Types.IsOrInherits(s.ContainingType, Api.HubConnection), _cancellation);
        if (handlers is null) return true;
        foreach (var (name, _) in handlers)
        {
            if (_model.Calls.OperationOf(name, _cancellation) is not IEventReferenceOperation { Parent: IEventAssignmentOperation { Adds: true } subscription } reference) continue;
            if (MayBeThis(reference.Instance) && RestartsOrTells(subscription.HandlerValue)) return true;
        }
        return false;
    }

    private bool RestartsOrTells(IOperation handler)
    {
        handler = handler.Unwrapped();
        // A field or local that holds one lambda.
        if (_model.Definitions.Of(handler, _cancellation) is { } definition) handler = definition.Unwrapped();
        if (handler is IDelegateCreationOperation creation) handler = creation.Target.Unwrapped();
        return handler switch
        {
            IAnonymousFunctionOperation lambda => _model.CallTree.Reaches(lambda.Body, IsRestartOrWord, _cancellation),
            IMethodReferenceOperation method => _model.CallTree.BodiesOf(method.Method, _cancellation).ToList() is { Count: > 0 } bodies
                ? bodies.Any(b => _model.CallTree.Reaches(b, IsRestartOrWord, _cancellation))
                : true,
            // A delegate from elsewhere.
            _ => true,
        };
    }

    /// <summary>The connection is started, or somebody who can start it is told: a delegate or event, a signal, the host.</summary>
    private bool IsRestartOrWord(IOperation operation)
    {
        if (operation is not IInvocationOperation { TargetMethod: var method }) return false;
        var type = method.ContainingType;
        return method.Name switch
        {
            "StartAsync" => _model.Types.IsOrInherits(type, Api.HubConnection),
            "Exit" or "FailFast" => _model.Types.Is(type, Api.Environment),
            "StopApplication" => _model.Types.IsOrInherits(type, Api.IHostApplicationLifetime),
            "Cancel" or "CancelAsync" => _model.Types.Is(type, Api.CancellationTokenSource),
            "Release" => _model.Types.Is(type, Api.SemaphoreSlim),
            "Set" => _model.Types.IsOrInherits(type, Api.WaitHandle),
            _ when method.MethodKind == MethodKind.DelegateInvoke => true,
            _ => IsCompletionSource(type),
        };
    }

    /// <summary>A loop, a timer or a change of the network leads to <c>StartAsync</c>, or a use of the connection is preceded by it.</summary>
    private bool HasWatchdog()
    {
        var starts = _model.Calls.Find("StartAsync", s => _model.Types.IsOrInherits(s.ContainingType, Api.HubConnection), _cancellation);
        if (starts is null) return true;
        foreach (var (name, _) in starts)
        {
            if (_model.Calls.OperationOf(name, _cancellation) is not IInvocationOperation start || !MayBeThis(start.Instance)) continue;
            var reach = Reach.Of(start, _model, _cancellation);
            if (reach.IsPeriodic || reach.Origins.Any(IsRecurringEvent) || IsRepeated(reach) || IsLazy(start, reach)) return true;
        }
        return false;
    }

    /// <summary>Is the operation run again and again, by a loop that does not end with the first success?</summary>
    public static bool IsRepeated(IOperation operation, CompilationModel model, CancellationToken cancellation)
    {
        var reach = Reach.Of(operation, model, cancellation);
        return reach.IsPeriodic || new HubConnectionUse(model, cancellation).IsRepeated(reach);
    }

    private bool IsRepeated(Reach reach) => reach.Loops.Any(loop =>
        loop is IWhileLoopOperation or IForLoopOperation { Condition: null } && reach.Steps.FirstOrDefault(s => s.IsInside(loop)) is { } step && !EndsAfter(loop, step));

    /// <summary>A loop that tries until the first success: it is left behind the step, or runs while the connection is not up.</summary>
    private bool EndsAfter(ILoopOperation loop, IOperation step)
    {
        var condition = (loop as IWhileLoopOperation)?.Condition;
        if (condition?.DescendantsAndSelf().Any(IsState) == true) return true;
        var tested = condition?.DescendantsAndSelf().Select(Symbol).OfType<ISymbol>().ToList() ?? [];
        for (IOperation current = step; current.Parent is { } parent && !ReferenceEquals(current, loop); current = parent)
        {
            if (current is IReturnOperation) return true;
            // A flag that the loop asks: connected = await TryStartAsync().
            if (current is ISimpleAssignmentOperation assigned && Symbol(assigned.Target) is { } flag && tested.Contains(flag, SymbolEqualityComparer.Default)) return true;
            if (parent is not IBlockOperation block) continue;
            foreach (var next in block.Operations.SkipWhile(o => !ReferenceEquals(o, current)).Skip(1))
            {
                if (Leaves(next)) return true;
                if (next is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation set } && Symbol(set.Target) is { } symbol && tested.Contains(symbol, SymbolEqualityComparer.Default)) return true;
            }
        }
        return false;
    }

    private bool Leaves(IOperation statement) => statement switch
    {
        IBranchOperation { BranchKind: BranchKind.Break } or IReturnOperation => true,
        IBlockOperation block => block.Operations.Any(Leaves),
        ITryOperation @try => Leaves(@try.Body),
        IUsingOperation @using => Leaves(@using.Body),
        // if (connection.State == HubConnectionState.Connected) break;
        IConditionalOperation conditional => conditional.Condition.DescendantsAndSelf().Any(IsState) && Leaves(conditional.WhenTrue),
        _ => false,
    };

    private bool IsState(IOperation operation) => operation is IPropertyReferenceOperation p && _model.Types.IsMember(p.Property, Api.HubConnection, "State");

    // Events by name: timers and network monitors are many. A name only silences here.
    private static bool IsRecurringEvent(Origin origin) =>
        origin.Kind == OriginKind.Callback
        && origin.Step.Ancestors().OfType<IEventAssignmentOperation>().FirstOrDefault()?.EventReference is IEventReferenceOperation { Event.Name: var name }
        && (name is "Tick" or "Elapsed" || name.IndexOf("network", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("connectivity", StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>Started where it is used, if it is not up: <c>if (State == Disconnected) await StartAsync(); await InvokeAsync(…)</c>.</summary>
    private bool IsLazy(IOperation start, Reach reach) =>
        start.Ancestors().OfType<IConditionalOperation>().Any(c => c.Condition.DescendantsAndSelf().Any(IsState))
        && reach.Steps.Take(4).Any(step => Body(step).Descendants().Any(o => o is IInvocationOperation call && IsHubCall(call.TargetMethod)));

    private bool IsHubCall(IMethodSymbol method) =>
        (method.Name.StartsWith("Invoke", StringComparison.Ordinal) || method.Name.StartsWith("Send", StringComparison.Ordinal) || method.Name.StartsWith("Stream", StringComparison.Ordinal)) && IsOfSignalR(method);

    private static bool IsOfSignalR(IMethodSymbol method) => method.ContainingType.ContainingNamespace?.ToDisplayString() == "Microsoft.AspNetCore.SignalR.Client";

    private static IInvocationOperation? CallOn(IOperation reference)
    {
        while (reference.Parent is IConversionOperation or IParenthesizedOperation or IArgumentOperation) reference = reference.Parent;
        if (reference.Parent is IConditionalAccessOperation { WhenNotNull: IInvocationOperation access }) return access;
        return reference.Parent as IInvocationOperation;
    }

    /// <summary>Held by <c>using</c>: disposed at the end of the block.</summary>
    private static bool IsInUsing(IOperation reference) =>
        reference is ILocalReferenceOperation { Local: var local }
        && reference.Root().Descendants().Any(o => o is IUsingDeclarationOperation or IUsingOperation
            && o.Descendants().Any(d => d is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) && ReferenceEquals(d.Ancestors().First(a => a is IUsingDeclarationOperation or IUsingOperation or IBlockOperation), o)));

    /// <summary>The body of the nearest method, local function or lambda.</summary>
    private static IOperation Body(IOperation operation) =>
        operation.Ancestors().FirstOrDefault(a => a is IAnonymousFunctionOperation or ILocalFunctionOperation) ?? operation.Root();

    /// <summary>Does something wait here for input, for an end, or in a loop? Handlers are not part of the flow.</summary>
    private bool Waits(IOperation body, int depth)
    {
        foreach (var operation in Flow(body))
        {
            _cancellation.ThrowIfCancellationRequested();
            switch (operation)
            {
                case IWhileLoopOperation or IForLoopOperation { Condition: null }:
                    return true;
                case IInvocationOperation call when IsWait(call):
                    return true;
                case IAwaitOperation { Operation: var awaited } when IsCompletionTask(awaited) is { } source && !IsAnswer(source):
                    return true;
                case IInvocationOperation call when depth > 0 && _model.CallTree.BodiesOf(call.TargetMethod, _cancellation).Any(b => Waits(b, depth - 1)):
                    return true;
            }
        }
        return false;
    }

    /// <summary>The operations of a body without those of the lambdas and local functions in it.</summary>
    private static IEnumerable<IOperation> Flow(IOperation body)
    {
        foreach (var child in body.ChildOperations)
        {
            if (child is IAnonymousFunctionOperation or ILocalFunctionOperation) continue;
            yield return child;
            foreach (var inner in Flow(child)) yield return inner;
        }
    }

    private bool IsWait(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var type = method.ContainingType;
        return method.Name switch
        {
            "ReadLine" or "ReadKey" or "Read" => _model.Types.Is(type, Api.Console),
            "ReadLineAsync" => call.Instance?.Unwrapped() is IPropertyReferenceOperation { Property: { Name: "In" } input } && _model.Types.Is(input.ContainingType, Api.Console),
            "Delay" or "Sleep" => _model.Tasks.DelayOf(call) is { } delay && _model.Durations.ReadMillisecondsOrSpan(delay, _cancellation) is { } time && time == Timeout.InfiniteTimeSpan,
            "Wait" or "WaitAsync" => _model.Types.Is(type, Api.SemaphoreSlim) && _model.Tasks.DelayOf(call) is null,
            "WaitOne" => _model.Types.IsOrInherits(type, Api.WaitHandle) && _model.Tasks.DelayOf(call) is null,
            "Run" or "RunAsync" or "WaitForShutdown" or "WaitForShutdownAsync" => type.ContainingNamespace?.ToDisplayString() is "Microsoft.Extensions.Hosting" or "Microsoft.AspNetCore.Builder" or "Microsoft.AspNetCore.Hosting",
            _ => false,
        };
    }

    /// <summary>The completion source whose task is awaited without a bound.</summary>
    private ISymbol? IsCompletionTask(IOperation awaited)
    {
        if (awaited.Unwrapped() is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task }) awaited = task;
        return awaited.Unwrapped() is IPropertyReferenceOperation { Property: { Name: "Task" } property, Instance: { } source } && IsCompletionSource(property.ContainingType) ? Symbol(source) ?? (source.Unwrapped() as IParameterReferenceOperation)?.Parameter : null;
    }

    private bool IsCompletionSource(ITypeSymbol? type) => _model.Types.Is(type, Api.TaskCompletionSource) || _model.Types.Is(type, Api.TaskCompletionSourceOfT);

    /// <summary>A message of the hub completes the source: what waits for it waits for one answer.</summary>
    private bool IsAnswer(ISymbol source) => _references.Select(CallOn).Any(call =>
        call is { TargetMethod.Name: "On" } on && on.Arguments.Any(a => a.Value.Descendants().Any(o => o is IInvocationOperation { Instance: { } instance } && SymbolEqualityComparer.Default.Equals(Symbol(instance), source))));

    private bool AwaitsAnswer(IOperation body) => Flow(body).Any(o => o is IAwaitOperation { Operation: var awaited } && IsCompletionTask(awaited) is { } source && IsAnswer(source));
}

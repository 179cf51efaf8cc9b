using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>How control comes to an operation: the loops round it, in its own method and in its callers, and where the walk upwards ends.</summary>
internal sealed class Reach
{
    private readonly List<ILoopOperation> _loops = [];
    private readonly List<Origin> _origins = [];
    private readonly List<IOperation> _steps = [];

    /// <summary>The loops that contain the operation, a call that leads to it, or a lambda that holds either; the nearest first.</summary>
    public IReadOnlyList<ILoopOperation> Loops => _loops;

    public IReadOnlyList<Origin> Origins => _origins;

    /// <summary>The operation itself and each call through which it is reached.</summary>
    public IReadOnlyList<IOperation> Steps => _steps;

    /// <summary>A method on the way leads to itself: the operation may run again.</summary>
    public bool IsRecursive { get; private set; }

    /// <summary>A timer or another periodic source runs it.</summary>
    public bool IsPeriodic { get; private set; }

    /// <summary>Some way could not be followed to its end.</summary>
    public bool IsIncomplete => _origins.Any(o => o.Kind == OriginKind.Unknown);

    /// <summary>Several rules ask for the same calls: each is walked from once a compilation.</summary>
    public static Reach Of(IOperation operation, CompilationModel model, CancellationToken cancellation)
    {
        if (model.Reaches.TryGetValue(operation.Syntax, out var known)) return known;
        var reach = new Reach();
        new Walk(reach, model, cancellation).Up(operation, 0);
        return model.Reaches[operation.Syntax] = reach;
    }

    private sealed class Walk(Reach reach, CompilationModel model, CancellationToken cancellation)
    {
        // Deeper chains exist, but each level multiplies the ways; beyond this the answer is "unknown".
        private const int MaxDepth = 8;
        private const int MaxSteps = 200;

        private readonly HashSet<ISymbol> _open = new(SymbolEqualityComparer.Default);
        private readonly HashSet<ISymbol> _done = new(SymbolEqualityComparer.Default);

        public void Up(IOperation operation, int depth)
        {
            cancellation.ThrowIfCancellationRequested();
            reach._steps.Add(operation);
            if (depth > MaxDepth || reach._steps.Count > MaxSteps)
            {
                Origin(OriginKind.Unknown, operation, null);
                return;
            }

            foreach (var ancestor in operation.Ancestors())
            {
                switch (ancestor)
                {
                    case ILoopOperation loop:
                        if (!reach._loops.Contains(loop)) reach._loops.Add(loop);
                        break;
                    case IAnonymousFunctionOperation lambda:
                        Value(lambda, operation, depth);
                        return;
                    case ILocalFunctionOperation local:
                        Method(local.Symbol, LocalUses(local), operation, depth);
                        return;
                }
            }

            if (model.MemberOf(operation, cancellation) is not IMethodSymbol method)
            {
                Origin(OriginKind.Initializer, operation, null);
                return;
            }
            if (method.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor)
            {
                Origin(OriginKind.Constructor, operation, method);
                return;
            }
            Method(method, model.Calls.UsesOf(method, cancellation), operation, depth);
        }

        private void Method(IMethodSymbol method, IReadOnlyList<IOperation>? uses, IOperation step, int depth)
        {
            if (_open.Contains(method))
            {
                reach.IsRecursive = true;
                return;
            }
            if (_done.Contains(method)) return;
            if (uses is null)
            {
                Origin(OriginKind.Unknown, step, method);
                return;
            }
            _open.Add(method);
            foreach (var use in uses)
            {
                if (use is IInvocationOperation) Up(use, depth + 1);
                else Value(use, use, depth);
            }
            _open.Remove(method);
            _done.Add(method);
            // Framework entry points have no caller in the source, and a caller elsewhere cannot be excluded for what others can see.
            if (uses.Count == 0 || model.Hosting.IsEntryPoint(method)) Origin(model.Hosting.IsEntryPoint(method) ? OriginKind.EntryPoint : OriginKind.NoCaller, step, method);
        }

        /// <summary>A lambda or a method group: what happens with the delegate decides.</summary>
        private void Value(IOperation function, IOperation step, int depth)
        {
            IOperation value = function;
            while (value.Parent is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation) value = value.Parent;
            switch (value.Parent)
            {
                case IArgumentOperation { Parent: IInvocationOperation call } when model.Tasks.Starts(call):
                    reach._steps.Add(call);
                    Up(call, depth + 1);
                    return;
                case IArgumentOperation { Parent: IObjectCreationOperation creation } when model.Types.Is(creation.Type, Api.Thread):
                    Up(creation, depth + 1);
                    return;
                case IArgumentOperation { Parent: IObjectCreationOperation creation } when model.Types.Is(creation.Type, Api.Timer):
                    reach.IsPeriodic = true;
                    Origin(OriginKind.Callback, step, null);
                    return;
                case IEventAssignmentOperation { EventReference: IEventReferenceOperation e } when model.Types.Is(e.Event.ContainingType, Api.TimersTimer):
                    reach.IsPeriodic = true;
                    Origin(OriginKind.Callback, step, null);
                    return;
                case IEventAssignmentOperation:
                    Origin(OriginKind.Callback, step, null);
                    return;
                default:
                    Origin(OriginKind.Unknown, step, null);
                    return;
            }
        }

        private static List<IOperation> LocalUses(ILocalFunctionOperation local)
        {
            var uses = new List<IOperation>();
            foreach (var operation in local.Root().Descendants())
            {
                if (operation is IInvocationOperation call && SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, local.Symbol)) uses.Add(call);
                else if (operation is IMethodReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Method.OriginalDefinition, local.Symbol)) uses.Add(reference);
            }
            return uses;
        }

        private void Origin(OriginKind kind, IOperation step, IMethodSymbol? method) => reach._origins.Add(new(kind, step, method));
    }
}

internal enum OriginKind
{
    /// <summary>Top-level statements, <c>Main</c>, a hosted service's <c>ExecuteAsync</c> or <c>StartAsync</c>: run once by the runtime or the host.</summary>
    EntryPoint,

    /// <summary>A constructor.</summary>
    Constructor,

    /// <summary>A field or property initialiser.</summary>
    Initializer,

    /// <summary>A method that nobody in the compilation calls.</summary>
    NoCaller,

    /// <summary>An event handler or a timer's callback.</summary>
    Callback,

    /// <summary>A delegate that goes somewhere else, or a bound was hit.</summary>
    Unknown,
}

/// <summary>Where a walk upwards ends.</summary>
/// <param name="Kind">Why it ends.</param>
/// <param name="Step">The topmost call (or the operation itself).</param>
/// <param name="Method">The method that holds it.</param>
internal sealed record Origin(OriginKind Kind, IOperation Step, IMethodSymbol? Method);

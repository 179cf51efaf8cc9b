using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>Does a connect run a second time on the instance that was connected before?</summary>
internal sealed class Reuse(CompilationModel model, IInvocationOperation connect, ISymbol holder, CancellationToken cancellation)
{
    private const int MaxDepth = 3;

    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);

    /// <summary>Why it does, in the words of a message; null when it does not, or when that is not certain.</summary>
    public string? Why() =>
        InLoop() ?? InLoopOfCaller() ?? InRetryLambda() ?? InCatch() ?? InSequence() ?? InRecursion() ?? AfterCoalesce() ?? AfterPartialRecreation() ?? AfterStateGuard();

    /// <summary>A loop runs the connect again on what was created outside it.</summary>
    private string? InLoop()
    {
        foreach (var ancestor in connect.Ancestors())
        {
            if (ancestor is IAnonymousFunctionOperation or ILocalFunctionOperation) return null;
            if (ancestor is not ILoopOperation loop) continue;
            if (IsDeclaredIn(holder, loop) || Renews(loop) || !RunsAgain(loop, connect)) return null;
            return "the loop runs it again on the instance that was created before the loop";
        }
        return null;
    }

    /// <summary>The object has one socket for its whole life, and one of its own methods calls the connecting one in a loop.</summary>
    private string? InLoopOfCaller()
    {
        if (holder is not (IFieldSymbol or IPropertySymbol) || MakesNew() || connect.Ancestors().Any(a => a is IAnonymousFunctionOperation or ILocalFunctionOperation)
            || model.MemberOf(connect, cancellation) is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method
            || model.Sockets.Writes(holder, connect, cancellation) is not { } writes || !writes.All(w => IsDeclaration(w) || IsInConstructor(w))
            || MayBeSkipped() || model.Calls.UsesOf(method, cancellation) is not { } uses) return null;
        foreach (var use in uses)
        {
            if (use is IInvocationOperation { Instance: null or IInstanceReferenceOperation } && IsInThisType(use)
                && use.Loop() is { } loop && RunsAgain(loop, use))
                return $"the loop in line {LineOf(use)} runs it again, and no other instance is ever created";
        }
        return null;
    }

    /// <summary>A condition that does not ask for the socket's state may let only the first call come to the connect: <c>if (_started) return;</c></summary>
    private bool MayBeSkipped() => connect.Ancestors().Any(a => a is ISwitchOperation || a is IConditionalOperation branch && !AsksForState(branch))
        || connect.ConditionsBefore().Any(guard => !AsksForState(guard) && guard.Descendants().Any(o => o is IReturnOperation));

    private bool AsksForState(IConditionalOperation branch) => branch.Condition.DescendantsAndSelf().Any(o => model.Sockets.ReadsState(o, cancellation));

    /// <summary>A resilience pipeline or a retry helper runs the lambda again.</summary>
    private string? InRetryLambda()
    {
        if (connect.Ancestors().FirstOrDefault(a => a is IAnonymousFunctionOperation or ILocalFunctionOperation) is not IAnonymousFunctionOperation lambda || IsDeclaredIn(holder, lambda) || Renews(lambda)) return null;
        IOperation value = lambda;
        while (value.Parent is IDelegateCreationOperation or IConversionOperation) value = value.Parent;
        if (value.Parent is not IArgumentOperation { Parent: IInvocationOperation call, Parameter: { } parameter }) return null;
        // The holder must live longer than one run of the call that retries.
        return IsPolly(call) || RetriesParameter(call.TargetMethod, parameter)
            ? $"{call.TargetMethod.Name} runs the lambda again on the instance that was created outside it"
            : null;
    }

    private static bool IsPolly(IInvocationOperation call) =>
        call.TargetMethod.Name is "ExecuteAsync" or "ExecuteAndCaptureAsync" or "ExecuteOutcomeAsync" && call.TargetMethod.ContainingNamespace is { } n && n.ToDisplayString() is var name && (name == "Polly" || name.StartsWith("Polly.", StringComparison.Ordinal));

    /// <summary>A method of this compilation that calls its delegate in a loop with a handler.</summary>
    private bool RetriesParameter(IMethodSymbol method, IParameterSymbol parameter) =>
        Bodies.Of(method.OriginalDefinition, model, cancellation) is { } body
        && body.Descendants().OfType<ILoopOperation>().Any(loop => loop is not IForEachLoopOperation && loop.Descendants().OfType<ITryOperation>().Any(t => t.Catches.Length > 0
            && t.Body.Descendants().OfType<IInvocationOperation>().Any(c => c.TargetMethod.MethodKind == MethodKind.DelegateInvoke
                && c.Instance?.Unwrapped() is IParameterReferenceOperation p && p.Parameter.Name == parameter.Name)));

    /// <summary>The second attempt after the first one's failure: a fallback host.</summary>
    private string? InCatch()
    {
        foreach (var handler in connect.AncestorsInFunction().OfType<ICatchClauseOperation>())
        {
            if (handler.Parent is not ITryOperation attempt || !attempt.Body.Descendants().Any(o => o is IInvocationOperation c && IsSameConnect(c))) continue;
            return Renews(handler) ? null : "the attempt before the handler was made on the same instance";
        }
        return null;
    }

    /// <summary>A statement that always runs before has connected the instance.</summary>
    private string? InSequence()
    {
        if (MakesNew()) return null;
        var between = new List<IOperation>();
        IOperation child = connect;
        foreach (var ancestor in connect.AncestorsInFunction())
        {
            if (ancestor is IBlockOperation block)
            {
                foreach (var statement in block.Operations.TakeWhile(o => !ReferenceEquals(o, child)).Reverse())
                {
                    if (Attempts(statement)) return between.Any(b => Renews(b)) ? null : "it was connected before, in line " + LineOf(statement);
                    between.Add(statement);
                }
            }
            child = ancestor;
        }
        return null;
    }

    /// <summary><c>await socket.ConnectAsync(…);</c>, by itself or first thing in a try block.</summary>
    private bool Attempts(IOperation statement) => statement switch
    {
        IExpressionStatementOperation { Operation: IAwaitOperation awaited } => awaited.Descendants().Any(o => o is IInvocationOperation c && IsSameConnect(c)) && !awaited.Descendants().Any(o => o is IAnonymousFunctionOperation),
        ITryOperation { Finally: null } attempt => attempt.Body.Operations.Any(Attempts) && !attempt.Catches.Any(c => Renews(c)) && !Renews(attempt.Body),
        _ => false,
    };

    private static string LineOf(IOperation operation) =>
        (operation.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The handler of the failed attempt calls the method again.</summary>
    private string? InRecursion()
    {
        if (holder is not (IFieldSymbol or IPropertySymbol) || MakesNew() || model.MemberOf(connect, cancellation) is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method) return null;
        var again = connect.AncestorsInFunction().OfType<ITryOperation>().Where(t => connect.IsInside(t.Body)).SelectMany(t => t.Catches)
            .Any(c => c.Handler.Descendants().Any(o => o is IInvocationOperation { Instance: null or IInstanceReferenceOperation } call && SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, method)
                && !call.Ancestors().TakeWhile(a => !ReferenceEquals(a, c)).Any(a => a is IAnonymousFunctionOperation)));
        return again && !connect.Ancestors().Any(a => a is IAnonymousFunctionOperation or ILocalFunctionOperation) && !Renews(connect.Root())
            ? $"{method.Name} calls itself after a failed attempt, on the same instance"
            : null;
    }

    /// <summary>A property that makes an object at each reading.</summary>
    private bool MakesNew() => holder is IPropertySymbol property && Bodies.Of(property.GetMethod, model, cancellation) is not null;

    /// <summary><c>socket ??= new ClientWebSocket()</c>: null only the first time.</summary>
    private string? AfterCoalesce()
    {
        if (holder is not (IFieldSymbol or IPropertySymbol) || model.Sockets.Writes(holder, connect, cancellation) is not { } writes) return null;
        var coalesce = writes.OfType<ICoalesceAssignmentOperation>().FirstOrDefault(w => w.Root().Syntax == connect.Root().Syntax && w.Syntax.SpanStart < connect.Syntax.SpanStart);
        return coalesce is not null && writes.Count == 1 ? "??= creates one instance, and the next call connects it again" : null;
    }

    /// <summary>A new instance for some states only: <c>if (State == Closed)</c> misses Aborted, the state after a lost connection.</summary>
    private string? AfterPartialRecreation()
    {
        if (model.Sockets.Writes(holder, connect, cancellation) is not { } writes) return null;
        var root = connect.Root().Syntax;
        var inMethod = writes.Where(w => w.Root().Syntax == root && w.Syntax.SpanStart < connect.Syntax.SpanStart && !IsDeclaration(w)).ToList();
        if (inMethod is not [var only] || writes.Any(w => w.Root().Syntax != root && !IsInConstructor(w))) return null;
        if (only.Ancestors().OfType<IConditionalOperation>().FirstOrDefault() is not { } condition || !only.IsInside(condition.WhenTrue) || connect.IsInside(condition)) return null;
        var states = StatesOf(condition.Condition);
        return states is { } named && named.Contains("Closed") && !named.Contains("Aborted") && !named.Contains("!Open")
            ? "a lost connection leaves it Aborted, for which no new instance is created"
            : null;
    }

    /// <summary>The states of the socket that a condition asks for, with "!" where it asks for inequality; null when it asks for something else as well.</summary>
    private HashSet<string>? StatesOf(IOperation condition)
    {
        var states = new HashSet<string>();
        foreach (var operation in condition.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr }:
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                    if (StateName(comparison.RightOperand) is { } state) states.Add((comparison.OperatorKind == BinaryOperatorKind.NotEquals ? "!" : "") + state);
                    else if (comparison.RightOperand.Unwrapped() is not ILiteralOperation) return null;
                    break;
                case IConstantPatternOperation { Value: var value } when StateName(value) is { } named:
                    states.Add((operation.Parent is INegatedPatternOperation ? "!" : "") + named);
                    break;
                case IInvocationOperation or IUnaryOperation { OperatorKind: UnaryOperatorKind.Not }:
                    return null;
                case IBinaryOperation:
                    return null;
            }
        }
        return states;
    }

    private string? StateName(IOperation value) => value.Unwrapped() is IFieldReferenceOperation f && model.Types.Is(f.Field.ContainingType, Api.WebSocketState) ? f.Field.Name : null;

    /// <summary>The method asks for the state because it is called again, and then connects the instance that was in use.</summary>
    private string? AfterStateGuard()
    {
        if (holder is not (IFieldSymbol or IPropertySymbol) || model.Sockets.Writes(holder, connect, cancellation) is not { } writes) return null;
        if (!IsGuarded(connect, 0)) return null;
        foreach (var write in writes)
        {
            if (IsDeclaration(write) || IsInConstructor(write)) continue;
            // A disconnect that the user asks for may make a new instance; it is not what runs after a loss.
            if (!IsUserDisconnect(write)) return null;
        }
        return "it is called again after a lost connection, and nothing has created a new instance by then";
    }

    private bool IsGuarded(IOperation step, int depth)
    {
        if (step.Ancestors().OfType<IConditionalOperation>().Any(c => step.IsInside(c.WhenTrue) && AsksForOpen(c.Condition, negated: true))) return true;
        if (step.ConditionsBefore().Any(c => c.WhenTrue.DescendantsAndSelf().Any(o => o is IReturnOperation) && AsksForOpen(c.Condition, negated: false))) return true;
        return depth < 1 && model.MemberOf(step, cancellation) is IMethodSymbol { MethodKind: MethodKind.Ordinary } method
            && model.Calls.UsesOf(method, cancellation) is { Count: 1 } uses && IsInThisType(uses[0]) && IsGuarded(uses[0], depth + 1);
    }

    private bool IsInThisType(IOperation use) =>
        SymbolEqualityComparer.Default.Equals(model.MemberOf(use, cancellation)?.ContainingType, holder.ContainingType);

    /// <summary>Is the question whether this holder's connection is open (or connecting)?</summary>
    private bool AsksForOpen(IOperation condition, bool negated)
    {
        var operation = condition.Unwrapped();
        if (operation is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not) return AsksForOpen(not.Operand, !negated);
        if (operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison)
            return StateName(comparison.RightOperand) == "Open" && ReadsHolder(comparison.LeftOperand) && negated == (comparison.OperatorKind == BinaryOperatorKind.NotEquals);
        if (operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } or && !negated) return AsksForOpen(or.LeftOperand, false) || AsksForOpen(or.RightOperand, false);
        if (operation is IPropertyReferenceOperation { Property: { Type.SpecialType: SpecialType.System_Boolean } property } && !negated && Bodies.Of(property.GetMethod, model, cancellation) is { } body)
            return body.Descendants().OfType<IBinaryOperation>().Any(b => b.OperatorKind == BinaryOperatorKind.Equals && StateName(b.RightOperand) == "Open" && ReadsHolder(b.LeftOperand));
        return false;
    }

    private bool ReadsHolder(IOperation state) => state.Unwrapped() is IPropertyReferenceOperation { Property.Name: "State" } property && Sockets.IsHeldBy(property.Instance, holder);

    /// <summary>The write stands in a method that closes the socket itself, with no receive in it.</summary>
    private bool IsUserDisconnect(IOperation write)
    {
        var root = write.Root();
        return root.Syntax != connect.Root().Syntax
            && root.Descendants().Any(o => o is IInvocationOperation { TargetMethod.Name: "CloseAsync" or "CloseOutputAsync" } close && Sockets.IsHeldBy(close.Receiver(), holder))
            && !root.Descendants().Any(o => o is IInvocationOperation { TargetMethod.Name: "ReceiveAsync" });
    }

    /// <summary>Does anything in the region, or in a method that it calls, put another instance into the holder?</summary>
    private bool Renews(IOperation region, int depth = 0)
    {
        if (depth == 0) _seen.Clear();
        foreach (var operation in region.Descendants())
        {
            cancellation.ThrowIfCancellationRequested();
            if (operation is IMemberReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation && operation.IsWritten() && Sockets.IsHeldBy(operation, holder)) return true;
            if (operation is IInvalidOperation) return true;
            // The holder's own object may be replaced: this.Session = new Session().
            if (operation is IInvocationOperation call && holder is IFieldSymbol or IPropertySymbol && call.Syntax != connect.Syntax)
            {
                if (call.TargetMethod.MethodKind == MethodKind.DelegateInvoke) return true;
                if (!SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingAssembly, model.Compilation.Assembly)) continue;
                if (call.TargetMethod.IsAbstract || call.TargetMethod.IsVirtual || depth >= MaxDepth) return true;
                if (_seen.Add(call.TargetMethod) && (Bodies.Of(call.TargetMethod, model, cancellation) is not { } body || Renews(body, depth + 1))) return true;
            }
        }
        return false;
    }

    /// <summary>Can the loop come to the connect, or the call that leads to it, a second time?</summary>
    private static bool RunsAgain(ILoopOperation loop, IOperation step)
    {
        bool succeedsAndLeaves = false;
        foreach (var ancestor in step.Ancestors())
        {
            if (ancestor.Syntax == loop.Syntax) break;
            if (ancestor is ITryOperation attempt && step.IsInside(attempt.Body))
            {
                // A failure that stays in the loop runs it again; an unconditional way out of the handler does not.
                if (attempt.Catches.Any(c => !c.Handler.Operations.Any(LeavesLoop))) return true;
                if (attempt.Catches.Length > 0 && succeedsAndLeaves) return false;
            }
            if (ancestor is IBlockOperation block && block.Operations.SkipWhile(o => o.Syntax.SpanStart < step.Syntax.SpanStart).Any(LeavesLoop)) succeedsAndLeaves = true;
        }
        // Without a handler a failure leaves; a success comes round again.
        return !succeedsAndLeaves && loop is not IForEachLoopOperation;
    }

    private static bool LeavesLoop(IOperation statement) => statement is IReturnOperation or IThrowOperation or IBranchOperation { BranchKind: BranchKind.Break }
        || statement is IExpressionStatementOperation { Operation: IThrowOperation };

    private bool IsSameConnect(IInvocationOperation call) =>
        SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, connect.TargetMethod.OriginalDefinition) && call.Syntax != connect.Syntax && Sockets.IsHeldBy(call.Receiver(), holder);

    private static bool IsDeclaredIn(ISymbol symbol, IOperation region) =>
        symbol is ILocalSymbol or IParameterSymbol && symbol.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == region.Syntax.SyntaxTree && region.Syntax.Span.Contains(r.Span));

    private static bool IsDeclaration(IOperation write) => write is IVariableInitializerOperation or IFieldInitializerOperation or IPropertyInitializerOperation;

    private bool IsInConstructor(IOperation write) =>
        model.MemberOf(write, cancellation) is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor };
}

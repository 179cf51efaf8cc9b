using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>For each place of a function: has every way to it passed a check that the request asks for a WebSocket?</summary>
internal sealed class Flow
{
    private readonly ControlFlowGraph _graph;
    private readonly Func<IMethodSymbol, bool> _refuses;
    private readonly Conditions _conditions;
    private readonly CompilationModel _model;
    private readonly bool[] _at;

    public Flow(ControlFlowGraph graph, Conditions conditions, Func<IMethodSymbol, bool> refuses, CompilationModel model)
    {
        (_graph, _conditions, _refuses, _model) = (graph, conditions, refuses, model);
        _at = new bool[graph.Blocks.Length];
        Solve();
    }

    /// <summary>Every way that comes back from the function has passed a check.</summary>
    public bool AtExit => _at[_graph.Blocks.Length - 1];

    /// <summary>Has every way to the operation passed a check? Also true for what the graph does not hold.</summary>
    public bool At(IOperation operation)
    {
        foreach (var block in _graph.Blocks)
        {
            bool state = _at[block.Ordinal];
            foreach (var statement in Statements(block))
            {
                if (statement.Syntax.Span.Contains(operation.Syntax.Span) && statement.DescendantsAndSelf().Any(o => o.Syntax == operation.Syntax && IsAlike(o, operation)))
                    return state;
                state |= Refuses(statement);
            }
        }
        return true;
    }

    /// <summary>The check behind which a plain request comes to the end of the function, and nothing on its way answers it; null when there is none.</summary>
    public IOperation? Unanswered(Func<IOperation, bool> answers)
    {
        var found = new IOperation?[_at.Length];
        var open = new bool[_at.Length];
        open[0] = true;
        // A block's way is known once: those that come later pass by the same operations.
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (var block in _graph.Blocks)
            {
                foreach (var branch in block.Predecessors)
                {
                    int from = branch.Source.Ordinal;
                    if (!open[from] || branch.Source.Operations.Any(answers) || branch.Source.BranchValue is { } value && (branch.Semantics == ControlFlowBranchSemantics.Return || value.DescendantsAndSelf().Any(o => o is IAwaitOperation)) && answers(value)) continue;
                    var check = found[from];
                    if (Asks(branch) is { } asked)
                    {
                        // The way of the sockets.
                        if (AfterBranch(branch)) continue;
                        check ??= asked;
                    }
                    if (open[block.Ordinal] && (found[block.Ordinal] is not null || check is null)) continue;
                    open[block.Ordinal] = true;
                    found[block.Ordinal] = check;
                    changed = true;
                }
            }
        }
        return found[_at.Length - 1];
    }

    /// <summary>The check in the condition of a branch.</summary>
    private IOperation? Asks(ControlFlowBranch branch) =>
        branch.Source is { ConditionKind: not ControlFlowConditionKind.None, BranchValue: { } value } ? Original(value).DescendantsAndSelf().FirstOrDefault(_conditions.IsCheck) : null;

    // In the graph a lambda has a kind of its own.
    private static bool IsAlike(IOperation a, IOperation b) => a.Kind == b.Kind || a is IFlowAnonymousFunctionOperation && b is IAnonymousFunctionOperation;

    private static IEnumerable<IOperation> Statements(BasicBlock block) => block.BranchValue is { } value ? block.Operations.Append(value) : block.Operations;

    private void Solve()
    {
        for (int i = 1; i < _at.Length; i++) _at[i] = true;
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (var block in _graph.Blocks)
            {
                if (block.Kind == BasicBlockKind.Entry || !_at[block.Ordinal]) continue;
                bool state = block.Predecessors.IsEmpty ? OnException(block) : block.Predecessors.All(AfterBranch);
                if (state) continue;
                _at[block.Ordinal] = false;
                changed = true;
            }
        }
    }

    /// <summary>A handler is entered from anywhere in its try block: what held at its start holds.</summary>
    private bool OnException(BasicBlock block)
    {
        for (var region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region.FirstBlockOrdinal != block.Ordinal) break;
            if (region.EnclosingRegion is { Kind: ControlFlowRegionKind.TryAndCatch or ControlFlowRegionKind.TryAndFinally } whole && whole.NestedRegions[0] != region)
                return _at[whole.NestedRegions[0].FirstBlockOrdinal];
        }
        // Unreachable.
        return true;
    }

    private bool AfterBranch(ControlFlowBranch branch)
    {
        var source = branch.Source;
        if (_at[source.Ordinal] || Statements(source).Any(Refuses)) return true;
        if (source.ConditionKind == ControlFlowConditionKind.None || source.BranchValue is not { } value) return false;
        bool outcome = branch.IsConditionalSuccessor == (source.ConditionKind == ControlFlowConditionKind.WhenTrue);
        var condition = Original(value);
        // Which of a switch's ways is the socket's is not asked.
        return condition.Syntax.Parent is SwitchStatementSyntax || _conditions.Implies(condition, outcome, CancellationToken.None);
    }

    /// <summary>The condition as it was written: the graph has taken some of them apart.</summary>
    private IOperation Original(IOperation value)
    {
        var model = _model.SemanticModel(value.Syntax.SyntaxTree);
        // "switch (context.WebSockets.IsWebSocketRequest)": a case is a comparison with its label.
        if (value.Syntax.FirstAncestorOrSelf<SwitchLabelSyntax>() is { Parent.Parent: SwitchStatementSyntax choice } && model.GetOperation(choice.Expression, CancellationToken.None) is { } chosen
            && chosen.DescendantsAndSelf().Any(_conditions.IsCheck)) return chosen;
        return model.GetOperation(value.Syntax, CancellationToken.None) ?? value;
    }

    private bool Refuses(IOperation statement) => statement.DescendantsAndSelf().Any(o => o is IInvocationOperation call && !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty && _refuses(call.TargetMethod));
}

/// <summary>The control-flow graphs of functions.</summary>
internal static class Graphs
{
    /// <summary>The graph of a method's body, a lambda or a local function; null where the code has none.</summary>
    public static ControlFlowGraph? Of(IOperation function, CancellationToken cancellation)
    {
        if (function.Parent is null) return Create(function, cancellation);
        // Functions inside a function are found in its graph.
        return Of(function.Function(), cancellation) is { } outer ? Nested(outer, function, cancellation) : null;
    }

    private static ControlFlowGraph? Create(IOperation root, CancellationToken cancellation) => root switch
    {
        IMethodBodyOperation method => ControlFlowGraph.Create(method, cancellation),
        IConstructorBodyOperation constructor => ControlFlowGraph.Create(constructor, cancellation),
        IBlockOperation block => ControlFlowGraph.Create(block, cancellation),
        IFieldInitializerOperation field => ControlFlowGraph.Create(field, cancellation),
        IPropertyInitializerOperation property => ControlFlowGraph.Create(property, cancellation),
        _ => null,
    };

    private static ControlFlowGraph? Nested(ControlFlowGraph outer, IOperation function, CancellationToken cancellation)
    {
        if (function is ILocalFunctionOperation local)
            return outer.LocalFunctions.Contains(local.Symbol, SymbolEqualityComparer.Default) ? outer.GetLocalFunctionControlFlowGraphInScope(local.Symbol, cancellation) : null;
        foreach (var block in outer.Blocks)
            foreach (var operation in block.BranchValue is { } value ? block.Operations.Append(value) : block.Operations)
                foreach (var lambda in operation.DescendantsAndSelf().OfType<IFlowAnonymousFunctionOperation>())
                    if (lambda.Syntax == function.Syntax) return outer.GetAnonymousFunctionControlFlowGraphInScope(lambda, cancellation);
        return null;
    }
}

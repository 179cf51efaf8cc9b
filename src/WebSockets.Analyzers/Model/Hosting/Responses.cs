using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>What a handler writes into the response before and after it accepts a socket.</summary>
internal sealed class Responses(CompilationModel model)
{
    private readonly ConcurrentDictionary<SyntaxNode, IReadOnlyList<Written>> _known = new();

    /// <summary>What a function writes after one of its accepts, and what starts the response before one.</summary>
    public IReadOnlyList<Written> BesideAccepts(IOperation function, CancellationToken cancellation) => _known.GetOrAdd(function.Syntax, _ =>
    [
        .. from accept in model.Pipeline.AcceptsIn(function)
           from written in After(accept, cancellation).Concat(Before(accept, cancellation))
           group written by written.Whole into same
           select same.First(),
    ]);

    /// <summary>What is written on a way that leads on from the accept.</summary>
    private IEnumerable<Written> After(IInvocationOperation accept, CancellationToken cancellation)
    {
        if (Graphs.Of(accept.Function(), cancellation) is not { } graph || Find(graph, accept) is not var (block, index)) yield break;
        foreach (var statement in Following(graph, block, index))
        {
            foreach (var operation in statement.Operation.DescendantsAndSelf())
                if (Writes(operation, startsOnly: false) is { } what) yield return new(operation.Syntax, operation.NameNode(), what, true);
            if (statement.IsReturned && Result(statement.Operation) is { } result) yield return new(statement.Operation.Unwrapped().Syntax, statement.Operation.Unwrapped().Syntax, result, true);
        }
    }

    /// <summary>What starts the response on a way that leads to the accept.</summary>
    private IEnumerable<Written> Before(IInvocationOperation accept, CancellationToken cancellation)
    {
        if (Graphs.Of(accept.Function(), cancellation) is not { } graph) yield break;
        foreach (var block in graph.Blocks)
        {
            int index = 0;
            foreach (var statement in Statements(block))
            {
                foreach (var operation in statement.DescendantsAndSelf())
                {
                    if (Writes(operation, startsOnly: true) is not { } what) continue;
                    if (Following(graph, block, index).Any(f => Holds(f.Operation, accept))) yield return new(operation.Syntax, operation.NameNode(), what, false);
                }
                index++;
            }
        }
    }

    private static IEnumerable<IOperation> Statements(BasicBlock block) => block.BranchValue is { } value ? block.Operations.Append(value) : block.Operations;

    private static (BasicBlock, int)? Find(ControlFlowGraph graph, IOperation wanted)
    {
        foreach (var block in graph.Blocks)
        {
            int index = 0;
            foreach (var statement in Statements(block))
            {
                if (Holds(statement, wanted)) return (block, index);
                index++;
            }
        }
        return null;
    }

    private static bool Holds(IOperation statement, IOperation wanted) => statement.DescendantsAndSelf().Any(o => o.Syntax == wanted.Syntax && o.Kind == wanted.Kind);

    /// <summary>The statements behind a place, on all ways that a socket takes.</summary>
    private IEnumerable<(IOperation Operation, bool IsReturned)> Following(ControlFlowGraph graph, BasicBlock start, int index)
    {
        var seen = new bool[graph.Blocks.Length];
        var open = new Stack<(BasicBlock Block, int From)>();
        open.Push((start, index + 1));

        void Push(BasicBlock block)
        {
            if (seen[block.Ordinal]) return;
            seen[block.Ordinal] = true;
            open.Push((block, 0));
        }

        while (open.Count > 0)
        {
            var (block, from) = open.Pop();
            int i = 0;
            foreach (var statement in Statements(block))
                if (i++ >= from) yield return (statement, ReferenceEquals(statement, block.BranchValue) && block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return);
            // A condition on the request, the socket or the response tells the ways apart.
            if (block.ConditionKind != ControlFlowConditionKind.None && block.BranchValue is { } condition && TellsApart(condition)) continue;
            foreach (var handler in Handlers(block, start)) Push(graph.Blocks[handler.FirstBlockOrdinal]);
            foreach (var branch in new[] { block.FallThroughSuccessor, block.ConditionalSuccessor })
            {
                if (branch is null) continue;
                foreach (var region in branch.FinallyRegions) Push(graph.Blocks[region.FirstBlockOrdinal]);
                if (branch.Destination is { } next) Push(next);
            }
        }
    }

    /// <summary>The <c>catch</c> clauses behind which the block stands and the start does not: they run when the start was well.</summary>
    private static IEnumerable<ControlFlowRegion> Handlers(BasicBlock block, BasicBlock start)
    {
        for (var region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region.Kind != ControlFlowRegionKind.Try || start.Ordinal >= region.FirstBlockOrdinal && start.Ordinal <= region.LastBlockOrdinal || region.EnclosingRegion is not { Kind: ControlFlowRegionKind.TryAndCatch } whole) continue;
            foreach (var handler in whole.NestedRegions)
                if (handler.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.FilterAndHandler) yield return handler;
        }
    }

    private bool TellsApart(IOperation condition)
    {
        var written = model.SemanticModel(condition.Syntax.SyntaxTree).GetOperation(condition.Syntax) ?? condition;
        return written.DescendantsAndSelf().Concat(condition.DescendantsAndSelf()).Any(o => model.Guards.Conditions.IsCheck(o) || o is IPropertyReferenceOperation { Property.Name: "HasStarted" }
            || o is ILocalReferenceOperation or IParameterReferenceOperation && (model.Types.IsOrInherits(o.Type, Api.WebSocket) || o.Type?.SpecialType == SpecialType.System_Boolean));
    }

    /// <summary>The name of what writes into the response; null for anything else.</summary>
    private string? Writes(IOperation operation, bool startsOnly)
    {
        switch (operation)
        {
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "StatusCode" } p } when !startsOnly && model.Types.Is(p.Property.ContainingType, Api.HttpResponse):
                return "StatusCode";
            case IInvocationOperation { TargetMethod: { Name: "WriteAsync" or "WriteAsJsonAsync" or "StartAsync" or "SendFileAsync" or "Redirect" } target } call:
                if (startsOnly && target.Name == "Redirect") return null;
                return model.Types.Is(call.Receiver()?.Type, Api.HttpResponse) || call.Instance?.Unwrapped() is IPropertyReferenceOperation { Property.Name: "Body" or "BodyWriter" } body && model.Types.Is(body.Property.ContainingType, Api.HttpResponse) ? target.Name : null;
            default:
                return null;
        }
    }

    /// <summary>The name of a result that writes; null for the empty ones and for what is not known.</summary>
    private string? Result(IOperation value)
    {
        value = value.Unwrapped();
        return value switch
        {
            IInvocationOperation { TargetMethod: var method } when IsFactory(method) => method.Name == "Empty" ? null : method.Name,
            IObjectCreationOperation { Type: { } type } when model.Types.IsOrInherits(type, Api.IActionResult) || model.Types.IsOrInherits(type, Api.IResult) => model.Types.Is(type, Api.EmptyResult) ? null : type.Name,
            _ => null,
        };
    }

    private bool IsFactory(IMethodSymbol method) =>
        model.Types.Is(method.ContainingType, Api.Results) || model.Types.Is(method.ContainingType, Api.TypedResults)
        || method.DeclaringSyntaxReferences.IsEmpty && model.Types.IsOrInherits(method.ContainingType, Api.ControllerBase) && model.Types.IsOrInherits(method.ReturnType, Api.IActionResult);
}

/// <summary>A write into the response.</summary>
/// <param name="Whole">The whole call, assignment or creation.</param>
/// <param name="Node">Where a finding stands.</param>
/// <param name="What">What it is called.</param>
/// <param name="IsAfter">Whether it comes after the accept, or before it.</param>
internal sealed record Written(SyntaxNode Whole, SyntaxNode Node, string What, bool IsAfter);

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>Who learns that a session is over: an event, a callback, a completed task or anything unknown may start the next one.</summary>
internal sealed class SessionEnd(CompilationModel model, CancellationToken cancellation)
{
    private const int MaxDepth = 3;

    /// <summary>Code of the base class library and of logging, which tells nobody who could reconnect.</summary>
    private static readonly string[] NeutralNamespaces = ["System", "Microsoft.Extensions.Logging", "Microsoft.AspNetCore", "Serilog", "NLog", "log4net", "Newtonsoft.Json", "Spectre.Console"];

    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);

    /// <summary>Is somebody told at the end of the loop, in the loop's own function or in those on the way up to where the session starts?</summary>
    public bool IsTold(Session session)
    {
        foreach (var step in session.ReceiveReach.Steps)
        {
            if (EndRegions(step, session.Loop).Any(region => Tells(region, 0))) return true;
            if (ReferenceEquals(step, session.ReceiveStep)) break;
        }
        return false;
    }

    /// <summary>What runs when the operation, or the loop round it, ends: handlers, what follows, and the branches that leave the loop.</summary>
    private static IEnumerable<IOperation> EndRegions(IOperation step, ILoopOperation loop)
    {
        bool insideLoop = step.Syntax.SyntaxTree == loop.Syntax.SyntaxTree && loop.Syntax.Span.Contains(step.Syntax.Span);
        IOperation child = step;
        foreach (var ancestor in step.Ancestors())
        {
            if (ancestor is ITryOperation attempt)
            {
                if (ReferenceEquals(child, attempt.Body)) foreach (var handler in attempt.Catches) yield return handler;
                if (attempt.Finally is { } final && !ReferenceEquals(child, final)) yield return final;
            }
            else if (ancestor is IBlockOperation block && !insideLoop)
            {
                foreach (var following in block.Operations.SkipWhile(o => !ReferenceEquals(o, child)).Skip(1)) yield return following;
            }
            else if (ancestor is ILoopOperation current)
            {
                if (current.Syntax == loop.Syntax)
                {
                    insideLoop = false;
                    foreach (var branch in current.Descendants().OfType<IConditionalOperation>().Where(LooksAtClose)) yield return branch;
                    foreach (var section in current.Descendants().OfType<ISwitchCaseOperation>().Where(s => s.Clauses.Any(MentionsClose))) yield return section;
                }
            }
            else if (ancestor is IInvocationOperation { TargetMethod.Name: "ContinueWith" } continuation)
            {
                yield return continuation;
            }
            else if (ancestor is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                yield break;
            }
            child = ancestor;
        }
    }

    private static bool LooksAtClose(IConditionalOperation branch) => MentionsClose(branch.Condition);

    private static bool MentionsClose(IOperation operation) => operation.DescendantsAndSelf().Any(o =>
        o is IFieldReferenceOperation { Field.Name: "Close" or "CloseReceived" or "Closed" or "Aborted" } or IPropertyReferenceOperation { Property.Name: "CloseStatus" });

    private bool Tells(IOperation region, int depth)
    {
        foreach (var operation in region.DescendantsAndSelf())
        {
            cancellation.ThrowIfCancellationRequested();
            switch (operation)
            {
                // What cannot be bound may be anything.
                case IInvalidOperation or IDynamicInvocationOperation:
                    return true;
                case IInvocationOperation call when TellsBy(call, depth):
                    return true;
                case IFunctionPointerInvocationOperation:
                    return true;
                case IAssignmentOperation { Target: IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } target } when IsReadElsewhere(target.Member):
                    return true;
            }
        }
        return false;
    }

    private bool TellsBy(IInvocationOperation call, int depth)
    {
        var method = call.TargetMethod;
        if (method.MethodKind == MethodKind.DelegateInvoke) return true;
        if (method.MethodKind == MethodKind.LocalFunction || SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, model.Compilation.Assembly))
        {
            if (method.IsAbstract || method.IsVirtual || method.IsOverride || depth >= MaxDepth) return true;
            if (!_seen.Add(method)) return false;
            return Bodies.Of(method, model, cancellation) is not { } body || Tells(body, depth + 1);
        }
        var type = method.ContainingType;
        return method.Name switch
        {
            "SetResult" or "TrySetResult" or "SetException" or "TrySetException" or "SetCanceled" or "TrySetCanceled" => true,
            "StopApplication" or "Exit" or "FailFast" or "Shutdown" => true,
            "Complete" or "TryComplete" or "CompleteAdding" or "OnCompleted" or "OnError" or "OnNext" or "Release" or "Set" or "Cancel" or "CancelAsync" => true,
            "Post" or "Send" or "Writer" or "WriteAsync" or "TryWrite" or "Enqueue" or "Publish" or "PublishAsync" when !IsNeutral(type) || type?.Name.Contains("Channel") == true => true,
            _ => !IsNeutral(type),
        };
    }

    private static bool IsNeutral(INamedTypeSymbol? type)
    {
        if (type?.ContainingNamespace is not { } containing) return false;
        var name = containing.ToDisplayString();
        return NeutralNamespaces.Any(n => name == n || name.StartsWith(n + ".", StringComparison.Ordinal)) || type.Name.Contains("Logger");
    }

    /// <summary>A flag that another type reads, or that anybody could: a watchdog may look at it.</summary>
    private bool IsReadElsewhere(ISymbol member) =>
        SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, model.Compilation.Assembly)
        && (model.Calls.Find(member, s => SymbolEqualityComparer.Default.Equals(s, member), cancellation) is not { } uses
            || uses.Any(u => model.SemanticModel(u.Name.SyntaxTree).GetEnclosingSymbol(u.Name.SpanStart, cancellation) is { } user
                && !SymbolEqualityComparer.Default.Equals(user is INamedTypeSymbol t ? t : user.ContainingType, member.ContainingType)));
}

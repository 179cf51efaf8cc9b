using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model.Messages;

/// <summary>Where the result of a receive goes, and which of its members somebody reads.</summary>
internal sealed class ReceivedResult
{
    private const int MaxDepth = 3;

    private readonly List<IOperation> _reads = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>It goes where its use cannot be seen: it is passed on, stored or copied. What it says may be looked at there.</summary>
    public bool Escapes { get; private set; }

    /// <summary>The local that holds it; null where it is used on the spot, dropped, or held by a member.</summary>
    public ILocalSymbol? Local { get; private set; }

    /// <summary>The readings of its members, in this function and, where it is returned, in those that call it.</summary>
    public IReadOnlyList<IOperation> Reads => _reads;

    /// <summary>Is a member of that name read?</summary>
    public bool Has(string member) => _names.Contains(member);

    /// <summary>Does anybody look at what kind of frame it was?</summary>
    public bool LooksAtClose => Has("MessageType") || Has("CloseStatus") || Has("CloseStatusDescription");

    public static ReceivedResult Of(IInvocationOperation receive, CompilationModel model, CancellationToken cancellation)
    {
        var result = new ReceivedResult();
        new Walk(result, model, cancellation).Value(receive, 0);
        return result;
    }

    private sealed class Walk(ReceivedResult result, CompilationModel model, CancellationToken cancellation)
    {
        private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);

        /// <summary>What becomes of a value: the result, or a task of it.</summary>
        public void Value(IOperation value, int depth)
        {
            cancellation.ThrowIfCancellationRequested();
            switch (value.Parent)
            {
                case IAwaitOperation or IConversionOperation or IParenthesizedOperation or IConditionalAccessOperation or IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" or "WaitAsync" } }:
                    Value(value.Parent is IArgumentOperation argument ? argument.Parent! : value.Parent, depth);
                    break;
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" or "WaitAsync" or "GetAwaiter" or "GetResult" or "Preserve" } call when ReferenceEquals(call.Instance, value):
                    Value(call, depth);
                    break;
                case ICoalesceOperation coalesce when ReferenceEquals(coalesce.Value, value):
                    Value(coalesce, depth);
                    break;
                case IPropertyReferenceOperation { Property.Name: "Result" } property:
                    Value(property, depth);
                    break;
                case IPropertyReferenceOperation property:
                    Read(property, property.Property.Name);
                    break;
                case IInvocationOperation call when ReferenceEquals(call.Instance, value):
                    // Wait, IsCompleted and the like say nothing about the frame; a continuation gets it.
                    if (call.TargetMethod.Name == "ContinueWith") result.Escapes = true;
                    break;
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "WhenAny" or "WaitAny" or "WhenAll" or "WaitAll" } } when IsTask(value):
                    // The task of a local is asked afterwards; one that is made in the call is answered by it.
                    if (value.Unwrapped() is not ILocalReferenceOperation) result.Escapes = true;
                    break;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                    Local(local, value, depth);
                    break;
                case ISimpleAssignmentOperation { Target: IDiscardOperation }:
                    break;
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment when ReferenceEquals(assignment.Value, value):
                    Local(target.Local, value, depth);
                    if (assignment.Parent is not IExpressionStatementOperation) Value(assignment, depth);
                    break;
                case IExpressionStatementOperation or null:
                    break;
                case IBinaryOperation when IsTask(value) || value.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals }:
                    break;
                case IIsPatternOperation pattern:
                    Patterns(pattern.Pattern);
                    break;
                case ISwitchOperation or ISwitchExpressionOperation:
                    foreach (var p in value.Parent.Descendants().OfType<IPatternOperation>().Where(p => p.Parent is IPatternCaseClauseOperation or ISwitchExpressionArmOperation)) Patterns(p);
                    break;
                case IArrayInitializerOperation when IsTask(value) && value.Unwrapped() is ILocalReferenceOperation:
                    break;
                case IReturnOperation { Kind: OperationKind.Return } when depth < MaxDepth && Callers(value) is { Count: > 0 } callers:
                    // Handed to the callers: what they read counts.
                    foreach (var caller in callers) Value(caller, depth + 1);
                    break;
                default:
                    result.Escapes = true;
                    break;
            }
        }

        /// <summary>All calls of the method that returns it; null where there may be others that cannot be seen.</summary>
        private IReadOnlyList<IOperation>? Callers(IOperation value)
        {
            if (value.Ancestors().Any(a => a is IAnonymousFunctionOperation or ILocalFunctionOperation)
                || model.MemberOf(value, cancellation) is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method
                || method.IsVirtual || method.IsOverride || method.IsAbstract || method.ExplicitInterfaceImplementations.Length > 0 || !_seen.Add(method)
                || model.Calls.UsesOf(method, cancellation) is not { } uses) return null;
            return uses.All(u => u is IInvocationOperation) ? uses : null;
        }

        private void Local(ILocalSymbol local, IOperation value, int depth)
        {
            if (!IsTask(value) && depth == 0) result.Local ??= local;
            if (!_seen.Add(local)) return;
            foreach (var reference in value.Root().Descendants())
            {
                if (reference is not ILocalReferenceOperation use || !SymbolEqualityComparer.Default.Equals(use.Local, local) || use.IsWritten()) continue;
                Value(use, depth);
            }
        }

        private void Read(IOperation read, string member)
        {
            // A task's own properties tell nothing about the frame.
            if (member is "Count" or "EndOfMessage" or "MessageType" or "CloseStatus" or "CloseStatusDescription")
            {
                result._names.Add(member);
                result._reads.Add(read);
            }
        }

        private void Patterns(IPatternOperation pattern)
        {
            foreach (var part in pattern.DescendantsAndSelf())
            {
                if (part is IPropertySubpatternOperation { Member: IPropertyReferenceOperation member }) Read(part, member.Property.Name);
                // A new name for the whole.
                if (part is IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol local }) Local(local, pattern, 0);
                if (part is IRecursivePatternOperation { DeclaredSymbol: ILocalSymbol named }) Local(named, pattern, 0);
            }
        }

        private bool IsTask(IOperation value) => value.Type is { Name: "Task" or "ValueTask" or "ConfiguredTaskAwaitable" or "ConfiguredValueTaskAwaitable" };
    }
}

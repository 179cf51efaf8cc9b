using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model.Messages;

/// <summary>What becomes of a decoded part of a message.</summary>
internal static class Parts
{
    private static readonly HashSet<string> Growing = new(StringComparer.Ordinal) { "Append", "AppendLine", "AppendFormat", "Add", "AddRange", "Concat", "Join", "Write", "WriteAsync", "Enqueue", "Insert", "AddLast" };

    /// <summary>
    /// Is the value added to something that outlives it: a builder, a list, a text that grows? Then the parts are put together, however their end is recognised.
    /// </summary>
    public static bool AreCollected(IOperation value) => AreCollected(value, 0);

    private static bool AreCollected(IOperation value, int depth)
    {
        if (depth > 3) return false;
        for (var current = value; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IArgumentOperation { Parent: IInvocationOperation call }:
                    if (Grows(call)) return true;
                    // Text that is made of the part goes on: "Trim(text)", "text.Split(…)".
                    if (call.Type?.SpecialType != SpecialType.System_String) return false;
                    parent = call;
                    break;
                case IInvocationOperation call when ReferenceEquals(call.Instance, current):
                    if (call.Type?.SpecialType != SpecialType.System_String && call.Type is not IArrayTypeSymbol) return false;
                    break;
                case IConversionOperation or IParenthesizedOperation or IAwaitOperation or IInterpolatedStringOperation or IInterpolationOperation or ICoalesceOperation:
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add }:
                    break;
                case ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add } compound when ReferenceEquals(compound.Value, current):
                    return true;
                case ISimpleAssignmentOperation assignment when ReferenceEquals(assignment.Value, current):
                    if (Sockets.Holder(assignment.Target) is not { } target) return false;
                    // "text = text + part"
                    if (assignment.Value.Descendants().Any(o => Sockets.IsHeldBy(o, target))) return true;
                    return target is ILocalSymbol assigned && UsesOf(assigned, assignment).Any(u => AreCollected(u, depth + 1));
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                    return UsesOf(local, parent).Any(u => AreCollected(u, depth + 1));
                default:
                    return false;
            }
        }
        return false;
    }

    private static IEnumerable<IOperation> UsesOf(ILocalSymbol local, IOperation within) =>
        within.Root().Descendants().Where(o => o is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local) && !o.IsWritten());

    /// <summary>Something of the base class library that keeps what it is given. A console or a log is no such thing.</summary>
    private static bool Grows(IInvocationOperation call) => Growing.Contains(call.TargetMethod.Name)
        && call.Receiver()?.Type is { } type && type.Name is "StringBuilder" or "List" or "StringWriter" or "MemoryStream" or "LinkedList" or "ArrayBufferWriter" or "StreamWriter"
        || call.TargetMethod is { Name: "Concat", ContainingType.SpecialType: SpecialType.System_String };
}

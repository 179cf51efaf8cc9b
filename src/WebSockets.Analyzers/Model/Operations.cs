using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>Small questions about operation trees.</summary>
internal static class Operations
{
    /// <summary>The topmost operation: the method's, accessor's or initialiser's body.</summary>
    public static IOperation Root(this IOperation operation)
    {
        while (operation.Parent is { } parent) operation = parent;
        return operation;
    }

    /// <summary>The enclosing operations, the nearest first.</summary>
    public static IEnumerable<IOperation> Ancestors(this IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent) yield return parent;
    }

    /// <summary>The enclosing operations up to the lambda or local function that holds the operation: what runs together.</summary>
    public static IEnumerable<IOperation> AncestorsInFunction(this IOperation operation) => operation.Ancestors().TakeWhile(a => a is not (IAnonymousFunctionOperation or ILocalFunctionOperation));

    /// <summary>The nearest loop of the same function round the operation.</summary>
    public static ILoopOperation? Loop(this IOperation operation) => operation.AncestorsInFunction().OfType<ILoopOperation>().FirstOrDefault();

    /// <summary>The <c>if</c> statements before a step, in each of the blocks round it: they may keep control from it.</summary>
    public static IEnumerable<IConditionalOperation> ConditionsBefore(this IOperation step) => step.Ancestors().OfType<IBlockOperation>()
        .SelectMany(block => block.Operations.TakeWhile(o => o.Syntax.SpanStart < step.Syntax.SpanStart)).OfType<IConditionalOperation>();

    /// <summary>The nearest lambda or local function round the operation, or the member's body.</summary>
    public static IOperation Function(this IOperation operation) => operation.Ancestors().FirstOrDefault(a => a is IAnonymousFunctionOperation or ILocalFunctionOperation) ?? operation.Root();

    public static bool IsInside(this IOperation operation, IOperation? ancestor)
    {
        for (IOperation? current = operation; current is not null; current = current.Parent)
            if (ReferenceEquals(current, ancestor)) return true;
        return false;
    }

    /// <summary>The value behind conversions and parentheses.</summary>
    public static IOperation Unwrapped(this IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation conversion: operation = conversion.Operand; break;
                case IParenthesizedOperation parenthesized: operation = parenthesized.Operand; break;
                default: return operation;
            }
        }
    }

    /// <summary>Is the local written anywhere below this operation after its declaration?</summary>
    public static bool Writes(this IOperation root, ILocalSymbol local, CancellationToken cancellation)
    {
        foreach (var descendant in root.DescendantsAndSelf())
        {
            cancellation.ThrowIfCancellationRequested();
            if (descendant is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local) && reference.IsWritten()) return true;
        }
        return false;
    }

    /// <summary>Is the reference the target of an assignment, an increment or an argument by reference?</summary>
    public static bool IsWritten(this IOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => ReferenceEquals(assignment.Target, reference),
        IIncrementOrDecrementOperation => true,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.IsRef: true } } => true,
        ITupleOperation { Parent: IDeconstructionAssignmentOperation deconstruction } tuple => ReferenceEquals(deconstruction.Target, tuple),
        _ => false,
    };

    /// <summary>The argument of that parameter, as written or as the default.</summary>
    public static IArgumentOperation? Argument(this IInvocationOperation invocation, string parameter) =>
        invocation.Arguments.FirstOrDefault(a => a.Parameter?.Name == parameter);

    /// <summary>The value that a call gives to a parameter of its method.</summary>
    public static IOperation? ValueOf(this IInvocationOperation invocation, IParameterSymbol parameter) =>
        invocation.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == parameter.Ordinal)?.Value;

    /// <summary>Every call, with the instance for extension methods as well.</summary>
    public static IOperation? Receiver(this IInvocationOperation invocation) =>
        (invocation.Instance ?? (invocation.TargetMethod.IsExtensionMethod ? invocation.Arguments.FirstOrDefault()?.Value : null))?.Unwrapped();

    /// <summary>The node of the member's name in a call or reference: <c>ConnectAsync</c> in a chain that starts lines above.</summary>
    public static SyntaxNode NameNode(this IOperation operation) => NameOf(operation.Syntax);

    private static SyntaxNode NameOf(SyntaxNode node) => node switch
    {
        Microsoft.CodeAnalysis.CSharp.Syntax.InvocationExpressionSyntax i => NameOf(i.Expression),
        Microsoft.CodeAnalysis.CSharp.Syntax.MemberAccessExpressionSyntax m => m.Name,
        Microsoft.CodeAnalysis.CSharp.Syntax.MemberBindingExpressionSyntax m => m.Name,
        _ => node,
    };
}

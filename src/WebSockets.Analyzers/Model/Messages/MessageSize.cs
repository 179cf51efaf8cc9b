using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model.Messages;

/// <summary>How large a message may grow where its parts are put together.</summary>
internal sealed class MessageSize(CompilationModel model, CancellationToken cancellation)
{
    private static readonly string[] Growing = ["MemoryStream", "StringBuilder", "List", "ArrayBufferWriter", "RecyclableMemoryStream", "StringWriter"];

    /// <summary>The parts are collected in memory until <c>EndOfMessage</c>, and nothing compares their size with a limit.</summary>
    public bool IsUnbounded(Receive receive)
    {
        var scope = Scope(receive);
        return scope.Any(s => s.Descendants().Any(Receive.IsEndOfMessage)) && scope.Any(Collects) && !scope.Any(HasLimit);
    }

    /// <summary>The code that deals with the parts: the function, its callers where it gives the result back, and the methods that get the result, the buffer or what collects them.</summary>
    private IReadOnlyList<IOperation> Scope(Receive receive)
    {
        var scope = new List<IOperation> { Function(receive.Call) };
        if (receive.Call.Ancestors().Any(a => a is IReturnOperation) || receive.Result.Reads.Any(r => r.Ancestors().Any(a => a is IReturnOperation)) || receive.Call.Root().Descendants().Any(o => o is IReturnOperation { ReturnedValue: { } value } && value.DescendantsAndSelf().Any(IsReceiveResult)))
        {
            if (model.MemberOf(receive.Call, cancellation) is IMethodSymbol method && model.Calls.UsesOf(method, cancellation) is { } uses)
                scope.AddRange(uses.Select(Function));
        }
        foreach (var call in scope.ToList().SelectMany(s => s.Descendants().OfType<IInvocationOperation>()))
        {
            if (call.Arguments.Any(a => IsReceiveResult(a.Value) || Growing.Contains(a.Value.Type?.Name ?? "")) && Bodies.Of(call.TargetMethod, model, cancellation) is { } helper) scope.Add(helper);
        }
        return scope;
    }

    private static IOperation Function(IOperation operation) => operation.Function();

    private bool IsReceiveResult(IOperation value) => value.Type is { } type && (model.Types.Is(type, Api.WebSocketReceiveResult) || model.Types.Is(type, Api.ValueWebSocketReceiveResult));

    private bool Collects(IOperation function) => function.Descendants().Any(o => o switch
    {
        IInvocationOperation { TargetMethod.Name: "Write" or "WriteAsync" or "WriteByte" or "Append" or "AddRange" or "Add" } call =>
            call.Receiver() is { } into && Growing.Contains(into.Type?.Name ?? "") && !IsFixed(into) && IsAboutBytes(call),
        IInvocationOperation { TargetMethod: { Name: "Advance", ContainingType.Name: "ArrayBufferWriter" } } => true,
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Target.Type.SpecialType: SpecialType.System_String } text => text.Value.DescendantsAndSelf().Any(v => v is IInvocationOperation { TargetMethod.Name: "GetString" }),
        _ => false,
    });

    /// <summary>Bytes of a buffer, or text that is made of them.</summary>
    private static bool IsAboutBytes(IInvocationOperation call) => call.TargetMethod.Name is "WriteByte"
        || call.Arguments.Any(a => a.Value.DescendantsAndSelf().Any(v => IsBytes(v.Type) || v is IInvocationOperation { TargetMethod.Name: "GetString" } || v is ILocalReferenceOperation { Local.Type.SpecialType: SpecialType.System_String } text && IsDecoded(text)));

    private static bool IsDecoded(ILocalReferenceOperation text) => text.Root().Descendants().Any(o =>
        o is IVariableDeclaratorOperation { Initializer.Value: { } value } declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, text.Local) && value.DescendantsAndSelf().Any(v => v is IInvocationOperation { TargetMethod.Name: "GetString" }));

    private static bool IsBytes(ITypeSymbol? type) => type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte }
        || type is INamedTypeSymbol { Name: "ArraySegment" or "Memory" or "ReadOnlyMemory" or "Span" or "ReadOnlySpan", TypeArguments: [{ SpecialType: SpecialType.System_Byte }] };

    /// <summary>A stream over an array does not grow.</summary>
    private bool IsFixed(IOperation into) => into is ILocalReferenceOperation && model.Definitions.Of(into, cancellation)?.Unwrapped() is IObjectCreationOperation { Arguments: [{ Value.Type: IArrayTypeSymbol }, ..] };

    /// <summary>A size is compared with something other than nothing.</summary>
    private static bool HasLimit(IOperation function) => function.Descendants().Any(o =>
        o is IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual } comparison
            && comparison.Parent is not IForLoopOperation && (IsSize(comparison.LeftOperand) || IsSize(comparison.RightOperand)) && !IsNothing(comparison.LeftOperand) && !IsNothing(comparison.RightOperand)
        || o is IThrowOperation && o.Ancestors().OfType<IConditionalOperation>().Any(c => c.Condition.DescendantsAndSelf().Any(Receive.IsEndOfMessage)));

    private static bool IsSize(IOperation value) => value.DescendantsAndSelf().Any(o => o switch
    {
        IPropertyReferenceOperation property => property.Property.Name is "Length" or "Count" or "Position" or "WrittenCount" or "Capacity",
        ILocalReferenceOperation local => local.Type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 && Names(local.Local.Name),
        IFieldReferenceOperation field => Names(field.Field.Name),
        IParameterReferenceOperation parameter => Names(parameter.Parameter.Name),
        _ => false,
    });

    private static bool Names(string name) => new[] { "total", "size", "length", "max", "limit", "offset", "received", "capacity" }.Any(w => name.IndexOf(w, StringComparison.OrdinalIgnoreCase) >= 0);

    private static bool IsNothing(IOperation value) => value.Unwrapped().ConstantValue is { HasValue: true, Value: 0 or 1 or -1 or 0L };
}

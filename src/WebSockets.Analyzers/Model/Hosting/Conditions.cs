using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>What a condition says about the request: does its outcome imply that it asks for a WebSocket?</summary>
internal sealed class Conditions(CompilationModel model)
{
    private const int MaxDepth = 6;

    private static readonly string[] HandshakeHeaders = ["Upgrade", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "SecWebSocketKey", "SecWebSocketVersion", "WebSocketSubProtocols", "SecWebSocketProtocol", "Sec-WebSocket-Protocol"];

    /// <summary>A reading of <c>IsWebSocketRequest</c>, on whatever object of the frameworks carries it.</summary>
    public bool IsCheck(IOperation operation) => operation is IPropertyReferenceOperation { Property.Name: "IsWebSocketRequest" } p
        && (model.Types.IsOrInherits(p.Property.ContainingType, Api.WebSocketManager) || model.Types.Is(p.Property.ContainingType, Api.HttpListenerRequest) || model.Types.IsOrInherits(p.Property.ContainingType, Api.IHttpWebSocketFeature))
        || operation is IPropertySubpatternOperation { Member: IPropertyReferenceOperation member } && IsCheck(member);

    /// <summary>Does the outcome imply that the request asks for a WebSocket? Also true where it may and cannot be told.</summary>
    public bool Implies(IOperation condition, bool outcome, CancellationToken cancellation) => Implies(condition, outcome, MaxDepth, cancellation);

    /// <summary>Is what the body returns true only for a WebSocket request?</summary>
    public bool ReturnsCheck(IOperation body, CancellationToken cancellation) => ReturnsCheck(body, outcome: true, MaxDepth, cancellation);

    private bool ReturnsCheck(IOperation body, bool outcome, int depth, CancellationToken cancellation) =>
        body.Descendants().OfType<IReturnOperation>().Where(r => r.ReturnedValue is not null).ToList() switch
        {
            [] => false,
            [{ ReturnedValue: var only }] => Implies(only!, outcome, depth - 1, cancellation),
            // Several ways out: whoever asks in one of them has thought of it.
            _ => model.CallTree.Reaches(body, IsCheck, cancellation),
        };

    private bool Implies(IOperation condition, bool outcome, int depth, CancellationToken cancellation)
    {
        if (depth == 0) return true;
        condition = condition.Unwrapped();
        if (IsCheck(condition)) return outcome;
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                return Implies(negation.Operand, !outcome, depth, cancellation);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And } both when IsBool(both.LeftOperand):
                return outcome
                    ? Implies(both.LeftOperand, true, depth, cancellation) || Implies(both.RightOperand, true, depth, cancellation)
                    : Implies(both.LeftOperand, false, depth, cancellation) && Implies(both.RightOperand, false, depth, cancellation);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or } either when IsBool(either.LeftOperand):
                return outcome
                    ? Implies(either.LeftOperand, true, depth, cancellation) && Implies(either.RightOperand, true, depth, cancellation)
                    : Implies(either.LeftOperand, false, depth, cancellation) || Implies(either.RightOperand, false, depth, cancellation);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison when Constant(comparison) is var (other, value):
                return Implies(other, (comparison.OperatorKind == BinaryOperatorKind.Equals) == outcome ? value : !value, depth, cancellation);
            case ICoalesceOperation { WhenNull.ConstantValue: { HasValue: true, Value: bool fallback } } coalesce:
                return outcome != fallback && Implies(coalesce.Value, outcome, depth, cancellation);
            case IConditionalAccessOperation access:
                return Implies(access.WhenNotNull, outcome, depth, cancellation);
            case IIsPatternOperation { Pattern: var pattern } match:
                return Implies(match.Value, pattern, outcome, depth, cancellation);
            case IAwaitOperation awaited:
                return Implies(awaited.Operation, outcome, depth, cancellation);
            case IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task }:
                return Implies(task, outcome, depth, cancellation);
            case IInvocationOperation call when !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty:
                var bodies = model.CallTree.BodiesOf(call.TargetMethod.ReducedFrom ?? call.TargetMethod, cancellation).ToList();
                // A helper without a body here belongs to somebody else.
                return bodies.Count == 0 ? NameSays(call.TargetMethod.Name) : bodies.All(b => ReturnsCheck(b, outcome, depth, cancellation));
            case IInvocationOperation call when NameSays(call.TargetMethod.Name):
                return true;
            case IPropertyReferenceOperation { Property.DeclaringSyntaxReferences.IsEmpty: false } own:
                return Bodies.Of(own.Property.GetMethod, model, cancellation) is { } getter ? ReturnsCheck(getter, outcome, depth, cancellation) : NameSays(own.Property.Name);
            case ILocalReferenceOperation local:
                return model.Definitions.Of(local, cancellation) is { } definition ? Implies(definition, outcome, depth - 1, cancellation) : IsWrittenFromCheck(local.Local, local.Root());
            case IParameterReferenceOperation parameter:
                return NameSays(parameter.Parameter.Name);
            case IFieldReferenceOperation field:
                return NameSays(field.Field.Name);
            case IConditionalOperation:
                return condition.Descendants().Any(IsCheck);
        }
        // Whoever reads the handshake's headers knows what is asked for.
        return condition.DescendantsAndSelf().Any(IsHandshakeHeader);
    }

    private bool Implies(IOperation value, IPatternOperation pattern, bool outcome, int depth, CancellationToken cancellation)
    {
        switch (pattern)
        {
            case INegatedPatternOperation negated:
                return Implies(value, negated.Pattern, !outcome, depth, cancellation);
            case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool constant } }:
                return Implies(value, outcome ? constant : !constant, depth, cancellation);
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both when outcome:
                return Implies(value, both.LeftPattern, true, depth, cancellation) || Implies(value, both.RightPattern, true, depth, cancellation);
            case IRecursivePatternOperation recursive:
                foreach (var subpattern in recursive.DescendantsAndSelf().OfType<IPropertySubpatternOperation>())
                    if (IsCheck(subpattern) && subpattern.Pattern is IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool asked } }) return asked == outcome;
                return false;
            default:
                return IsCheck(value.Unwrapped()) || value.Descendants().Any(IsHandshakeHeader);
        }
    }

    private static (IOperation Other, bool Value)? Constant(IBinaryOperation comparison) =>
        comparison.RightOperand.Unwrapped().ConstantValue is { HasValue: true, Value: bool right } ? (comparison.LeftOperand, right)
        : comparison.LeftOperand.Unwrapped().ConstantValue is { HasValue: true, Value: bool left } ? (comparison.RightOperand, left)
        : null;

    private static bool IsBool(IOperation operation) => operation.Type?.SpecialType == SpecialType.System_Boolean;

    private static bool NameSays(string name) => name.IndexOf("socket", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("upgrad", StringComparison.OrdinalIgnoreCase) >= 0;

    private bool IsWrittenFromCheck(ILocalSymbol local, IOperation root) => root.Descendants().Any(o => o switch
    {
        IVariableDeclaratorOperation declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) && declarator.Descendants().Any(IsCheck),
        IAssignmentOperation { Target: ILocalReferenceOperation target } assignment => SymbolEqualityComparer.Default.Equals(target.Local, local) && assignment.Value.DescendantsAndSelf().Any(IsCheck),
        _ => false,
    });

    private static bool IsHandshakeHeader(IOperation operation) => operation switch
    {
        ILiteralOperation { ConstantValue: { HasValue: true, Value: string text } } => HandshakeHeaders.Contains(text, StringComparer.OrdinalIgnoreCase) || string.Equals(text, "websocket", StringComparison.OrdinalIgnoreCase),
        IPropertyReferenceOperation property => property.Property.Name is "Upgrade" or "SecWebSocketKey" or "WebSocketRequestedProtocols" or "IsUpgradableRequest",
        IFieldReferenceOperation field => HandshakeHeaders.Contains(field.Field.Name, StringComparer.Ordinal),
        _ => false,
    };
}

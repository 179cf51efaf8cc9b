using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>Sockets and what holds them.</summary>
internal sealed class Sockets(CompilationModel model)
{
    /// <summary>
    /// The variable that holds the object: a local, a parameter, or a field or property of <c>this</c> or of a type. Null for anything else, whose identity the code does not show.
    /// </summary>
    public static ISymbol? Holder(IOperation? value) => value?.Unwrapped() switch
    {
        ILocalReferenceOperation l => l.Local,
        IParameterReferenceOperation p => p.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } f => f.Field,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } p => p.Property,
        IConditionalAccessInstanceOperation instance => Holder(instance.Ancestors().OfType<IConditionalAccessOperation>().FirstOrDefault()?.Operation),
        _ => null,
    };

    /// <summary>A parameter of the method, which each call of it fills. Members use one of a primary constructor like a field.</summary>
    public static bool IsOfCall(ISymbol? holder) => holder is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: not MethodKind.Constructor } };

    public static bool IsHeldBy(IOperation? value, ISymbol holder) => Holder(value) is { } h && SymbolEqualityComparer.Default.Equals(h, holder);

    /// <summary>A call that ends by handing a frame, or a part of one, to the caller.</summary>
    public bool IsReceive(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod.Name: "ReceiveAsync" } call && model.Types.IsOrInherits(call.TargetMethod.ContainingType, Api.WebSocket);

    public bool IsConnect(IOperation operation) => operation is IInvocationOperation call && model.Types.IsMember(call.TargetMethod, Api.ClientWebSocket, "ConnectAsync");

    /// <summary>Creation of a client socket, or a call of a method that returns a new one as far as one can tell.</summary>
    public bool IsNew(IOperation value) => value.Unwrapped() is IObjectCreationOperation creation && model.Types.Is(creation.Type, Api.ClientWebSocket);

    /// <summary>A reading of <c>socket.State</c>, or of a property of the same type that reads it.</summary>
    public bool ReadsState(IOperation operation, CancellationToken cancellation) => operation switch
    {
        IPropertyReferenceOperation { Property.Name: "State" } p => model.Types.IsOrInherits(p.Property.Type, Api.WebSocketState),
        IPropertyReferenceOperation { Property: { DeclaringSyntaxReferences: [var declaration] } property } when model.Compilation.ContainsSyntaxTree(declaration.SyntaxTree) =>
            Bodies.Of(property.GetMethod, model, cancellation) is { } body && body.Descendants().Any(o => o is IPropertyReferenceOperation { Property.Name: "State" } p && model.Types.Is(p.Property.Type, Api.WebSocketState)),
        _ => false,
    };

    /// <summary>
    /// Every place that writes the variable, its declaration apart: the writing operation (an assignment mostly). Null: too many uses to tell.
    /// </summary>
    public IReadOnlyList<IOperation>? Writes(ISymbol holder, IOperation from, CancellationToken cancellation)
    {
        IEnumerable<IOperation> references;
        if (holder is ILocalSymbol or IParameterSymbol)
        {
            references = from.Root().Descendants().Where(o => o is ILocalReferenceOperation or IParameterReferenceOperation);
        }
        else
        {
            if (model.Calls.Find(holder, s => SymbolEqualityComparer.Default.Equals(s, holder), cancellation) is not { } found) return null;
            references = found.Select(f => model.Calls.OperationOf(f.Name, cancellation)).OfType<IOperation>();
        }
        return references.Where(r => IsHeldBy(r, holder) && r.IsWritten() && r.Parent is not null).Select(r => r.Parent!).ToList();
    }

    /// <summary>
    /// A method that only passes its call on (<c>Task ConnectAsync(Uri u, CancellationToken t) => _socket.ConnectAsync(u, t)</c>): its callers are then the ones that connect.
    /// </summary>
    public static bool IsPlumbing(IOperation call)
    {
        var body = call.Root();
        var statements = body switch
        {
            IMethodBodyOperation m => (m.BlockBody ?? m.ExpressionBody)?.Operations,
            IBlockOperation b => b.Operations,
            _ => null,
        };
        if (statements is not { } all || all.Count(s => !s.IsImplicit || s is IReturnOperation { ReturnedValue: not null }) != 1) return false;
        foreach (var ancestor in call.Ancestors())
        {
            // The statement must be the method's only one, not the only one of a loop or a handler in it.
            if (ancestor is IBlockOperation) return ancestor.Parent is null or IMethodBodyOperation;
            if (ancestor is not (IReturnOperation or IAwaitOperation or IExpressionStatementOperation or IConversionOperation or IArgumentOperation)
                && ancestor is not IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "WaitAsync" }) return false;
        }
        return true;
    }
}

/// <summary>The operations of members.</summary>
internal static class Bodies
{
    /// <summary>The operation tree of a method, accessor or constructor of this compilation; null when it has no body here.</summary>
    public static IOperation? Of(IMethodSymbol? method, CompilationModel model, CancellationToken cancellation) =>
        method is null ? null : All(method, model, cancellation).FirstOrDefault();

    /// <summary>The same for each of its declarations.</summary>
    public static IEnumerable<IOperation> All(IMethodSymbol method, CompilationModel model, CancellationToken cancellation)
    {
        foreach (var reference in (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences)
        {
            // Methods of a referenced project have syntax that belongs to another compilation.
            if (!model.Compilation.ContainsSyntaxTree(reference.SyntaxTree)) continue;
            if (model.SemanticModel(reference.SyntaxTree).GetOperation(reference.GetSyntax(cancellation), cancellation) is { } body) yield return body;
        }
    }
}

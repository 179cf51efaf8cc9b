using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>What becomes of a <c>HubConnectionBuilder</c>: how it is configured, in a chain or over several statements, and the calls that build a connection.</summary>
internal sealed class HubBuilder
{
    private readonly CompilationModel _model;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<ISymbol> _locals = new(SymbolEqualityComparer.Default);
    private readonly List<IInvocationOperation> _builds = [];

    private HubBuilder(CompilationModel model, CancellationToken cancellation)
    {
        _model = model;
        _cancellation = cancellation;
    }

    /// <summary>The builder goes where its use cannot be seen: somebody else may configure it.</summary>
    public bool IsHandedOn { get; private set; }

    /// <summary><c>WithAutomaticReconnect</c> is called, or a retry policy is registered.</summary>
    public bool Reconnects { get; private set; }

    /// <summary>The calls of <c>Build</c>.</summary>
    public IReadOnlyList<IInvocationOperation> Builds => _builds;

    public static HubBuilder Of(IObjectCreationOperation creation, CompilationModel model, CancellationToken cancellation)
    {
        var builder = new HubBuilder(model, cancellation);
        builder.Follow(creation);
        return builder;
    }

    private void Follow(IOperation value)
    {
        _cancellation.ThrowIfCancellationRequested();
        while (value.Parent is IConversionOperation or IParenthesizedOperation) value = value.Parent;
        switch (value.Parent)
        {
            case IExpressionStatementOperation:
                break;
            case IInvocationOperation call when ReferenceEquals(call.Instance, value):
                Call(call);
                break;
            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } call }:
                Call(call);
                break;
            case IPropertyReferenceOperation { Property.Name: "Services" } services:
                Services(services);
                break;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                Local(declarator.Symbol, value);
                break;
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } assignment when ReferenceEquals(assignment.Value, value):
                Local(local, value);
                if (assignment.Parent is not IExpressionStatementOperation) IsHandedOn = true;
                break;
            // The old value goes, a new one comes.
            case ISimpleAssignmentOperation assignment when ReferenceEquals(assignment.Target, value):
                break;
            default:
                IsHandedOn = true;
                break;
        }
    }

    private void Call(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.Name == "Build" && _model.Types.Is(method.ReturnType, Api.HubConnection))
        {
            _builds.Add(call);
            return;
        }
        // Extensions of the application and of other libraries may do anything to the builder.
        if (method.ContainingType.ContainingNamespace?.ToDisplayString().StartsWith("Microsoft.", StringComparison.Ordinal) != true
            || method.ContainingAssembly.Equals(_model.Compilation.Assembly, SymbolEqualityComparer.Default))
        {
            IsHandedOn = true;
            return;
        }
        if (method.Name == "WithAutomaticReconnect" && _model.Types.Is(method.ContainingType, Api.HubConnectionBuilderExtensions)) Reconnects = true;
        if (call.Arguments.Any(a => a.Value.DescendantsAndSelf().Any(IsPolicy))) Reconnects = true;
        if (_model.Types.IsOrInherits(method.ReturnType, Api.IHubConnectionBuilder) || method.ReturnType is ITypeParameterSymbol || _model.Types.IsOrInherits(call.Type, Api.IHubConnectionBuilder)) Follow(call);
    }

    // builder.Services.AddSingleton<IRetryPolicy>(…)
    private void Services(IPropertyReferenceOperation services)
    {
        IOperation statement = services;
        while (statement.Parent is { } parent and not IBlockOperation and not IAnonymousFunctionOperation) statement = parent;
        if (statement.DescendantsAndSelf().Any(IsPolicy)) Reconnects = true;
        // Kept in a variable or given to a method, the services can be filled anywhere.
        IOperation top = services;
        while (top.Parent is IConversionOperation or IParenthesizedOperation) top = top.Parent;
        if (top.Parent is not (IInvocationOperation or IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } })) IsHandedOn = true;
        else if (top.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } } && method.ContainingAssembly.Equals(_model.Compilation.Assembly, SymbolEqualityComparer.Default)) IsHandedOn = true;
    }

    private bool IsPolicy(IOperation operation) =>
        _model.Types.IsOrInherits(operation.Type, Api.IRetryPolicy)
        || operation is IInvocationOperation call && call.TargetMethod.TypeArguments.Any(t => _model.Types.IsOrInherits(t, Api.IRetryPolicy))
        || operation is ITypeOfOperation type && _model.Types.IsOrInherits(type.TypeOperand, Api.IRetryPolicy);

    private void Local(ILocalSymbol local, IOperation value)
    {
        if (!_locals.Add(local)) return;
        foreach (var operation in value.Root().Descendants())
            if (operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local)) Follow(reference);
    }
}

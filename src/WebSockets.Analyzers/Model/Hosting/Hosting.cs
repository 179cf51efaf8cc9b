using Microsoft.CodeAnalysis;

namespace WebSockets.Analyzers.Model;

/// <summary>How the host runs the code of this compilation.</summary>
internal sealed class Hosting(CompilationModel model)
{
    private readonly Lazy<IMethodSymbol?> _main = new(() => model.Compilation.GetEntryPoint(CancellationToken.None));

    /// <summary>Run once, by the runtime or the generic host.</summary>
    public bool IsEntryPoint(IMethodSymbol method) => IsMain(method) || IsExecuteAsync(method) || IsStartAsync(method);

    /// <summary><c>Main</c> or the top-level statements.</summary>
    public bool IsMain(IMethodSymbol method) =>
        _main.Value is { } main && (SymbolEqualityComparer.Default.Equals(main, method) || method.IsImplicitlyDeclared && SymbolEqualityComparer.Default.Equals(main.ContainingType, method.ContainingType));

    /// <summary><c>BackgroundService.ExecuteAsync</c>.</summary>
    public bool IsExecuteAsync(IMethodSymbol method)
    {
        for (var overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
            if (model.Types.IsMember(overridden, Api.BackgroundService, "ExecuteAsync")) return true;
        return false;
    }

    /// <summary><c>IHostedService.StartAsync</c>.</summary>
    public bool IsStartAsync(IMethodSymbol method) =>
        method.Name.EndsWith("StartAsync", StringComparison.Ordinal) && model.Types.Get(Api.IHostedService) is { } service && method.ContainingType is { } type
        && type.AllInterfaces.Contains(service, SymbolEqualityComparer.Default)
        && service.GetMembers("StartAsync") is [var member] && SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), method);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>How an ASP.NET Core application takes sockets: who accepts them, where the middleware stands, and which options it gets.</summary>
internal sealed class SocketPipeline(CompilationModel model)
{
    /// <summary>What the middleware pings by when nobody says otherwise.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromMinutes(2);

    private readonly object _lock = new();
    private readonly System.Collections.Concurrent.ConcurrentDictionary<SyntaxNode, IReadOnlyList<IInvocationOperation>> _acceptsIn = new();
    private IReadOnlyList<IInvocationOperation>? _accepts;
    private IReadOnlyList<IInvocationOperation>? _uses;
    private IReadOnlyList<IInvocationOperation>? _configurations;
    private bool? _isConfiguredUnseen;

    /// <summary>The calls of <c>WebSocketManager.AcceptWebSocketAsync</c> in this compilation.</summary>
    public IReadOnlyList<IInvocationOperation> Accepts(CancellationToken cancellation)
    {
        lock (_lock) return _accepts ??= Calls("AcceptWebSocketAsync", m => model.Types.Is(m.ContainingType, Api.WebSocketManager), cancellation);
    }

    /// <summary>A call that makes a socket of a request: of ASP.NET Core's or of an <c>HttpListener</c>'s.</summary>
    public bool IsAccept(IOperation operation) => operation is IInvocationOperation { TargetMethod: { Name: "AcceptWebSocketAsync" } method }
        && (model.Types.IsOrInherits(method.ContainingType, Api.WebSocketManager) || model.Types.Is(method.ContainingType, Api.HttpListenerContext));

    /// <summary>The accepts of ASP.NET Core's sockets in a function, those in functions inside it left out.</summary>
    public IReadOnlyList<IInvocationOperation> AcceptsIn(IOperation function) => _acceptsIn.GetOrAdd(function.Syntax, _ =>
        [.. function.Descendants().OfType<IInvocationOperation>().Where(c => IsAccept(c) && !model.Types.Is(c.TargetMethod.ContainingType, Api.HttpListenerContext) && c.Function().Syntax == function.Syntax)]);

    /// <summary>A call of <c>UseWebSockets</c>.</summary>
    public bool IsUse(IInvocationOperation call) => model.Types.IsMember(call.TargetMethod.ReducedFrom ?? call.TargetMethod, Api.WebSocketMiddlewareExtensions, "UseWebSockets");

    /// <summary>The calls of <c>UseWebSockets</c> in this compilation.</summary>
    public IReadOnlyList<IInvocationOperation> Uses(CancellationToken cancellation)
    {
        lock (_lock) return _uses ??= Calls("UseWebSockets", m => model.Types.Is(m.ContainingType, Api.WebSocketMiddlewareExtensions), cancellation);
    }

    /// <summary>The calls that configure the options in the services: <c>AddWebSockets</c>, <c>Configure&lt;WebSocketOptions&gt;</c> and <c>PostConfigure</c>.</summary>
    public IReadOnlyList<IInvocationOperation> Configurations(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _configurations ??=
            [
                .. Calls("AddWebSockets", m => model.Types.Is(m.ContainingType, Api.WebSocketsDependencyInjectionExtensions), cancellation),
                .. Calls("Configure", IsForOptions, cancellation),
                .. Calls("PostConfigure", IsForOptions, cancellation),
            ];
        }
    }

    /// <summary>The options are set in ways whose values cannot be read: an options builder, a class that configures them.</summary>
    public bool IsConfiguredUnseen(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _isConfiguredUnseen ??= new[] { "AddOptions", "ConfigureAll", "Configure", "PostConfigure" }.Any(name =>
                    model.Calls.Find(name, s => s is IMethodSymbol m && IsForOptions(m), cancellation) is not { } found || name is not ("Configure" or "PostConfigure") && found.Count > 0)
                || new[] { "IConfigureOptions", "IPostConfigureOptions", "IConfigureNamedOptions" }.Any(name =>
                    model.Calls.Find(name, s => s is INamedTypeSymbol t && t.TypeArguments.Any(a => model.Types.Is(a, Api.WebSocketOptions)), cancellation) is not { Count: 0 });
        }
    }

    /// <summary>
    /// Does this compilation, or a project that it references, accept raw sockets with the interval of the middleware? Accepts that bring an interval of their own do not count.
    /// </summary>
    public bool AcceptsWithInheritedInterval(CancellationToken cancellation) =>
        Accepts(cancellation).Any(a => !BringsInterval(a)) || model.ReferencedProjects.Any(p => p.Pipeline.Accepts(cancellation).Any(a => !p.Pipeline.BringsInterval(a)));

    /// <summary>Does this compilation, or a project that it references, accept raw sockets at all?</summary>
    public bool AcceptsSockets(CancellationToken cancellation) => Accepts(cancellation).Count > 0 || model.ReferencedProjects.Any(p => p.Pipeline.Accepts(cancellation).Count > 0);

    /// <summary>Does an application heartbeat keep the sockets of this compilation and of the projects that it references busy?</summary>
    public bool HasHeartbeat(CancellationToken cancellation) =>
        model.Heartbeats.ExistOnSockets(cancellation) || model.ReferencedProjects.Any(p => p.Pipeline.Accepts(cancellation).Count > 0 && p.Heartbeats.ExistOnSockets(cancellation));

    /// <summary>The creation of the options that a <c>UseWebSockets</c> gets; null when it gets none or they come from elsewhere.</summary>
    public IObjectCreationOperation? OptionsOf(IInvocationOperation use, CancellationToken cancellation) =>
        use.Argument("options") is { Value: var options } ? Creation(options, cancellation) : null;

    /// <summary>Is there an earlier call of <c>UseWebSockets</c> in the same pipeline? The first one wins; of the later ones nothing counts.</summary>
    public bool IsOverruled(IInvocationOperation use, CancellationToken cancellation) => model.Order.EarlierUse(use, cancellation) is not null;

    /// <summary>Options given to <c>UseWebSockets</c> replace those of the services: is the configuration in the services used by anybody?</summary>
    public bool UsesConfiguration(CancellationToken cancellation) => Uses(cancellation) is not { Count: > 0 } uses || uses.Any(u => u.Argument("options") is null);

    /// <summary>The call that configures options in the services with the lambda that holds the operation.</summary>
    public bool IsInConfiguration(IOperation operation, CancellationToken cancellation) =>
        Configurations(cancellation).Any(c => c.Syntax.SyntaxTree == operation.Syntax.SyntaxTree && c.Syntax.Span.Contains(operation.Syntax.Span));

    /// <summary>Does a configuration in the services set the interval? True also when that cannot be seen.</summary>
    public bool ConfiguresInterval(CancellationToken cancellation) =>
        IsConfiguredUnseen(cancellation) || Configurations(cancellation).Any(c => c.Arguments.Select(a => a.Value.Unwrapped()).OfType<IDelegateCreationOperation>().ToList() switch
        {
            [{ Target: IAnonymousFunctionOperation lambda }] => SetsInterval(lambda),
            // AddWebSockets needs no lambda.
            [] => c.Arguments.Any(a => a.Parameter?.Ordinal > 0 && a.ArgumentKind == ArgumentKind.Explicit),
            _ => true,
        });

    private static bool SetsInterval(IAnonymousFunctionOperation lambda)
    {
        foreach (var operation in lambda.Body.Descendants())
        {
            if (operation is IAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: KeepAliveSite.Property } }) return true;
            // The options are handed on: whoever gets them may set anything.
            if (operation is IParameterReferenceOperation { Parent: not IPropertyReferenceOperation }) return true;
        }
        return false;
    }

    private bool BringsInterval(IInvocationOperation accept) =>
        accept.Arguments.FirstOrDefault(a => model.Types.IsOrInherits(a.Parameter?.Type, Api.WebSocketAcceptContext)) is { Value: var context }
        && (Creation(context, CancellationToken.None) is not { } creation || creation.SetsLater(KeepAliveSite.Property, model) is not false);

    private IObjectCreationOperation? Creation(IOperation value, CancellationToken cancellation) => value.Unwrapped() switch
    {
        IObjectCreationOperation creation => creation,
        ILocalReferenceOperation local => model.Definitions.Of(local, cancellation)?.Unwrapped() as IObjectCreationOperation,
        _ => null,
    };

    private bool IsForOptions(IMethodSymbol method) => method.TypeArguments.Any(t => model.Types.Is(t, Api.WebSocketOptions));

    private IReadOnlyList<IInvocationOperation> Calls(string name, Func<IMethodSymbol, bool> wanted, CancellationToken cancellation) =>
        [.. from found in model.Calls.Find(name, s => s is IMethodSymbol m && wanted(m.ReducedFrom ?? m) | (s is IMethodSymbol n && wanted(n)), cancellation) ?? []
            let operation = model.Calls.OperationOf(found.Name, cancellation) as IInvocationOperation
            where operation is not null
            select operation];
}

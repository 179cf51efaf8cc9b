using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Client;

/// <summary>A second connect on one ClientWebSocket: it can never succeed.</summary>
internal sealed class WS1008SocketReused : Rule
{
    public const string Id = "WS1008";
    private const string Title = "A ClientWebSocket is connected more than once";
    private const string Description =
        "A ClientWebSocket is good for one connection. ConnectAsync after a failed attempt throws ObjectDisposedException, after a connection InvalidOperationException " +
        "(\"The WebSocket has already been started.\"): a retry on the same instance can never succeed.";

    private static readonly DiagnosticDescriptor Reused = Describe(
        id: Id, title: Title,
        messageFormat: "The second ConnectAsync on '{0}' always throws ObjectDisposedException, or InvalidOperationException 'The WebSocket has already been started.': {1}; create a new ClientWebSocket for each attempt",
        category: Category.Client, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor Captured = Describe(
        id: Id, title: Title,
        messageFormat: "The first reconnect of this client always fails with 'The WebSocket has already been started.' or ObjectDisposedException: its factory returns '{0}' each time; create a new ClientWebSocket in the factory",
        category: Category.Client, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    public override DiagnosticDescriptor[] Descriptors => [Reused, Captured];

    public override void Register(Subscriptions on)
    {
        on.OnCall(Api.ClientWebSocket, "ConnectAsync", LookAtConnect);
        on.OnCreate(Api.WebsocketClient, LookAtFactory);
    }

    private static void LookAtConnect(Candidate candidate, IInvocationOperation connect)
    {
        if (candidate.IsInTests) return;
        if (Sockets.IsPlumbing(connect))
        {
            // One-line forwarding: its callers are the ones that connect. Their socket is the wrapper.
            var model = candidate.Model;
            if (model.MemberOf(connect, candidate.Cancellation) is IMethodSymbol { MethodKind: MethodKind.Ordinary } wrapper
                && model.Calls.UsesOf(wrapper, candidate.Cancellation) is { } uses)
            {
                foreach (var use in uses.OfType<IInvocationOperation>().Where(u => !Sockets.IsPlumbing(u))) Look(candidate, use);
            }
            return;
        }
        Look(candidate, connect);
    }

    private static void Look(Candidate candidate, IInvocationOperation connect)
    {
        if (Sockets.Holder(connect.Receiver()) is not { } holder) return;
        var reuse = new Reuse(candidate.Model, connect, holder, candidate.Cancellation);
        if (reuse.Why() is { } reason) candidate.Report(Reused, connect.NameNode(), ImmutableDictionary<string, string?>.Empty, holder.Name, reason);
    }

    private static void LookAtFactory(Candidate candidate, IObjectCreationOperation client)
    {
        if (candidate.IsInTests) return;
        var factory = client.Arguments.FirstOrDefault(a => a.Parameter?.Type.TypeKind == TypeKind.Delegate && a.ArgumentKind == ArgumentKind.Explicit)?.Value;
        var lambda = factory?.Unwrapped();
        if (lambda is ILocalReferenceOperation local) lambda = candidate.Model.Definitions.Of(local, candidate.Cancellation)?.Unwrapped();
        if (lambda is IDelegateCreationOperation creation) lambda = creation.Target;
        if (lambda is not IAnonymousFunctionOperation function) return;
        var returned = function.Body.Descendants().OfType<IReturnOperation>().Select(r => r.ReturnedValue).ToList();
        if (returned is not [{ } only] || Sockets.Holder(only) is not { } holder || holder is ILocalSymbol inner && IsDeclaredIn(inner, function)) return;
        // Written in the factory or in more places than its creation: then it is not the same instance each time.
        if (candidate.Model.Types.Is(only.Unwrapped().Type, Api.ClientWebSocket) && candidate.Model.Sockets.Writes(holder, client, candidate.Cancellation) is { Count: <= 1 } writes
            && !writes.Any(w => w.Ancestors().Any(a => a.Syntax == function.Syntax)) && IsCreatedHere(candidate, holder, writes))
            candidate.Report(Captured, client.Syntax, ImmutableDictionary<string, string?>.Empty, holder.Name);
    }

    // A property may make a new object at each reading.
    private static bool IsCreatedHere(Candidate candidate, ISymbol holder, IReadOnlyList<IOperation> writes) => holder switch
    {
        ILocalSymbol => true,
        IFieldSymbol => true,
        IPropertySymbol property => property.SetMethod is not null || property.IsReadOnly && Bodies.Of(property.GetMethod, candidate.Model, candidate.Cancellation) is null || writes.Count == 1,
        _ => false,
    };

    private static bool IsDeclaredIn(ILocalSymbol local, IOperation function) =>
        local.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == function.Syntax.SyntaxTree && function.Syntax.Span.Contains(r.Span));
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Server;

/// <summary>The handler ends while somebody still uses the socket that it accepted.</summary>
internal sealed class WS3007SocketOutlivesRequest : Rule
{
    public const string Id = "WS3007";
    private const string Title = "The socket outlives its request";
    private const string Description =
        "The connection belongs to the request: it is closed when the handler ends, without a close frame and without a line in the log. " +
        "A handler that hands the socket to something else must wait until that is done.";

    private static readonly DiagnosticDescriptor Handed = Describe(
        id: Id, title: Title,
        messageFormat: "The connection is cut at once (the client sees ConnectionClosedPrematurely, the log nothing): the socket is handed to {0}, and the handler ends without waiting; await what uses the socket",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor LeftAlone = Describe(
        id: Id, title: Title,
        messageFormat: "The connection is cut at once (the client sees ConnectionClosedPrematurely, the log nothing): the handler ends after the accept; await what uses the socket",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor AsyncVoid = Describe(
        id: Id, title: Title,
        messageFormat: "The connection is cut at the first await (the client sees ConnectionClosedPrematurely, the log nothing): nobody waits for an async void method, so the request ends there; return a Task",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    public override DiagnosticDescriptor[] Descriptors => [Handed, LeftAlone, AsyncVoid];

    public override void Register(Subscriptions on) => on.Beside(Api.WebSocketManager, "AcceptWebSocketAsync", Look, [.. Subscription.Uses]);

    private static void Look(Candidate candidate, IOperation operation)
    {
        foreach (var accept in candidate.Model.Pipeline.AcceptsIn(operation.Function()))
            if (!candidate.IsInTests) Look(candidate, operation, accept);
    }

    private static void Look(Candidate candidate, IOperation operation, IInvocationOperation accept)
    {
        var model = candidate.Model;
        bool isAccept = operation.Syntax == accept.Syntax;
        var use = SocketUse.Of(accept, model);
        if (!isAccept && operation.Syntax != use.HandOver?.Syntax) return;
        var entries = model.Entries.Of(accept, candidate.Cancellation).Where(e => e.Kind is EntryKind.Endpoint or EntryKind.Pipeline or EntryKind.Action or EntryKind.Middleware && e.Step.Function().Syntax == accept.Function().Syntax).ToList();
        if (entries.Count == 0) return;
        if (entries.Any(e => e.Kind == EntryKind.Action && e.Method is { ReturnsVoid: true, IsAsync: true }))
        {
            if (isAccept) candidate.Report(AsyncVoid, accept.NameNode());
        }
        else if (!use.IsAwaited && operation.Syntax == use.HandOver?.Syntax)
        {
            candidate.Report(Handed, operation.NameNode(), operation is IInvocationOperation call ? call.TargetMethod.Name : "something else");
        }
        else if (!use.IsAwaited && isAccept && use.IsLeftAlone)
        {
            candidate.Report(LeftAlone, accept.NameNode());
        }
    }
}

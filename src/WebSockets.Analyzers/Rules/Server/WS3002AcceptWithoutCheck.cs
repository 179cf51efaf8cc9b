using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Server;

/// <summary>A socket is accepted without a look at whether the request asks for one.</summary>
internal sealed class WS3002AcceptWithoutCheck : Rule
{
    public const string Id = "WS3002";
    private const string Title = "A socket is accepted without a check of the request";
    private const string Description =
        "AcceptWebSocketAsync throws on a request that is no WebSocket handshake: a browser, a health check or a proxy that drops the Upgrade header then gets 500 and an error stands in the log. " +
        "Ask IsWebSocketRequest first and refuse with 400 or 426.";

    private static readonly DiagnosticDescriptor NoCheck = Describe(
        id: Id, title: Title,
        messageFormat: "A plain request gets 500 (\"Not a WebSocket request.\") instead of 400: the socket is accepted without a check of IsWebSocketRequest; check it first and refuse the others",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor GoesOn = Describe(
        id: Id, title: Title,
        messageFormat: "A plain request gets 500 (\"Not a WebSocket request.\") all the same: the check of IsWebSocketRequest does not keep it from coming here; leave after the refusal",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor Listener = Describe(
        id: Id, title: Title,
        messageFormat: "A plain request gets no answer and its client waits: AcceptWebSocketAsync throws, as nobody checks IsWebSocketRequest; check it first, refuse the others and close the response",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    public override DiagnosticDescriptor[] Descriptors => [NoCheck, GoesOn, Listener];

    public override void Register(Subscriptions on)
    {
        on.OnCall(Api.WebSocketManager, "AcceptWebSocketAsync", Look);
        on.OnCall(Api.HttpListenerContext, "AcceptWebSocketAsync", Look);
    }

    private static void Look(Candidate candidate, IInvocationOperation accept)
    {
        var guards = candidate.Model.Guards;
        if (candidate.IsInTests || guards.IsAnsweredOnFailure(accept) || guards.UncheckedEntries(accept, candidate.Cancellation).Count == 0) return;
        candidate.Report(
            candidate.Model.Types.Is(accept.TargetMethod.ContainingType, Api.HttpListenerContext) ? Listener
                : accept.Function().Descendants().Any(guards.Conditions.IsCheck) ? GoesOn : NoCheck,
            accept.NameNode());
    }
}

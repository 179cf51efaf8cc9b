using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Kestrel;

/// <summary>A timeout of Kestrel that was raised for the sake of sockets, which it does not touch.</summary>
[NoCodeFix("How long a plain HTTP connection may idle is for a person to say; what keeps a socket open is set elsewhere.")]
internal sealed class WS4005KeepAliveTimeoutIsNotForSockets : Rule
{
    public const string Id = "WS4005";

    /// <summary>What Kestrel has by itself.</summary>
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(130);

    private static readonly DiagnosticDescriptor NotForSockets = Describe(
        id: Id, title: "KeepAliveTimeout does not concern WebSockets",
        messageFormat: "Idle WebSockets are closed as before: Kestrel's KeepAliveTimeout of {0} is for HTTP connections between two requests and does not touch an upgraded one; set KeepAliveInterval of the WebSocketOptions",
        category: Category.Kestrel, defaultSeverity: DiagnosticSeverity.Info,
        description: "Kestrel's Limits.KeepAliveTimeout (130 s by default) ends HTTP connections that wait for their next request. An open WebSocket is not one of them; what ends it when it idles is a proxy or a NAT, against which a keep-alive helps.");

    public override DiagnosticDescriptor[] Descriptors => [NotForSockets];

    public override void Register(Subscriptions on) => on.OnAssign(Api.KestrelServerLimits, "KeepAliveTimeout", Look);

    private static void Look(Candidate candidate, ISimpleAssignmentOperation assignment)
    {
        if (candidate.Model.Durations.Read(assignment.Value, candidate.Cancellation) is not { } timeout || timeout <= Default || candidate.IsInTests || !candidate.Model.LongLived.IsServed(candidate.Cancellation)) return;
        candidate.Report(NotForSockets, assignment.Syntax, DurationText.Say(timeout));
    }
}

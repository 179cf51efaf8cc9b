using Microsoft.CodeAnalysis;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Server;

/// <summary>An endpoint that accepts sockets takes only verbs with which no WebSocket begins.</summary>
internal sealed class WS3009VerbCannotUpgrade : Rule
{
    public const string Id = "WS3009";

    private static readonly DiagnosticDescriptor Cannot = Describe(
        id: Id, title: "A WebSocket endpoint takes the wrong verb",
        messageFormat: "No WebSocket ever gets here, the handshake is refused with 405 Method Not Allowed: it is a GET, or a CONNECT over HTTP/2, and this endpoint takes {0}; take GET and CONNECT",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning,
        description: "A WebSocket begins with GET over HTTP/1.1 and with CONNECT over HTTP/2. For any other verb IsWebSocketRequest is false, even with all the headers of a handshake.");

    public override DiagnosticDescriptor[] Descriptors => [Cannot];

    public override void Register(Subscriptions on)
    {
        Verbs.Subscribe(on, Look);
        // Without an accept in sight nothing is looked at.
        on.OnCall(Api.WebSocketManager, "AcceptWebSocketAsync", (_, _) => { });
    }

    private static void Look(Candidate candidate, VerbSite site)
    {
        if (site.Taken.Count == 0 || site.Taken.Contains("GET") || site.Taken.Contains("CONNECT") || candidate.IsInTests) return;
        var verbs = candidate.Model.Verbs;
        if (verbs.OtherVerbs(site, candidate.Cancellation).Any(v => v is null or "GET" or "CONNECT") || !verbs.Accepts(site, candidate.Cancellation)) return;
        candidate.Report(Cannot, site.Node, string.Join(", ", site.Taken));
    }
}

using Microsoft.CodeAnalysis;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Server;

/// <summary>An endpoint that accepts sockets takes GET and not CONNECT.</summary>
internal sealed class WS3008GetOnlyEndpoint : Rule
{
    public const string Id = "WS3008";

    private static readonly DiagnosticDescriptor GetOnly = Describe(
        id: Id, title: "A WebSocket endpoint does not take CONNECT",
        messageFormat: "A WebSocket over HTTP/2 gets 405 Method Not Allowed: it begins with CONNECT, and this endpoint takes {0} only; take CONNECT as well",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning,
        description: "Over HTTP/1.1 a WebSocket begins with GET, over HTTP/2 with CONNECT. Browsers and YARP use HTTP/2 where the connection has it, which Kestrel offers under TLS by default; " +
            "an endpoint that is mapped for GET alone refuses them, and the client does not fall back.");

    public override DiagnosticDescriptor[] Descriptors => [GetOnly];

    public override void Register(Subscriptions on)
    {
        Verbs.Subscribe(on, Look);
        // Without an accept in sight nothing is looked at.
        on.OnCall(Api.WebSocketManager, "AcceptWebSocketAsync", (_, _) => { });
    }

    private static void Look(Candidate candidate, VerbSite site)
    {
        var model = candidate.Model;
        if (!site.Taken.Contains("GET") || site.Taken.Contains("CONNECT") || !model.Protocols.HasSocketsOverHttp2 || candidate.IsInTests) return;
        if (model.Verbs.OtherVerbs(site, candidate.Cancellation).Any(v => v is null or "CONNECT")) return;
        if (!model.Verbs.Accepts(site, candidate.Cancellation) || model.Protocols.IsHttp1Only(candidate.Cancellation)) return;
        candidate.Report(GetOnly, site.Node, string.Join(", ", site.Taken));
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Server;

/// <summary>A request that asks for no WebSocket is told that all is well.</summary>
internal sealed class WS3003RefusalLooksLikeSuccess : Rule
{
    public const string Id = "WS3003";

    private static readonly DiagnosticDescriptor LooksLikeSuccess = Describe(
        id: Id, title: "A refused request looks like success",
        messageFormat: "A plain request gets 200 OK without a body, as if all were well: nothing answers it when IsWebSocketRequest is false; refuse it with 400 or 426",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Info,
        description: "A handler that ends without an answer ends with 200 OK. A client whose handshake lost its Upgrade header on the way then sees \"status code '200' when status code '101' was expected\", " +
            "and a health check takes a broken endpoint for a working one.");

    public override DiagnosticDescriptor[] Descriptors => [LooksLikeSuccess];

    public override void Register(Subscriptions on) => on.OnCall(Api.WebSocketManager, "AcceptWebSocketAsync", Look);

    private static void Look(Candidate candidate, IInvocationOperation accept)
    {
        if (candidate.IsInTests || candidate.Model.Guards.Unanswered(accept, candidate.Cancellation) is not { } check) return;
        // Several accepts behind one check are one finding.
        var first = check.Function().Descendants().FirstOrDefault(candidate.Model.Pipeline.IsAccept);
        if (first is null || first.Syntax == accept.Syntax) candidate.Report(LooksLikeSuccess, accept.NameNode());
    }
}

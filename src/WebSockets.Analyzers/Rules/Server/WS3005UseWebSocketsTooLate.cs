using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Server;

/// <summary>UseWebSockets stands behind the handler that accepts.</summary>
internal sealed class WS3005UseWebSocketsTooLate : Rule
{
    public const string Id = "WS3005";

    private static readonly DiagnosticDescriptor TooLate = Describe(
        id: Id, title: "UseWebSockets comes too late",
        messageFormat: "Every handshake is refused or fails with 500: {0} accepts the socket before UseWebSockets is reached, so IsWebSocketRequest is still false there; move UseWebSockets above it",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning,
        description: "Middleware runs in the order in which it is added. What accepts sockets in a handler, a branch or UseEndpoints above UseWebSockets never sees them. " +
            "Endpoints that are mapped on a WebApplication run last, wherever they stand.");

    public override DiagnosticDescriptor[] Descriptors => [TooLate];

    public override void Register(Subscriptions on) => on.OnCall(Api.WebSocketMiddlewareExtensions, "UseWebSockets", Look);

    private static void Look(Candidate candidate, IInvocationOperation use)
    {
        var order = candidate.Model.Order;
        if (candidate.IsInTests || candidate.Model.Pipeline.IsOverruled(use, candidate.Cancellation)) return;
        if (order.Before(use).FirstOrDefault(step => order.Accepts(step, candidate.Cancellation)) is not { } accepting) return;
        candidate.Report(TooLate, use.NameNode(), Facts.None.SetItem(Facts.Before, accepting.NameNode().SpanStart.ToString(CultureInfo.InvariantCulture)), accepting.TargetMethod.Name);
    }
}

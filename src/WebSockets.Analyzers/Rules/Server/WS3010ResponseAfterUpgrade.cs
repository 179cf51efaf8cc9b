using Microsoft.CodeAnalysis;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Server;

/// <summary>Something is written into the response beside the upgrade.</summary>
internal sealed class WS3010ResponseAfterUpgrade : Rule
{
    public const string Id = "WS3010";
    private const string Title = "The response is written beside the upgrade";
    private const string Description =
        "The accept answers the request. What writes a status, a header, a body or a result after it throws InvalidOperationException; a body that is written before it makes the accept throw.";

    private static readonly DiagnosticDescriptor After = Describe(
        id: Id, title: Title,
        messageFormat: "Each connection ends with an InvalidOperationException in the log: {0} writes into a response that AcceptWebSocketAsync has sent; return nothing here, or an empty result",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor Before = Describe(
        id: Id, title: Title,
        messageFormat: "The handshake fails, the client gets 200: {0} starts the response before AcceptWebSocketAsync, which then throws InvalidOperationException; write nothing before it",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    public override DiagnosticDescriptor[] Descriptors => [After, Before];

    public override void Register(Subscriptions on) => on.Beside(Api.WebSocketManager, "AcceptWebSocketAsync", Look, [.. Subscription.Uses]);

    private static void Look(Candidate candidate, IOperation operation)
    {
        foreach (var written in candidate.Model.Responses.BesideAccepts(operation.Function(), candidate.Cancellation))
            if (written.Whole == operation.Syntax && !candidate.IsInTests) candidate.Report(written.IsAfter ? After : Before, written.Node, written.What);
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Server;

/// <summary>The status 101 is written by hand.</summary>
internal sealed class WS3011SwitchingProtocolsByHand : Rule
{
    public const string Id = "WS3011";

    private static readonly DiagnosticDescriptor ByHand = Describe(
        id: Id, title: "The status 101 is written by hand",
        messageFormat: "The handshake fails: Kestrel sends this 101 without Sec-WebSocket-Accept and closes the connection, and nothing is logged; call AcceptWebSocketAsync, which answers the handshake",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning,
        description: "A 101 that a program writes into the status has none of the headers of a handshake, and no socket comes of it. AcceptWebSocketAsync writes the whole answer.");

    public override DiagnosticDescriptor[] Descriptors => [ByHand];

    public override void Register(Subscriptions on)
    {
        on.OnlyWith("101", "SwitchingProtocols");
        on.OnAssign(Api.HttpResponse, "StatusCode", (candidate, assignment) => Look(candidate, assignment.Value, assignment.Syntax));
        foreach (var type in new[] { Api.Results, Api.TypedResults, Api.ControllerBase })
            on.OnCall(type, "StatusCode", (candidate, call) => Look(candidate, call.Arguments.FirstOrDefault()?.Value, call.NameNode()));
        on.OnCreate(Api.StatusCodeResult, (candidate, creation) => Look(candidate, creation.Arguments.FirstOrDefault()?.Value, creation.Syntax));
    }

    private static void Look(Candidate candidate, IOperation? status, SyntaxNode node)
    {
        if (status is null || candidate.Model.Durations.ReadNumber(status, candidate.Cancellation) != 101 || candidate.IsInTests) return;
        // Whoever upgrades to another protocol writes the answer himself.
        if (candidate.Operation.Root().Descendants().Any(o => o is IInvocationOperation { TargetMethod.Name: "UpgradeAsync" } || o is IInvocationOperation call && candidate.Model.Types.Is(call.TargetMethod.ContainingType, Api.IHttpUpgradeFeature))) return;
        candidate.Report(ByHand, node);
    }
}

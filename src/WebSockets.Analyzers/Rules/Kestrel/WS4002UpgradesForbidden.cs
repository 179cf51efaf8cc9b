using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Kestrel;

/// <summary>Kestrel may not open a single upgraded connection.</summary>
internal sealed class WS4002UpgradesForbidden : Rule
{
    public const string Id = "WS4002";

    private static readonly DiagnosticDescriptor Forbidden = Describe(
        id: Id, title: "Upgraded connections are forbidden",
        messageFormat: "Every WebSocket over HTTP/1.1 fails with 500 (\"the server has already opened the maximum number of upgraded connections\"): MaxConcurrentUpgradedConnections is 0, and unlimited is null; remove it or set a limit",
        category: Category.Kestrel, defaultSeverity: DiagnosticSeverity.Warning,
        description: "MaxConcurrentUpgradedConnections limits the WebSockets over HTTP/1.1. Null, the default, means no limit; 0 means none.");

    public override DiagnosticDescriptor[] Descriptors => [Forbidden];

    public override void Register(Subscriptions on) => on.OnAssign(Api.KestrelServerLimits, "MaxConcurrentUpgradedConnections", Look);

    private static void Look(Candidate candidate, ISimpleAssignmentOperation assignment)
    {
        if (candidate.Model.Durations.ReadNumber(assignment.Value, candidate.Cancellation) != 0 || candidate.IsInTests || !candidate.Model.LongLived.IsServed(candidate.Cancellation)) return;
        candidate.Report(Forbidden, assignment.Syntax);
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Yarp;

/// <summary>YARP speaks HTTP/1.0 to the destination.</summary>
internal sealed class WS6001UpstreamHttp10 : Rule
{
    public const string Id = "WS6001";

    private static readonly DiagnosticDescriptor Http10 = Describe(
        id: Id, title: "YARP speaks HTTP/1.0 to the destination",
        messageFormat: "Uploads of unknown length fail with 502 (\"HTTP 1.0 does not support chunking.\") and every request opens a new connection: YARP sends requests to this destination as HTTP/1.0; use HttpVersion.Version11",
        category: Category.Yarp, defaultSeverity: DiagnosticSeverity.Warning,
        description: "With Version 1.0 YARP sends ordinary requests as HTTP/1.0: chunked uploads fail with 502 and no connection is used twice, which exhausts ports under load. " +
            "WebSockets are not affected, since YARP upgrades over HTTP/1.1 whatever the version says.");

    public override DiagnosticDescriptor[] Descriptors => [Http10];

    public override void Register(Subscriptions on) => on.OnAssign(Api.ForwarderRequestConfig, "Version", Look);

    private static void Look(Candidate candidate, ISimpleAssignmentOperation assignment)
    {
        // A test that forwards as HTTP/1.0 tests just that.
        if (candidate.Model.HttpVersions.Read(assignment.Value, candidate.Cancellation) != HttpVersions.Http10 || candidate.IsInTests) return;
        candidate.Report(Http10, assignment.Syntax);
    }
}

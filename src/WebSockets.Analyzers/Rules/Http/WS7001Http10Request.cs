using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Http;

/// <summary>A client asks for HTTP/1.0.</summary>
internal sealed class WS7001Http10Request : Rule
{
    public const string Id = "WS7001";
    private const string Title = "The request goes out as HTTP/1.0";
    private const string Description =
        "HTTP/1.0 has no chunked bodies, so a body of unknown length throws NotSupportedException (\"HTTP 1.0 does not support chunking.\"); it closes the connection after each response; " +
        "and it has no upgrade to a WebSocket. Hardly any server needs it today.";

    private static readonly DiagnosticDescriptor Request = Describe(
        id: Id, title: Title,
        messageFormat: "A body of unknown length throws NotSupportedException (\"HTTP 1.0 does not support chunking.\") and the connection is closed after the response: this request goes out as HTTP/1.0; use HttpVersion.Version11",
        category: Category.Http, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor Default = Describe(
        id: Id, title: Title,
        messageFormat: "A body of unknown length throws NotSupportedException (\"HTTP 1.0 does not support chunking.\") and the connection is closed after each response: GetAsync, PostAsync and the like go out as HTTP/1.0 here; use HttpVersion.Version11",
        category: Category.Http, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor WebRequest = Describe(
        id: Id, title: Title,
        messageFormat: "This request goes out as HTTP/1.0, which has neither chunked bodies nor an upgrade to a WebSocket; use HttpVersion.Version11",
        category: Category.Http, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    // Names that a test of a version carries. They only silence the rule.
    private static readonly string[] VersionWords = ["version", "http1", "protocol"];

    public override DiagnosticDescriptor[] Descriptors => [Request, Default, WebRequest];

    public override void Register(Subscriptions on)
    {
        on.OnAssign(Api.HttpRequestMessage, "Version", (candidate, assignment) => Look(candidate, assignment, Request));
        on.OnAssign(Api.HttpClient, "DefaultRequestVersion", (candidate, assignment) => Look(candidate, assignment, Default));
        on.OnAssign(Api.HttpWebRequest, "ProtocolVersion", (candidate, assignment) => Look(candidate, assignment, WebRequest));
    }

    private static void Look(Candidate candidate, ISimpleAssignmentOperation assignment, DiagnosticDescriptor descriptor)
    {
        if (candidate.Model.HttpVersions.Read(assignment.Value, candidate.Cancellation) != HttpVersions.Http10 || candidate.IsInTests || MapsVersions(candidate, assignment)) return;
        candidate.Report(descriptor, assignment.Syntax);
    }

    /// <summary>A branch that asks for a version hands on what somebody else chose.</summary>
    private static bool MapsVersions(Candidate candidate, IOperation assignment) => assignment.Ancestors().Any(ancestor => ancestor switch
    {
        IConditionalOperation conditional => MentionsVersion(candidate, conditional.Condition),
        ISwitchOperation @switch => MentionsVersion(candidate, @switch.Value) || @switch.Cases.SelectMany(c => c.Clauses).Any(c => MentionsVersion(candidate, c)),
        ISwitchExpressionOperation @switch => MentionsVersion(candidate, @switch.Value) || @switch.Arms.Any(a => MentionsVersion(candidate, a.Pattern)),
        _ => false,
    });

    private static bool MentionsVersion(Candidate candidate, IOperation condition) => condition.DescendantsAndSelf().Any(operation =>
        candidate.Model.Types.Is(operation.Type, Api.Version)
        || operation switch
        {
            ILiteralOperation { ConstantValue: { HasValue: true, Value: string text } } => text.StartsWith("HTTP/", StringComparison.OrdinalIgnoreCase),
            IMemberReferenceOperation member => IsVersionName(member.Member.Name),
            ILocalReferenceOperation local => IsVersionName(local.Local.Name),
            IParameterReferenceOperation parameter => IsVersionName(parameter.Parameter.Name),
            IInvocationOperation call => IsVersionName(call.TargetMethod.Name),
            _ => false,
        });

    private static bool IsVersionName(string name) => VersionWords.Any(word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
}

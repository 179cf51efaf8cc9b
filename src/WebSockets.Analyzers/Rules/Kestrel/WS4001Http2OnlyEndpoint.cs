using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Kestrel;

/// <summary>An endpoint of Kestrel refuses HTTP/1.1, over which sockets come.</summary>
internal sealed class WS4001Http2OnlyEndpoint : Rule
{
    public const string Id = "WS4001";
    private const string Title = "The endpoint refuses HTTP/1.1";
    private const string Description =
        "Most WebSocket clients, browsers on a new connection among them, begin with an HTTP/1.1 request. An endpoint that speaks HTTP/2 only refuses it. " +
        "Under TLS an endpoint can speak both; without TLS it speaks one, and the sockets need an endpoint of their own.";

    private static readonly DiagnosticDescriptor Plain = Describe(
        id: Id, title: Title,
        messageFormat: "WebSocket handshakes over HTTP/1.1 get 400 (\"An HTTP/1.x request was sent to an HTTP/2 only endpoint.\"): Protocols is {0}; without TLS an endpoint speaks one version, so give the sockets one of their own with Http1",
        category: Category.Kestrel, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor Tls = Describe(
        id: Id, title: Title,
        messageFormat: "WebSocket handshakes over HTTP/1.1 fail, the server closes their connections: Protocols is {0}; use Http1AndHttp2",
        category: Category.Kestrel, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly string[] ListenCalls = ["Listen", "ListenAnyIP", "ListenLocalhost", "ListenUnixSocket", "ListenNamedPipe"];

    // Endpoints of the settings are opened beside those of the code.
    private static readonly Regex Endpoints = new("Kestrel[\\s\\S]*\\bEndpoints[\":]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly Regex Http1 = new("Protocols\"\\s*:\\s*\"[^\"]*Http1", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public override DiagnosticDescriptor[] Descriptors => [Plain, Tls];

    public override void Register(Subscriptions on)
    {
        on.OnlyWith(LongLived.Words);
        on.OnAssign(Api.ListenOptions, "Protocols", Look);
    }

    private static void Look(Candidate candidate, ISimpleAssignmentOperation assignment)
    {
        var (model, cancellation) = (candidate.Model, candidate.Cancellation);
        if (assignment.Value.ConstantValue is not { HasValue: true, Value: int protocols } || protocols == 0 || (protocols & 1) != 0) return;
        if (candidate.IsInTests || !model.LongLived.IsServed(cancellation) || AnotherServesHttp1(assignment, model, cancellation)) return;
        bool tls = assignment.Function().Descendants().Any(o => o is IInvocationOperation { TargetMethod.Name: "UseHttps" });
        candidate.Report(tls ? Tls : Plain, assignment.Syntax, Facts.None.SetItem(Facts.Text, tls ? "Http1AndHttp2" : null), (protocols & 2) != 0 ? (protocols & 4) != 0 ? "Http2 and Http3" : "Http2" : "Http3");
    }

    /// <summary>A second endpoint, or one whose protocols cannot be read, may be the sockets'.</summary>
    private static bool AnotherServesHttp1(IOperation assignment, CompilationModel model, CancellationToken cancellation)
    {
        if (model.Files.HasSetting(IsDefault(assignment) ? Http1 : Endpoints, inDevelopment: true, cancellation)) return true;
        foreach (var name in ListenCalls)
        {
            if (model.Calls.Find(name, s => s is IMethodSymbol && model.Types.Is(s.ContainingType, Api.KestrelServerOptions), cancellation) is not { } found) return true;
            foreach (var listen in found.Select(f => model.Calls.OperationOf(f.Name, cancellation)).OfType<IInvocationOperation>())
            {
                if (listen.Syntax.Span.Contains(assignment.Syntax.Span) && listen.Syntax.SyntaxTree == assignment.Syntax.SyntaxTree) continue;
                if (!listen.Arguments.Any(a => a.Value.Unwrapped() is IDelegateCreationOperation) && IsDefault(assignment)) continue;
                if (!listen.Descendants().Any(o => o is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Protocols" } } other && other.Value.ConstantValue is { HasValue: true, Value: int p } && (p & 1) == 0)) return true;
            }
        }
        return false;
    }

    /// <summary>Does it stand in <c>ConfigureEndpointDefaults</c>, which holds for every endpoint that says nothing else?</summary>
    private static bool IsDefault(IOperation assignment) => assignment.Ancestors().Any(a => a is IInvocationOperation { TargetMethod.Name: "ConfigureEndpointDefaults" });
}

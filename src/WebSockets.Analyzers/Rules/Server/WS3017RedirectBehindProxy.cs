using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Server;

/// <summary>Behind a proxy that takes TLS off, a program redirects to HTTPS what came over HTTPS.</summary>
internal sealed class WS3017RedirectBehindProxy : Rule
{
    public const string Id = "WS3017";

    private const string Title = "A handshake behind a TLS proxy is redirected";
    private const string Description =
        "UseHttpsRedirection looks at the scheme of the request as it comes to the program. Behind a proxy that takes TLS off this is http, until UseForwardedHeaders has read X-Forwarded-Proto. " +
        "Browsers refuse a handshake that is redirected; .NET follows in a circle, fifty times, and fails then.";

    private static readonly DiagnosticDescriptor Redirected = Describe(
        id: Id, title: Title,
        messageFormat: "Every handshake through {0} (line {1}) fails, redirected with 307 to where it came from: the proxy takes TLS off, and UseHttpsRedirection sees http; add UseForwardedHeaders above it",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Info, description: Description);

    private static readonly DiagnosticDescriptor RedirectedOnceThereIsAPort = Describe(
        id: Id, title: Title,
        messageFormat: "As soon as the program has an https port (ASPNETCORE_HTTPS_PORTS, https_port), every handshake through {0} (line {1}) is redirected with 307 to where it came from: the proxy takes TLS off, and UseHttpsRedirection sees http; add UseForwardedHeaders above it",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Info, description: Description);

    public override DiagnosticDescriptor[] Descriptors => [Redirected, RedirectedOnceThereIsAPort];

    public override void Register(Subscriptions on)
    {
        on.OnlyWith(LongLived.Words);
        on.OnCall(Api.HttpsPolicyBuilderExtensions, "UseHttpsRedirection", Look);
    }

    private static void Look(Candidate candidate, IInvocationOperation use)
    {
        var (model, cancellation) = (candidate.Model, candidate.Cancellation);
        // In a library the rest of the pipeline is out of sight.
        if (candidate.IsInTests || model.Compilation.Options.OutputKind is not (OutputKind.ConsoleApplication or OutputKind.WindowsApplication)) return;
        if (model.ProxyFiles.TlsEnd(cancellation) is not var (file, server) || !model.LongLived.IsServed(cancellation)) return;
        var redirection = model.HttpsRedirection;
        if (!redirection.AlwaysRuns(use, cancellation) || redirection.LearnsScheme(cancellation)) return;
        // What stands above it takes its sockets before they are redirected.
        if (model.Order.Before(use).Any(step => step.TargetMethod.Name == "UseEndpoints" || model.Order.Accepts(step, cancellation))) return;
        candidate.Report(redirection.HasPort(cancellation) ? Redirected : RedirectedOnceThereIsAPort, use.NameNode(), file.Name, file.LineOf(server));
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Server;

/// <summary>The server's keep-alive comes after a proxy has closed the idle connection; its default does.</summary>
internal sealed class WS3001ServerKeepAliveTooSlow : Rule
{
    public const string Id = "WS3001";
    private const string Title = "The server's keep-alive comes too late";
    private const string Description =
        "ASP.NET Core sends a keep-alive on an idle WebSocket every 2 minutes by default. Load balancers, proxies and NATs close a connection that carries nothing for some time, most of them after 60 s. " +
        "The limit is the option websockets_analyzers.idle_timeout.";

    private static readonly DiagnosticDescriptor ByDefault = Describe(
        id: Id, title: Title,
        messageFormat: "An idle connection is closed after {1}, often by a proxy: the server sends its keep-alive every {0} by default, so it comes too late; set KeepAliveInterval to {2}",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor AsWritten = Describe(
        id: Id, title: Title,
        messageFormat: "An idle connection is closed after {1}, often by a proxy: the server sends its keep-alive every {0} only, so it comes too late; set KeepAliveInterval to {2}",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    public override DiagnosticDescriptor[] Descriptors => [ByDefault, AsWritten];

    public override void Register(Subscriptions on)
    {
        on.OnCall(Api.WebSocketMiddlewareExtensions, "UseWebSockets", LookAtUse);
        KeepAliveSite.Subscribe(on, KeepAliveOwner.ServerOptions | KeepAliveOwner.AcceptContext, LookAtInterval);
    }

    private static void LookAtUse(Candidate candidate, IInvocationOperation use)
    {
        var pipeline = candidate.Model.Pipeline;
        var limit = IdleLimit.Of(candidate.Options);
        if (!limit.IsTooSlow(SocketPipeline.DefaultInterval) || candidate.IsInTests) return;
        if (!pipeline.AcceptsWithInheritedInterval(candidate.Cancellation) || pipeline.IsOverruled(use, candidate.Cancellation)) return;

        var facts = Facts.None.With(Facts.Interval, limit.Remedy);
        if (use.Argument("options") is not null)
        {
            // Options from elsewhere may say anything.
            if (pipeline.OptionsOf(use, candidate.Cancellation)?.SetsLater(KeepAliveSite.Property, candidate.Model) is not false) return;
        }
        else
        {
            if (pipeline.ConfiguresInterval(candidate.Cancellation)) return;
            // Options given to the call would discard what the services configure: that is for a person to merge.
            if (pipeline.Configurations(candidate.Cancellation).Count > 0) facts = Facts.None;
        }
        if (pipeline.HasHeartbeat(candidate.Cancellation)) return;
        Report(candidate, ByDefault, use.NameNode(), SocketPipeline.DefaultInterval, limit, facts);
    }

    private static void LookAtInterval(Candidate candidate, KeepAliveSite site)
    {
        var pipeline = candidate.Model.Pipeline;
        var limit = IdleLimit.Of(candidate.Options);
        if (site.Interval is not { } interval || site.IsOff || site.IsOutOfRange || !limit.IsTooSlow(interval) || candidate.IsInTests) return;
        if (candidate.Operation.Ancestors().OfType<IObjectCreationOperation>().FirstOrDefault()?.IsUnused() == true) return;
        bool counts = site.Owner == KeepAliveOwner.AcceptContext
            ? pipeline.AcceptsSockets(candidate.Cancellation)
            : pipeline.AcceptsWithInheritedInterval(candidate.Cancellation)
                && (!pipeline.IsInConfiguration(candidate.Operation, candidate.Cancellation) || pipeline.UsesConfiguration(candidate.Cancellation));
        if (!counts || pipeline.HasHeartbeat(candidate.Cancellation)) return;
        if (candidate.Operation.Ancestors().OfType<IInvocationOperation>().FirstOrDefault(pipeline.IsUse) is { } use && pipeline.IsOverruled(use, candidate.Cancellation)) return;
        Report(candidate, AsWritten, site.Node, interval, limit, Facts.None.With(Facts.Interval, limit.Remedy));
    }

    private static void Report(Candidate candidate, DiagnosticDescriptor descriptor, SyntaxNode node, TimeSpan interval, IdleLimit limit, System.Collections.Immutable.ImmutableDictionary<string, string?> facts) =>
        candidate.Report(descriptor, node, facts, DurationText.Say(interval), DurationText.Say(limit.Limit), DurationText.Say(limit.Remedy));
}

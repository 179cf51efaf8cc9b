using Microsoft.CodeAnalysis;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Client;

/// <summary>The keep-alive comes too late: the idle connection is closed before it is sent.</summary>
internal sealed class WS1002KeepAliveTooSlow : Rule
{
    public const string Id = "WS1002";

    private static readonly DiagnosticDescriptor TooSlow = Describe(
        id: Id, title: "The keep-alive comes too late",
        messageFormat: "An idle connection is closed after {1}, often by a proxy: the keep-alive is sent every {0} only, so it comes too late; set the interval to {2}",
        category: Category.Client, defaultSeverity: DiagnosticSeverity.Warning,
        description: "Load balancers, proxies and NATs close a connection that carries nothing for some time, most of them after 60 s. A keep-alive must come before that. " +
            "The limit is the option websockets_analyzers.idle_timeout.");

    // The server's own options and accept contexts are WS3001's: there the default counts as well.
    public override DiagnosticDescriptor[] Descriptors => [TooSlow];

    public override void Register(Subscriptions on) => KeepAliveSite.Subscribe(on, KeepAliveOwner.Client | KeepAliveOwner.Stream | KeepAliveOwner.HttpListener, Look);

    private static void Look(Candidate candidate, KeepAliveSite site)
    {
        var limit = IdleLimit.Of(candidate.Options);
        if (site.Interval is not { } interval || site.IsOff || site.IsOutOfRange || !limit.IsTooSlow(interval)) return;
        if (candidate.IsInTests || candidate.Model.Heartbeats.SentBy(candidate)) return;
        candidate.Report(TooSlow, site.Node, Facts.None.With(Facts.Interval, limit.Remedy),
            DurationText.Say(interval), DurationText.Say(limit.Limit), DurationText.Say(limit.Remedy));
    }
}

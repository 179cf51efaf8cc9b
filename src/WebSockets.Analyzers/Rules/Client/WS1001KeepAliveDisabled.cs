using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Client;

/// <summary>The keep-alive is switched off: an idle connection is closed by the first proxy on its way.</summary>
internal sealed class WS1001KeepAliveDisabled : Rule
{
    public const string Id = "WS1001";
    private const string Title = "The keep-alive is switched off";
    private const string Description =
        "With KeepAliveInterval zero or infinite a WebSocket sends nothing while it is idle, and the first load balancer, proxy or NAT on the way closes it, " +
        "most of them after 60 s. KeepAliveTimeout does not help: without an interval no ping is sent.";

    private static readonly DiagnosticDescriptor Off = Describe(
        id: Id, title: Title,
        messageFormat: "An idle connection is closed by proxies, often after {0}: KeepAliveInterval is {1}, so no keep-alive is sent; set it to {2}",
        category: Category.Client, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor NeverOn = Describe(
        id: Id, title: Title,
        messageFormat: "An idle connection is closed by proxies, often after {0}: WebSocketCreationOptions sends no keep-alive by default; set KeepAliveInterval to {1}",
        category: Category.Client, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    public override DiagnosticDescriptor[] Descriptors => [Off, NeverOn];

    public override void Register(Subscriptions on)
    {
        KeepAliveSite.Subscribe(on, KeepAliveOwner.Any, LookAtInterval);
        on.OnCreate(Api.WebSocketCreationOptions, LookAtCreation);
    }

    private static void LookAtInterval(Candidate candidate, KeepAliveSite site)
    {
        if (!site.IsOff || candidate.IsInTests || candidate.Model.Heartbeats.SentBy(candidate)) return;
        var limit = IdleLimit.Of(candidate.Options);
        candidate.Report(Off, site.Node, Facts.None.With(Facts.Interval, limit.Remedy),
            DurationText.Say(limit.Limit), site.Interval == TimeSpan.Zero ? "zero" : "infinite", DurationText.Say(limit.Remedy));
    }

    private static void LookAtCreation(Candidate candidate, IObjectCreationOperation creation)
    {
        if (creation.SetsLater(KeepAliveSite.Property, candidate.Model) is not false || candidate.IsInTests || candidate.Model.Heartbeats.SentBy(candidate)) return;
        var limit = IdleLimit.Of(candidate.Options);
        candidate.Report(NeverOn, creation.Syntax, Facts.None.With(Facts.Interval, limit.Remedy), DurationText.Say(limit.Limit), DurationText.Say(limit.Remedy));
    }
}

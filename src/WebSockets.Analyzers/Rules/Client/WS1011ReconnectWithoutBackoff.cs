using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Client;

/// <summary>A reconnect that waits not at all, or always the same time: after an outage all clients arrive at once, again and again.</summary>
internal sealed class WS1011ReconnectWithoutBackoff : Rule
{
    public const string Id = "WS1011";
    private const string Title = "Reconnecting without backoff";
    private const string Description =
        "When a server restarts, all its clients lose their connection in the same second. Clients that retry at once, or after a constant time, come back together, " +
        "and keep coming together until the server is up, which they help to prevent. A delay that grows, is capped, and is random spreads them.";

    private static readonly DiagnosticDescriptor NoDelay = Describe(
        id: Id, title: Title,
        messageFormat: "After an outage all clients reconnect at once, with no pause before the next attempt; wait a time that grows, is capped and is random",
        category: Category.Client, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor ConstantDelay = Describe(
        id: Id, title: Title,
        messageFormat: "After an outage all clients reconnect at the same moment, {0} later: the delay is constant; let it grow up to a cap and make it random",
        category: Category.Client, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor MillisecondsForSeconds = Describe(
        id: Id, title: Title,
        messageFormat: "A server that is down is tried again every {0} ms: {0} counts milliseconds, not seconds; wait a growing, capped and random time between attempts",
        category: Category.Client, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    public override DiagnosticDescriptor[] Descriptors => [NoDelay, ConstantDelay, MillisecondsForSeconds];

    public override void Register(Subscriptions on)
    {
        on.OnCall(Api.Task, "Delay", LookAtDelay);
        on.OnCall(Api.Thread, "Sleep", LookAtDelay);
        on.OnCall(Api.SemaphoreSlim, "WaitAsync", LookAtDelay);
        on.OnCall(Api.SemaphoreSlim, "Wait", LookAtDelay);
        on.OnCall(Api.WaitHandle, "WaitOne", LookAtDelay);
        on.OnCall(Api.ClientWebSocket, "ConnectAsync", LookAtConnect);
        on.OnCall(Api.HubConnection, "StartAsync", LookAtConnect);
    }

    private static void LookAtDelay(Candidate candidate, IInvocationOperation delay)
    {
        var model = candidate.Model;
        if (model.Tasks.DelayOf(delay) is not { } time || model.Durations.ReadMillisecondsOrSpan(time, candidate.Cancellation) is null) return;
        if (model.Retries.At(delay, candidate.Cancellation) is not var (pause, connect) || candidate.IsInTests) return;
        // At the cap of the backoff a constant delay does little harm.
        if (pause.Time >= candidate.Options.Get(Option.ReconnectMaxDelay)) return;
        var facts = Facts.Reconnect(candidate.Options).SetItem(Facts.ConnectName, connect);
        if (time.Unwrapped().Type?.SpecialType == SpecialType.System_Int32 && pause.Time < TimeSpan.FromMilliseconds(100))
            candidate.Report(MillisecondsForSeconds, delay.Syntax, facts, pause.Time.TotalMilliseconds);
        else
            candidate.Report(ConstantDelay, delay.Syntax, facts, DurationText.Say(pause.Time));
    }

    private static void LookAtConnect(Candidate candidate, IInvocationOperation connect)
    {
        if (candidate.IsInTests || candidate.Model.Retries.Of(connect, candidate.Cancellation) is not ({ Kind: PauseKind.None }, var step) || !IsFirst(connect)) return;
        candidate.Report(NoDelay, connect.NameNode(), Facts.Reconnect(candidate.Options).SetItem(Facts.ConnectName, step.Syntax == connect.Syntax ? connect.TargetMethod.Name : null));
    }

    /// <summary>Several connects may stand in one loop (a fallback host): the first of them speaks.</summary>
    private static bool IsFirst(IInvocationOperation connect)
    {
        var scope = connect.Ancestors().OfType<ILoopOperation>().FirstOrDefault() ?? connect.Root();
        return scope.Descendants().First(o => o is IInvocationOperation call && SymbolEqualityComparer.Default.Equals(call.TargetMethod, connect.TargetMethod)).Syntax == connect.Syntax;
    }
}

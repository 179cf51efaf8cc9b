using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Client;

/// <summary>A reconnect that waits not at all, or always the same time: after an outage all clients arrive at once, again and again.</summary>
internal sealed class WS1011ReconnectWithoutBackoff() : Rule(NoDelay, ConstantDelay, MillisecondsForSeconds)
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
        messageFormat: "After an outage all clients reconnect together every {0}: the delay is constant; let it grow up to a cap and make it random",
        category: Category.Client, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor MillisecondsForSeconds = Describe(
        id: Id, title: Title,
        messageFormat: "A server that is down is tried again every {0} ms: {0} counts milliseconds, not seconds; wait a growing, capped and random time between attempts",
        category: Category.Client, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    public override void Register(Subscriptions on)
    {
        on.OnCall(Api.ClientWebSocket, "ConnectAsync", Look);
        on.OnCall(Api.HubConnection, "StartAsync", Look);
    }

    private static void Look(Candidate candidate, IInvocationOperation connect)
    {
        if (candidate.IsInTests) return;
        var reach = Reach.Of(connect, candidate.Model, candidate.Cancellation);
        var retries = new RetryLoops(candidate.Model, candidate.Cancellation);
        for (int i = 0; i < reach.Steps.Count; i++)
        {
            // The nearest loop is the one that decides about the time between two attempts.
            var step = reach.Steps[i];
            if (step.Ancestors().TakeWhile(a => a is not (IAnonymousFunctionOperation or ILocalFunctionOperation)).OfType<ILoopOperation>().FirstOrDefault() is not { } loop) continue;
            if (!IsFirst(connect, loop)) return;
            if (RetryLoops.IsRetry(loop, reach.Steps.Take(i + 1).ToList())) Report(candidate, retries.PauseOf(loop, step), step);
            return;
        }
        if (retries.RecursionPause(connect) is { } pause) Report(candidate, pause, connect);
        else if (candidate.Model.Types.Is(connect.TargetMethod.ContainingType, Api.HubConnection) && retries.HandlerPause(connect) is { } handler) Report(candidate, handler, connect);
    }

    /// <summary>Several connects may lead to one delay (a fallback host): the first of them speaks.</summary>
    private static bool IsFirst(IInvocationOperation connect, ILoopOperation loop)
    {
        var scope = loop.Syntax.Span.Contains(connect.Syntax.Span) && loop.Syntax.SyntaxTree == connect.Syntax.SyntaxTree ? loop : connect.Root();
        return scope.Descendants().First(o => o is IInvocationOperation call && SymbolEqualityComparer.Default.Equals(call.TargetMethod, connect.TargetMethod)).Syntax == connect.Syntax;
    }

    private static void Report(Candidate candidate, Pause pause, IOperation step)
    {
        var options = candidate.Options;
        var facts = Facts.None.With(Facts.BaseDelay, options.Get(Option.ReconnectBaseDelay)).With(Facts.MaxDelay, options.Get(Option.ReconnectMaxDelay));
        switch (pause)
        {
            case { Kind: PauseKind.None }:
                candidate.Report(NoDelay, step.NameNode(), facts);
                break;
            // At the cap of the backoff a constant delay does little harm.
            case { Kind: PauseKind.Constant, Delay: { } delay } when pause.Time < options.Get(Option.ReconnectMaxDelay):
                var argument = candidate.Model.Tasks.DelayOf(delay)!.Unwrapped();
                if (argument.Type?.SpecialType == SpecialType.System_Int32 && pause.Time < TimeSpan.FromMilliseconds(100))
                    candidate.Report(MillisecondsForSeconds, delay.Syntax, facts, pause.Time.TotalMilliseconds);
                else
                    candidate.Report(ConstantDelay, delay.Syntax, facts, DurationText.Say(pause.Time));
                break;
        }
    }
}

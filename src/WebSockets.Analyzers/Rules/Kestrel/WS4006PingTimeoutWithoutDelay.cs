using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Kestrel;

/// <summary>A timeout for pings that are never sent.</summary>
internal sealed class WS4006PingTimeoutWithoutDelay : Rule
{
    public const string Id = "WS4006";
    private const string Delay = "KeepAlivePingDelay";
    private const string PingTimeout = "KeepAlivePingTimeout";

    private static readonly DiagnosticDescriptor NoPing = Describe(
        id: Id, title: "The HTTP/2 ping is off",
        messageFormat: "A dead HTTP/2 connection is never noticed: KeepAlivePingTimeout is the wait for the answer to a ping, and none is sent, as KeepAlivePingDelay is off by default; set it to {0}",
        category: Category.Kestrel, defaultSeverity: DiagnosticSeverity.Warning,
        description: "KeepAlivePingDelay says after which silence an HTTP/2 ping is sent, and is infinite by default, in Kestrel and in SocketsHttpHandler. KeepAlivePingTimeout alone does nothing.");

    public override DiagnosticDescriptor[] Descriptors => [NoPing];

    public override void Register(Subscriptions on)
    {
        on.OnAssign(Api.Http2Limits, PingTimeout, (candidate, assignment) => Look(candidate, assignment, Api.Http2Limits));
        on.OnAssign(Api.SocketsHttpHandler, PingTimeout, (candidate, assignment) => Look(candidate, assignment, Api.SocketsHttpHandler));
    }

    private static void Look(Candidate candidate, ISimpleAssignmentOperation assignment, ApiType owner)
    {
        var model = candidate.Model;
        if (candidate.IsInTests || model.Durations.Read(assignment.Value, candidate.Cancellation) is { } timeout && timeout == Timeout.InfiniteTimeSpan) return;
        // A handler is one of many; of Kestrel there is one.
        if (owner == Api.SocketsHttpHandler
            ? assignment.Root().Descendants().Any(o => o is IPropertyReferenceOperation { Property.Name: Delay } p && model.Types.Is(p.Property.ContainingType, owner) || IsHandedOn(o, assignment))
            : model.Calls.Find(Delay, s => s is IPropertySymbol && model.Types.Is(s.ContainingType, owner), candidate.Cancellation) is not { Count: 0 }) return;
        var remedy = IdleLimit.Of(candidate.Options).Remedy;
        candidate.Report(NoPing, assignment.Syntax, Facts.None.With(Facts.Interval, remedy), DurationText.Say(remedy));
    }

    /// <summary>The handler goes to a method that may set the rest.</summary>
    private static bool IsHandedOn(IOperation operation, ISimpleAssignmentOperation assignment) =>
        operation is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.DeclaringSyntaxReferences.IsEmpty: false } } argument
        && assignment.Target is IPropertyReferenceOperation { Instance: { } handler } && Sockets.Holder(handler) is { } holder && Sockets.IsHeldBy(argument.Value, holder);
}

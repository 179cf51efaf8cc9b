using Microsoft.CodeAnalysis;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Client;

/// <summary>A keep-alive interval that no timer takes: it throws at once, or no connection comes about.</summary>
internal sealed class WS1006KeepAliveOutOfRange : Rule
{
    public const string Id = "WS1006";
    private const string Title = "The keep-alive is out of range";
    private const string Range = "{0} of {1} is out of range (zero to 49.7 days, or -1 ms for infinite); set it to {2}";
    private const string Description =
        "A keep-alive interval may be zero to 49.7 days (4294967294 ms), or -1 ms, which means infinite. Anything else throws ArgumentOutOfRangeException: where it is set, " +
        "when the socket connects, or, on a server, after the client has got its 101 Switching Protocols.";

    private static readonly DiagnosticDescriptor Throws = Describe(
        id: Id, title: Title, messageFormat: "This throws ArgumentOutOfRangeException: " + Range,
        category: Category.Client, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor FailsConnect = Describe(
        id: Id, title: Title, messageFormat: "Every ConnectAsync fails with \"Unable to connect to the remote server\" (ArgumentOutOfRangeException, dueTime): " + Range,
        category: Category.Client, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor FailsCreate = Describe(
        id: Id, title: Title, messageFormat: "WebSocket.CreateFromStream throws ArgumentOutOfRangeException (dueTime): " + Range,
        category: Category.Client, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor ClosesEverySocket = Describe(
        id: Id, title: Title, messageFormat: "Every client gets 101 Switching Protocols and then a closed connection, while the server logs ArgumentOutOfRangeException: " + Range,
        category: Category.Client, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    public override DiagnosticDescriptor[] Descriptors => [Throws, FailsConnect, FailsCreate, ClosesEverySocket];

    public override void Register(Subscriptions on)
    {
        KeepAliveSite.Subscribe(on, KeepAliveOwner.Any, LookAtInterval);
        KeepAliveSite.SubscribeToTimeouts(on, KeepAliveOwner.Any, LookAtTimeout);
    }

    private static void LookAtInterval(Candidate candidate, KeepAliveSite site)
    {
        if (!site.IsOutOfRange) return;
        Report(candidate, site, KeepAliveSite.Property, site.Owner switch
        {
            // The server's types take any interval and fail when a socket is accepted.
            KeepAliveOwner.ServerOptions or KeepAliveOwner.AcceptContext => ClosesEverySocket,
            // An argument is used at once, and the setters refuse what is negative.
            KeepAliveOwner.HttpListener => Throws,
            _ when site.IsNegative || site.Node is not Microsoft.CodeAnalysis.CSharp.Syntax.AssignmentExpressionSyntax => Throws,
            KeepAliveOwner.Client => FailsConnect,
            _ => FailsCreate,
        });
    }

    // Every setter of a timeout refuses what is negative and takes any other value.
    private static void LookAtTimeout(Candidate candidate, KeepAliveSite site)
    {
        if (site.IsNegative) Report(candidate, site, KeepAliveSite.TimeoutProperty, Throws);
    }

    private static void Report(Candidate candidate, KeepAliveSite site, string property, DiagnosticDescriptor descriptor)
    {
        // Tests of such values expect the exception.
        if (candidate.IsInTests) return;
        var remedy = IdleLimit.Of(candidate.Options).Remedy;
        candidate.Report(descriptor, site.Node, Facts.None.With(Facts.Interval, remedy), property, DurationText.Say(site.Interval!.Value), DurationText.Say(remedy));
    }
}

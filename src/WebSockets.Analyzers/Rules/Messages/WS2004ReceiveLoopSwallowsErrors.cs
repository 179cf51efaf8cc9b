using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;
using WebSockets.Analyzers.Model.Messages;

namespace WebSockets.Analyzers.Rules.Messages;

/// <summary>A receive loop that survives its connection.</summary>
internal sealed class WS2004ReceiveLoopSwallowsErrors : Rule
{
    public const string Id = "WS2004";
    private const string Title = "The receive loop swallows the end of the connection";
    private const string Description =
        "When a connection is lost, ReceiveAsync throws, and throws again at each further call: a socket never recovers. A handler that catches the exception inside the loop and goes on makes the loop endless, at full processor load.";

    private static readonly DiagnosticDescriptor Spins = Describe(
        id: Id, title: Title,
        messageFormat: "After the connection is lost this loop spins at 100 % of a processor: the handler takes the exception of ReceiveAsync and the loop calls it again, which throws at once; leave the loop",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor Waits = Describe(
        id: Id, title: Title,
        messageFormat: "After the connection is lost this loop never ends: the handler takes the exception of ReceiveAsync, waits, and the loop calls it again on the same dead socket; leave the loop",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    public override DiagnosticDescriptor[] Descriptors => [Spins, Waits];

    public override void Register(Subscriptions on) => on.Beside(Api.WebSocket, "ReceiveAsync", (candidate, operation) => Look(candidate, (ITryOperation)operation), OperationKind.Try);

    private static void Look(Candidate candidate, ITryOperation attempt)
    {
        if (attempt.Catches.IsEmpty || candidate.IsInTests) return;
        var swallowed = new SwallowedErrors(candidate.Model, candidate.Cancellation);
        if (swallowed.Of(attempt) is { } handler) candidate.Report(swallowed.Pauses ? Waits : Spins, handler.Syntax.ChildTokens().First().GetLocation(), Facts.None);
    }
}

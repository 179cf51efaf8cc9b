using Microsoft.CodeAnalysis;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Server;

/// <summary>A sub-protocol is chosen that the client may not have offered.</summary>
internal sealed class WS3016SubProtocolNotOffered() : Rule(NotOffered)
{
    public const string Id = "WS3016";

    private static readonly DiagnosticDescriptor NotOffered = Describe(
        id: Id, title: "A sub-protocol is chosen that was not offered",
        messageFormat: "A client that does not ask for \"{0}\" fails to connect: the server chooses it without a look at WebSocketRequestedProtocols; choose it only when it is offered",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning,
        description: "A server may choose only one of the sub-protocols that the client offers (RFC 6455, section 4.2.2). A client that gets another one must close the connection, and does.");

    public override void Register(Subscriptions on)
    {
        on.OnCall(Api.WebSocketManager, "AcceptWebSocketAsync", (candidate, accept) => Look(candidate, accept.Argument("subProtocol")?.Value));
        on.OnAssign(Api.WebSocketAcceptContext, "SubProtocol", (candidate, assignment) => Look(candidate, assignment.Value));
    }

    private static void Look(Candidate candidate, IOperation? value)
    {
        if (value?.ConstantValue is not { HasValue: true, Value: string { Length: > 0 } protocol } || candidate.IsInTests) return;
        // Whoever reads the list anywhere has thought of it.
        if (new[] { "WebSocketRequestedProtocols", "SecWebSocketProtocol", "WebSocketSubProtocols" }.Any(n => Texts.Mentions(candidate.Model.Compilation, n, candidate.Cancellation))
            || Texts.Mentions(candidate.Model.Compilation, "Sec-WebSocket-Protocol", candidate.Cancellation)) return;
        var node = value.Syntax is Microsoft.CodeAnalysis.CSharp.Syntax.ArgumentSyntax argument ? argument.Expression : value.Syntax;
        candidate.Report(NotOffered, node, protocol);
    }
}

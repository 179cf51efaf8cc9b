using Microsoft.CodeAnalysis;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Server;

/// <summary>A sub-protocol is chosen that the client may not have offered.</summary>
internal sealed class WS3016SubProtocolNotOffered : Rule
{
    public const string Id = "WS3016";

    private static readonly DiagnosticDescriptor NotOffered = Describe(
        id: Id, title: "A sub-protocol is chosen that was not offered",
        messageFormat: "A client that does not ask for \"{0}\" fails to connect: the server chooses it without a look at WebSocketRequestedProtocols; choose it only when it is offered",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning,
        description: "A server may choose only one of the sub-protocols that the client offers (RFC 6455, section 4.2.2). A client that gets another one must close the connection, and does.");

    public override DiagnosticDescriptor[] Descriptors => [NotOffered];

    public override void Register(Subscriptions on)
    {
        on.OnCall(Api.WebSocketManager, "AcceptWebSocketAsync", (candidate, accept) => Look(candidate, accept.Argument("subProtocol")?.Value));
        on.OnAssign(Api.WebSocketAcceptContext, "SubProtocol", (candidate, assignment) => Look(candidate, assignment.Value));
    }

    private static void Look(Candidate candidate, IOperation? value)
    {
        if (value?.ConstantValue is not { HasValue: true, Value: string { Length: > 0 } protocol } || candidate.IsInTests) return;
        if (IsAsked(candidate)) return;
        var node = value.Syntax is Microsoft.CodeAnalysis.CSharp.Syntax.ArgumentSyntax argument ? argument.Expression : value.Syntax;
        candidate.Report(NotOffered, node, protocol);
    }

    /// <summary>Is the list read where the socket is accepted, or in a place that accepts none and so decides for others?</summary>
    private static bool IsAsked(Candidate candidate)
    {
        var (model, cancellation) = (candidate.Model, candidate.Cancellation);
        if (new[] { "SecWebSocketProtocol", "WebSocketSubProtocols", "Sec-WebSocket-Protocol" }.Any(n => Texts.Mentions(model.Compilation, n, cancellation))) return true;
        if (model.Calls.Find("WebSocketRequestedProtocols", s => s is IPropertySymbol, cancellation) is not { } reads) return true;
        // A program's top-level statements have the handlers of many endpoints: each decides for itself.
        return reads.Any(r => model.Calls.OperationOf(r.Name, cancellation)?.Function() is not { } function || model.Pipeline.AcceptsIn(function).Count == 0 || IsInside(candidate.Operation.Syntax, function.Syntax));
    }

    private static bool IsInside(SyntaxNode node, SyntaxNode function) => node.SyntaxTree == function.SyntaxTree && function.Span.Contains(node.Span);
}

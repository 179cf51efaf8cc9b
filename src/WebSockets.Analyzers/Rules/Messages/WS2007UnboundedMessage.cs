using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;
using WebSockets.Analyzers.Model.Messages;

namespace WebSockets.Analyzers.Rules.Messages;

/// <summary>One message may take all the memory that there is.</summary>
internal sealed class WS2007UnboundedMessage : Rule
{
    public const string Id = "WS2007";

    private static readonly DiagnosticDescriptor Unbounded = Describe(
        id: Id, title: "A message may grow without a limit",
        messageFormat: "A peer that never ends its message takes all the memory: the parts are collected until EndOfMessage, however many they are; refuse what is longer than a limit with the close status MessageTooBig",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Info,
        description: "A WebSocket message has no maximal length. Who collects its parts in memory until EndOfMessage lets the other end decide how much memory that takes.");

    public override DiagnosticDescriptor[] Descriptors => [Unbounded];

    public override void Register(Subscriptions on) => on.OnSocketCall("ReceiveAsync", LookAtReceive);

    private static void LookAtReceive(Candidate candidate, IInvocationOperation call)
    {
        if (candidate.IsInTests) return;
        var size = new MessageSize(candidate.Model, candidate.Cancellation);
        foreach (var receive in candidate.Model.Receives.At(call, candidate.Cancellation))
        {
            // The first receive of a function stands for those that read the rest of the message.
            var function = receive.Call.Function();
            if (candidate.Model.Receives.Beside(receive.Call, candidate.Cancellation).Any(r => r.Call.Syntax.SpanStart < receive.Call.Syntax.SpanStart && r.Call.Function().Syntax == function.Syntax && SharesBuffer(r, receive))) continue;
            if (size.IsUnbounded(receive)) candidate.Report(Unbounded, receive.Call.NameNode());
        }
    }

    private static bool SharesBuffer(Receive first, Receive second) => first.Buffer?.Holder is { } buffer && second.Buffer?.Holder is { } other && SymbolEqualityComparer.Default.Equals(buffer, other);
}

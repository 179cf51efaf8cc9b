using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;
using WebSockets.Analyzers.Model.Messages;

namespace WebSockets.Analyzers.Rules.Messages;

/// <summary>The fragments of two messages mix on the wire.</summary>
internal sealed class WS2009FragmentsInterleave : Rule
{
    public const string Id = "WS2009";

    private static readonly DiagnosticDescriptor Mix = Describe(
        id: Id, title: "The fragments of concurrent messages mix",
        messageFormat: "The other end gets one message made of parts of several: this fragment (endOfMessage: false) is sent in code that runs concurrently, {0}, and no lock keeps a message together; take a SemaphoreSlim for the whole message",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning,
        description: "A socket sends one frame at a time, so that whole messages may be sent concurrently. A message in fragments has no such protection: the frames of another one come in between, and the receiver takes them for its continuation.");

    public override DiagnosticDescriptor[] Descriptors => [Mix];

    public override void Register(Subscriptions on) => on.OnSocketCall("SendAsync", Look);

    private static void Look(Candidate candidate, IInvocationOperation send)
    {
        if (!IsFragment(send) || candidate.IsInTests) return;
        var function = send.Function();
        // The first fragment of a function stands for the others.
        if (function.Descendants().OfType<IInvocationOperation>().First(c => SymbolEqualityComparer.Default.Equals(c.TargetMethod, send.TargetMethod) && IsFragment(c)).Syntax != send.Syntax) return;
        if (new Concurrency(candidate.Model, candidate.Cancellation).Of(send) is { } how) candidate.Report(Mix, send.NameNode(), how);
    }

    private static bool IsFragment(IInvocationOperation send) =>
        send.Argument("endOfMessage")?.Value.ConstantValue is { HasValue: true, Value: false }
        || send.Argument("messageFlags")?.Value.ConstantValue is { HasValue: true, Value: 0 };
}

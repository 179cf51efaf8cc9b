using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;
using WebSockets.Analyzers.Model.Messages;

namespace WebSockets.Analyzers.Rules.Messages;

/// <summary>A part of a message is taken for the whole of it.</summary>
internal sealed class WS2002EndOfMessageIgnored : Rule
{
    public const string Id = "WS2002";
    private const string Title = "A part of a message is taken for a whole message";
    private const string Description =
        "One ReceiveAsync gives at most as many bytes as the buffer takes, and never more than one fragment. A message is complete when EndOfMessage is true; until then it must be put together.";

    private static readonly DiagnosticDescriptor Ignored = Describe(
        id: Id, title: Title,
        messageFormat: "A message that is longer than {0}, or sent in fragments, arrives in pieces and each is taken for a message: EndOfMessage is never read; put the parts together until it is true",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor EachPart = Describe(
        id: Id, title: Title,
        messageFormat: "A message that is longer than {0}, or sent in fragments, is used in pieces: the loop waits for EndOfMessage, but uses each part on its own; put the parts together and use them after the loop",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    public override DiagnosticDescriptor[] Descriptors => [Ignored, EachPart];

    public override void Register(Subscriptions on) => on.OnSocketCall("ReceiveAsync", LookAtReceive);

    private static void LookAtReceive(Candidate candidate, IInvocationOperation call)
    {
        if (candidate.IsInTests) return;
        foreach (var receive in candidate.Model.Receives.At(call, candidate.Cancellation))
        {
            if (Why(receive) is not { } descriptor) continue;
            var size = receive.Buffer!.Size is { } bytes ? bytes.ToString("N0", CultureInfo.InvariantCulture) + " bytes" : "the buffer";
            candidate.Report(descriptor, receive.Call.NameNode(), size);
        }
    }

    private static DiagnosticDescriptor? Why(Receive receive)
    {
        if (receive.Result.Escapes || receive.Buffer is not { Holder: not null } buffer || buffer.Size <= 1) return null;
        // Parts that are put together, or bytes that go elsewhere as they come: no message is made of one part here.
        var uses = buffer.Uses.Where(u => receive.Precedes(u.Reference) && !receive.IsInCloseBranch(u.Reference)).ToList();
        if (uses.Any(u => u.Kind is BufferUseKind.Collected or BufferUseKind.Forwarded) || AppendsToBuffer(receive)) return null;
        var messages = uses.Where(u => u.Kind == BufferUseKind.Decoded && !Parts.AreCollected(u.Consumer!)).ToList();
        if (messages.Count == 0) return null;
        if (!receive.Result.Has("EndOfMessage")) return Ignored;
        // The loop asks, its body does not.
        return receive.MessageLoop is { } loop
            && receive.Result.Reads.Where(Receive.IsEndOfMessage).All(r => Receive.IsCondition(r, loop))
            && messages.Any(u => u.Reference.IsInside(loop.Body) && !receive.AsksForEnd(u.Reference)) ? EachPart : null;
    }

    /// <summary>The receive writes behind what is in the buffer already.</summary>
    private static bool AppendsToBuffer(Receive receive) => receive.Buffer!.Argument.Unwrapped() switch
    {
        IObjectCreationOperation { Arguments: [_, var offset, _] } => offset.Value.ConstantValue is not { HasValue: true, Value: 0 },
        IInvocationOperation { TargetMethod.Name: "AsMemory" or "Slice" or "AsArraySegment" } slice => slice.Arguments.Any(a => a.Parameter is { Name: "start" or "index" } && a.Value.ConstantValue is not { HasValue: true, Value: 0 }),
        IPropertyReferenceOperation { Property.IsIndexer: true } or IImplicitIndexerReferenceOperation or IArrayElementReferenceOperation => true,
        _ => false,
    };
}

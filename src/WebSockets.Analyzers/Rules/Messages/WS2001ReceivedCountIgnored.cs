using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;
using WebSockets.Analyzers.Model.Messages;

namespace WebSockets.Analyzers.Rules.Messages;

/// <summary>The whole receive buffer is used, whatever part of it was filled.</summary>
internal sealed class WS2001ReceivedCountIgnored : Rule
{
    public const string Id = "WS2001";
    private const string Title = "The whole receive buffer is used instead of the bytes that arrived";
    private const string Description =
        "ReceiveAsync fills a part of the buffer and says with Count how large it is. Behind that part stand zeros, or what an earlier message left there: text gets a tail of \\0 characters or of old text, and JSON does not parse.";

    private static readonly DiagnosticDescriptor Stale = Describe(
        id: Id, title: Title,
        messageFormat: "A short message ends with bytes of the one before it: '{0}' is used whole, though ReceiveAsync filled only Count bytes of it; use the first Count bytes",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor Padded = Describe(
        id: Id, title: Title,
        messageFormat: "The message ends with zero bytes: '{0}' is used whole, though ReceiveAsync filled only Count bytes of it; use the first Count bytes",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    /// <summary>What takes bytes: the finding stands there, so that an editor offers the fix there.</summary>
    private static readonly (ApiType Type, string[] Methods)[] Takers =
    [
        (Api.Encoding, ["GetString", "GetChars", "GetCharCount"]), (Api.Utf8Encoding, ["GetString", "GetChars", "GetCharCount"]), (Api.AsciiEncoding, ["GetString", "GetChars", "GetCharCount"]),
        (Api.Convert, ["ToBase64String", "ToHexString", "ToHexStringLower"]), (Api.BitConverter, ["ToString"]),
        (Api.JsonSerializer, ["Deserialize"]), (Api.JsonDocument, ["Parse"]), (Api.JsonNode, ["Parse"]),
        (Api.Stream, ["Write", "WriteAsync"]), (Api.MemoryStream, ["Write", "WriteAsync"]), (Api.FileStream, ["Write", "WriteAsync"]), (Api.File, ["WriteAllBytes", "WriteAllBytesAsync"]),
        (Api.WebSocket, ["SendAsync"]), (Api.ClientWebSocket, ["SendAsync"]),
        (Api.ListOfT, ["AddRange"]), (Api.Enumerable, ["ToArray", "ToList"]), (Api.ArraySegmentOfT, ["ToArray"]), (Api.MemoryOfT, ["ToArray"]), (Api.SpanOfT, ["ToArray"]),
    ];

    public override DiagnosticDescriptor[] Descriptors => [Stale, Padded];

    public override void Register(Subscriptions on)
    {
        foreach (var (type, methods) in Takers)
            foreach (var method in methods) on.OnCall(type, method, LookAtTaker);
        on.OnCreate(Api.MemoryStream, LookAtTaker);
        on.OnCreate(Api.Utf8JsonReader, LookAtTaker);
        on.OnSocketCall("ReceiveAsync", LookAtReceive);
    }

    private static void LookAtTaker(Candidate candidate, IOperation taker)
    {
        if (candidate.IsInTests) return;
        foreach (var receive in candidate.Model.Receives.Beside(taker, candidate.Cancellation)) Look(candidate, receive, site => site.Syntax == taker.Syntax);
    }

    // Methods of the project and delegates are found from the receive.
    private static void LookAtReceive(Candidate candidate, IInvocationOperation call)
    {
        if (candidate.IsInTests) return;
        foreach (var receive in candidate.Model.Receives.At(call, candidate.Cancellation)) Look(candidate, receive, site => !IsTaker(site, candidate.Model.Types));
    }

    private static bool IsTaker(IOperation site, KnownTypes types) => site switch
    {
        IInvocationOperation call => Takers.Any(t => t.Methods.Contains(call.TargetMethod.Name) && types.Is(call.TargetMethod.ContainingType, t.Type)),
        IObjectCreationOperation creation => types.Is(creation.Type, Api.MemoryStream) || types.Is(creation.Type, Api.Utf8JsonReader),
        _ => false,
    };

    private static void Look(Candidate candidate, Receive receive, Func<IOperation, bool> isWanted)
    {
        if (receive.Buffer is not { Holder: not null } buffer || buffer.Size <= 1) return;
        var uses = buffer.Uses.Where(u => u.IsWhole && isWanted(u.Site) && IsTaken(u, receive)).ToList();
        if (uses.Count == 0 || FillsUp(receive)) return;
        bool fresh = IsFresh(receive, buffer);
        foreach (var use in uses)
        {
            if (!receive.Precedes(use.Reference) || receive.IsInCloseBranch(use.Reference) || ComparesCount(use.Reference) || IsReplaced(receive, use) || !IsOwnReceive(candidate.Model, receive, use)) continue;
            // Zeros that are cut off again leave the message, unless an older one stands behind it.
            if (Cuts(use.Consumer, byCount: true) || fresh && Cuts(use.Consumer, byCount: false)) continue;
            candidate.Report(fresh ? Padded : Stale, use.Site.NameNode(), Facts.None.SetItem(Facts.BufferName, use.Reference.Syntax.ToString()), Sockets.Holder(use.Reference)!.Name);
        }
    }

    private static bool IsTaken(BufferUse use, Receive receive) => use.Kind != BufferUseKind.Passed && use.Consumer is not null
        // What a handler makes of the buffer is not known, but nobody told it how much there is.
        || use.Kind == BufferUseKind.Passed && use.Consumer is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } && !receive.Result.Escapes && !receive.Result.Has("Count");

    /// <summary>With several receives into one buffer the last one before the use is the one that it is about.</summary>
    private static bool IsOwnReceive(CompilationModel model, Receive receive, BufferUse use)
    {
        int end = use.Reference.Syntax.SpanStart;
        var before = receive.Call.Root().Descendants().OfType<IInvocationOperation>()
            .Where(c => (model.Sockets.IsReceive(c) || c.Syntax == receive.Call.Syntax) && c.Arguments.Any(a => receive.Buffer!.Names(a.Value)))
            .OrderBy(c => c.Syntax.SpanStart).ToList();
        var nearest = before.LastOrDefault(c => c.Syntax.SpanStart < end) ?? before.LastOrDefault();
        return nearest is null || nearest.Syntax == receive.Call.Syntax;
    }

    /// <summary>The buffer is filled up by several receives: their counts are compared with its length.</summary>
    private static bool FillsUp(Receive receive) => receive.Loops.Any(l => Receive.ConditionOf(l)?.DescendantsAndSelf().Any(o =>
        o is IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.NotEquals or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.LessThanOrEqual } && o.Descendants().Any(d => IsLengthOf(d, receive) || d is ILocalReferenceOperation { Local.Name: "remaining" or "left" })) == true);

    private static bool IsLengthOf(IOperation operation, Receive receive) => operation is IPropertyReferenceOperation { Property.Name: "Length" or "Count" } length && receive.Buffer!.IsName(length.Instance);

    /// <summary>Before the use Count is compared with a size: only a message of that size comes so far.</summary>
    private static bool ComparesCount(IOperation use) => use.Function().Descendants().OfType<IBinaryOperation>().Any(b =>
        b.Syntax.SpanStart < use.Syntax.SpanStart && b.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or BinaryOperatorKind.LessThan or BinaryOperatorKind.GreaterThanOrEqual
        && b.Descendants().Any(IsCount) && !IsNothing(b.LeftOperand) && !IsNothing(b.RightOperand));

    private static bool IsCount(IOperation operation) => operation is IPropertyReferenceOperation { Property.Name: "Count", Instance.Type.Name: "WebSocketReceiveResult" or "ValueWebSocketReceiveResult" };

    private static bool IsNothing(IOperation value) => value.ConstantValue is { HasValue: true, Value: 0 or 1 };

    /// <summary>Between the receive and the use the variable gets other bytes: it is cut to size, or holds something else.</summary>
    private static bool IsReplaced(Receive receive, BufferUse use)
    {
        var name = Sockets.Holder(use.Reference)!;
        return receive.Call.Root().Descendants().Any(o =>
            (o is ISimpleAssignmentOperation assignment && Sockets.IsHeldBy(assignment.Target, name) && assignment.Value.Unwrapped() is not IArrayCreationOperation
                || o is IInvocationOperation { TargetMethod.Name: "Resize" } resize && resize.Arguments.Any(a => Sockets.IsHeldBy(a.Value, name)))
            && o.Syntax.SpanStart < use.Reference.Syntax.SpanStart && o.Syntax.SpanStart > receive.Call.Syntax.SpanStart);
    }

    /// <summary>Each receive has a buffer of zeros of its own.</summary>
    private static bool IsFresh(Receive receive, ReceiveBuffer buffer)
    {
        var loop = receive.Loops.LastOrDefault();
        if (receive.Call.Root().Descendants().Any(o => o is IInvocationOperation { TargetMethod.Name: "Clear" } clear && (clear.Arguments.Any(a => buffer.Names(a.Value)) || buffer.Names(clear.Receiver())))) return true;
        if (loop is null) return buffer.Holder is ILocalSymbol;
        loop = receive.Loops.First();
        return buffer.Origins().SelectMany(o => o.DescendantsAndSelf()).Any(o => o is IArrayCreationOperation && o.Syntax.SyntaxTree == loop.Syntax.SyntaxTree && loop.Syntax.Span.Contains(o.Syntax.Span));
    }

    /// <summary><c>GetString(buffer).TrimEnd('\0')</c>, or <c>GetString(buffer).Substring(0, result.Count)</c>.</summary>
    private static bool Cuts(IOperation? consumer, bool byCount)
    {
        if (consumer is null) return false;
        if (IsCut(consumer.Parent)) return true;
        return consumer.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }
            && consumer.Root().Descendants().Any(o => o is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local) && IsCut(reference.Parent));

        bool IsCut(IOperation? operation)
        {
            if (operation is not IInvocationOperation call) return false;
            var parts = call.Arguments.SelectMany(a => a.Value.DescendantsAndSelf());
            return byCount
                ? call.TargetMethod.Name is "Substring" or "Remove" or "AsSpan" && parts.Any(IsCount)
                : call.TargetMethod.Name is "Trim" or "TrimEnd" or "Replace" or "Split" or "IndexOf" && parts.Any(v => v.ConstantValue is { HasValue: true, Value: '\0' or "\0" });
        }
    }
}

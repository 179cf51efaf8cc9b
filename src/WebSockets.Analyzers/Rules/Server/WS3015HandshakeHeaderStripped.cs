using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Server;

/// <summary>A middleware takes a header of the handshake away from the request.</summary>
internal sealed class WS3015HandshakeHeaderStripped : Rule
{
    public const string Id = "WS3015";

    private static readonly DiagnosticDescriptor Stripped = Describe(
        id: Id, title: "A handshake header is taken from the request",
        messageFormat: "Every WebSocket handshake is refused behind this, or passed on as a plain request: {0} is taken from the request; leave it there for WebSockets",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning,
        description: "Without Upgrade, Connection, Sec-WebSocket-Key or Sec-WebSocket-Version a request is no handshake, for the WebSocket middleware, for SignalR and for YARP alike.");

    private static readonly (string Header, string Property)[] Headers =
        [("Upgrade", "Upgrade"), ("Connection", "Connection"), ("Sec-WebSocket-Key", "SecWebSocketKey"), ("Sec-WebSocket-Version", "SecWebSocketVersion")];

    public override DiagnosticDescriptor[] Descriptors => [Stripped];

    public override void Register(Subscriptions on)
    {
        on.OnlyWith(LongLived.Words);
        on.OnCall(Api.IDictionaryOfTT, "Remove", (candidate, call) => Look(candidate, call.Instance, call.Arguments.FirstOrDefault()?.Value));
        on.OnAssign(Api.IHeaderDictionary, "this[]", (candidate, assignment) =>
        {
            if (assignment.Target is IPropertyReferenceOperation { Instance: var headers, Arguments: [{ Value: var name }] } && IsBlank(assignment.Value)) Look(candidate, headers, name);
        });
        foreach (var (header, property) in Headers)
        {
            on.OnAssign(Api.IHeaderDictionary, property, (candidate, assignment) =>
            {
                if (IsBlank(assignment.Value) && assignment.Target is IPropertyReferenceOperation target) Report(candidate, target.Instance, header);
            });
        }
    }

    private static void Look(Candidate candidate, IOperation? headers, IOperation? name)
    {
        if (name is not null && NameOf(name.Unwrapped()) is { } header) Report(candidate, headers, header);
    }

    private static string? NameOf(IOperation name) => name switch
    {
        { ConstantValue: { HasValue: true, Value: string text } } => Headers.FirstOrDefault(h => string.Equals(h.Header, text, StringComparison.OrdinalIgnoreCase)).Header,
        IFieldReferenceOperation { Field.ContainingType.Name: "HeaderNames" } field => Headers.FirstOrDefault(h => h.Property == field.Field.Name).Header,
        _ => null,
    };

    private static void Report(Candidate candidate, IOperation? headers, string header)
    {
        if (headers?.Unwrapped() is not IPropertyReferenceOperation { Property: { Name: "Headers" } property } || !candidate.Model.Types.Is(property.ContainingType, Api.HttpRequest)) return;
        var conditions = candidate.Model.Guards.Conditions;
        // Under a condition, or in a function that asks what the request is, it may not be for WebSockets.
        if (candidate.IsInTests || candidate.Operation.Ancestors().TakeWhile(a => a is not IAnonymousFunctionOperation).Any(a => a is IConditionalOperation or ISwitchOperation)) return;
        if (candidate.Operation.Function().Descendants().Any(o => conditions.IsCheck(o) && Decides(o)) || !candidate.Model.LongLived.IsServed(candidate.Cancellation)) return;
        candidate.Report(Stripped, candidate.Operation.Syntax, header);
    }

    /// <summary>Does the check send requests another way? One that only spares a statement says nothing about the others.</summary>
    private static bool Decides(IOperation check) =>
        check.Ancestors().OfType<IConditionalOperation>().FirstOrDefault(c => c.Condition.Syntax.Span.Contains(check.Syntax.Span)) is not { } conditional
        || conditional.Descendants().Any(o => o is IReturnOperation or IThrowOperation or IAwaitOperation);

    private static bool IsBlank(IOperation value)
    {
        value = value.Unwrapped();
        return value is IDefaultValueOperation || value.ConstantValue is { HasValue: true, Value: null or "" }
            || value is IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.Name: "StringValues" or "String" } };
    }
}

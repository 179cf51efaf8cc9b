using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Messages;

/// <summary>Arguments that the API refuses: the close fails instead of closing.</summary>
internal sealed class WS2011CloseArgumentsInvalid : Rule
{
    public const string Id = "WS2011";
    private const string Title = "The arguments of a close are refused";
    private const string About =
        "A close frame holds a status code that may be sent and a description of at most 123 bytes in UTF-8. The codes 1006 and 1015 are never sent, those below 1000 do not exist, and 1005 goes without a description. A close frame is sent by CloseAsync or CloseOutputAsync, not by SendAsync.";

    // RFC 6455, 5.5: a control frame has at most 125 bytes, two of which are the code.
    private const int LongestDescription = 123;

    private static readonly DiagnosticDescriptor Code = Describe(
        id: Id, title: Title,
        messageFormat: "This always throws ArgumentException and the connection stays open: the close status {0} must not be sent; use a code such as NormalClosure or InternalServerError",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning, description: About);

    private static readonly DiagnosticDescriptor Empty = Describe(
        id: Id, title: Title,
        messageFormat: "This always throws ArgumentException and the connection stays open: the close status Empty takes no description; use NormalClosure, or leave the description out",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning, description: About);

    private static readonly DiagnosticDescriptor Description = Describe(
        id: Id, title: Title,
        messageFormat: "This always throws ArgumentException and the connection stays open: the close description has {0} bytes, and a close frame takes 123; shorten it",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning, description: About);

    private static readonly DiagnosticDescriptor Frame = Describe(
        id: Id, title: Title,
        messageFormat: "This always throws ArgumentException and the connection stays open: SendAsync sends text and binary messages only; send the close with CloseOutputAsync or CloseAsync",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning, description: About);

    public override DiagnosticDescriptor[] Descriptors => [Code, Empty, Description, Frame];

    public override void Register(Subscriptions on)
    {
        on.OnSocketCall("CloseAsync", LookAtClose);
        on.OnSocketCall("CloseOutputAsync", LookAtClose);
        on.OnSocketCall("SendAsync", LookAtSend);
    }

    private static void LookAtClose(Candidate candidate, IInvocationOperation close)
    {
        if (candidate.IsInTests) return;
        var description = close.Argument("statusDescription")?.Value;
        if (close.Argument("closeStatus")?.Value is { } status && ConstantOf(candidate, status) is int code)
        {
            if (code is < 1000 or 1006 or 1015) candidate.Report(Code, status.Syntax, code.ToString(CultureInfo.InvariantCulture));
            else if (code == 1005 && description is not null && ConstantOf(candidate, description) is string { Length: > 0 }) candidate.Report(Empty, status.Syntax);
        }
        if (description is not null && ConstantOf(candidate, description) is string text && Encoding.UTF8.GetByteCount(text) is > LongestDescription and var count)
            candidate.Report(Description, description.Syntax, count.ToString(CultureInfo.InvariantCulture));
    }

    private static void LookAtSend(Candidate candidate, IInvocationOperation send)
    {
        if (!candidate.IsInTests && send.Argument("messageType")?.Value is { } type && type.Unwrapped() is IFieldReferenceOperation { Field.Name: "Close" } field && candidate.Model.Types.Is(field.Type, Api.WebSocketMessageType))
            candidate.Report(Frame, type.Syntax);
    }

    private static object? ConstantOf(Candidate candidate, IOperation value)
    {
        if (value.ConstantValue.HasValue) return value.ConstantValue.Value;
        // "(WebSocketCloseStatus?)1006" and a readonly field of the type are constants for a reader.
        var inner = value.Unwrapped();
        if (inner.ConstantValue.HasValue) return inner.ConstantValue.Value;
        return candidate.Model.Definitions.Of(inner, candidate.Cancellation)?.Unwrapped() is { ConstantValue: { HasValue: true, Value: var constant } } ? constant : null;
    }
}

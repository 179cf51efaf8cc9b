using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Server;

/// <summary>An allowed origin that no browser sends, or that allows everybody.</summary>
internal sealed class WS3012OriginMalformed : Rule
{
    public const string Id = "WS3012";
    private const string Title = "An allowed origin is malformed";
    private const string Description =
        "AllowedOrigins are compared as whole texts with the Origin header: a scheme, a host and a port that is not the scheme's own, nothing behind them and no wildcard. " +
        "An entry in another form never matches, and one of * turns the check off.";

    private static readonly DiagnosticDescriptor NeverMatches = Describe(
        id: Id, title: Title,
        messageFormat: "Every browser from there is refused with 403: \"{0}\" {1}, and no Origin header looks like that; write {2}",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor Everybody = Describe(
        id: Id, title: Title,
        messageFormat: "A page of any origin may connect, with the cookies of its visitor: \"*\" turns the check of the origin off; list the origins",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    public override DiagnosticDescriptor[] Descriptors => [NeverMatches, Everybody];

    public override void Register(Subscriptions on)
    {
        on.OnCall(Api.ICollectionOfT, "Add", Look);
        // Nobody assigns it; without its name nothing is looked at.
        on.OnAssign(Api.WebSocketOptions, "AllowedOrigins", (_, _) => { });
    }

    private static void Look(Candidate candidate, IInvocationOperation add)
    {
        var list = add.Instance?.Unwrapped();
        // AllowedOrigins = { "…" }
        if (list is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } && add.Parent is IObjectOrCollectionInitializerOperation { Parent: IMemberInitializerOperation initializer }) list = initializer.InitializedMember;
        if (list is not IPropertyReferenceOperation { Property: { Name: "AllowedOrigins" } property } || !candidate.Model.Types.Is(property.ContainingType, Api.WebSocketOptions)) return;
        if (add.Arguments is not [{ Value: var value }] || value.ConstantValue is not { HasValue: true, Value: string origin } || candidate.IsInTests) return;
        var node = value.Syntax is ArgumentSyntax argument ? argument.Expression : value.Syntax;
        if (origin == "*") candidate.Report(Everybody, node);
        else if (Origin.Complaint(origin) is var (complaint, corrected))
            candidate.Report(NeverMatches, node, Facts.None.SetItem(Facts.Text, corrected), origin, complaint, corrected is null ? "scheme://host" : $"\"{corrected}\"");
    }
}

/// <summary>The texts that browsers send as Origin.</summary>
internal static class Origin
{
    /// <summary>What is wrong with the text, and the right one where it is plain; null when nothing is.</summary>
    public static (string Complaint, string? Corrected)? Complaint(string origin)
    {
        // Opaque origins are sent as this word.
        if (origin == "null") return null;
        if (origin.Trim().Length == 0) return ("is empty", null);
        if (origin != origin.Trim()) return ("has white space round it", Corrected(origin.Trim()));
        int scheme = origin.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0) return ("has no scheme", origin.Contains('*') ? null : Corrected("https://" + origin));
        if (origin.Contains('*')) return ("has a wildcard", null);
        var name = origin.Substring(0, scheme);
        // Applications have schemes of their own, and their own ideas of an origin.
        if (!name.Equals("http", StringComparison.OrdinalIgnoreCase) && !name.Equals("https", StringComparison.OrdinalIgnoreCase))
            return name is "ws" or "wss" ? ("has the scheme of a socket", Corrected((name == "ws" ? "http" : "https") + origin.Substring(scheme))) : null;
        var rest = origin.Substring(scheme + 3);
        if (rest.EndsWith("/", StringComparison.Ordinal) && rest.IndexOf('/') == rest.Length - 1) return ("ends with a slash", Corrected(origin));
        if (rest.IndexOfAny(['/', '?', '#']) >= 0) return ("has a path", Corrected(origin));
        if (rest.EndsWith(":443", StringComparison.Ordinal) && name == "https" || rest.EndsWith(":80", StringComparison.Ordinal) && name == "http") return ("has the port that browsers leave out", Corrected(origin));
        return null;
    }

    private static string? Corrected(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? uri.GetLeftPart(UriPartial.Authority) : null;
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Server;

/// <summary>A server that knows its users by cookies accepts sockets from pages of any origin.</summary>
internal sealed class WS3013OriginNotChecked : Rule
{
    public const string Id = "WS3013";

    private static readonly DiagnosticDescriptor AnyOrigin = Describe(
        id: Id, title: "The origin of sockets is not checked",
        messageFormat: "A page of any origin can open a WebSocket in the name of its visitor (cross-site WebSocket hijacking): {0} signs users in by cookie, which browsers send along, and nobody asks the Origin; set AllowedOrigins",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Info,
        description: "Browsers open WebSockets to other sites without asking, with the cookies of that site; CORS does not concern them. AllowedOrigins of the WebSocketOptions refuses the origins that are not listed.");

    private static readonly string[] CookieCalls = ["AddCookie", "AddIdentity", "AddDefaultIdentity", "AddIdentityCookies", "AddApplicationCookie"];

    public override DiagnosticDescriptor[] Descriptors => [AnyOrigin];

    public override void Register(Subscriptions on) => on.OnCall(Api.WebSocketMiddlewareExtensions, "UseWebSockets", Look);

    private static void Look(Candidate candidate, IInvocationOperation use)
    {
        var (model, cancellation) = (candidate.Model, candidate.Cancellation);
        if (candidate.IsInTests || !model.Pipeline.AcceptsSockets(cancellation) || model.Pipeline.IsOverruled(use, cancellation)) return;
        // Options that are not seen may list them, and whoever reads the header asks himself.
        if (use.Argument("options") is not null ? model.Pipeline.OptionsOf(use, cancellation) is null : model.Pipeline.IsConfiguredUnseen(cancellation)) return;
        if (new[] { "AllowedOrigins", "\"Origin\"", "Headers.Origin", "HeaderNames.Origin" }.Any(text => Texts.Mentions(model.Compilation, text, cancellation))) return;
        if (CookieCall(model, cancellation) is not { } cookies) return;
        var configured = model.Pipeline.Configurations(cancellation).Count > 0;
        candidate.Report(AnyOrigin, use.NameNode(), Facts.None.SetItem(Facts.Text, configured ? null : "https://www.example.org"), cookies);
    }

    private static string? CookieCall(CompilationModel model, CancellationToken cancellation) => CookieCalls.FirstOrDefault(name =>
        model.Calls.Find(name, s => s is IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: true } m && m.ContainingAssembly?.Name.StartsWith("Microsoft.", StringComparison.Ordinal) == true, cancellation) is { Count: > 0 });
}

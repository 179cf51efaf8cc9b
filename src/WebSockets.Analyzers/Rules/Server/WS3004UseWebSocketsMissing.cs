using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Server;

/// <summary>A program accepts sockets and never adds the middleware that makes them.</summary>
internal sealed class WS3004UseWebSocketsMissing : Rule
{
    public const string Id = "WS3004";

    private static readonly DiagnosticDescriptor Missing = Describe(
        id: Id, title: "UseWebSockets is missing",
        messageFormat: "Every handshake is refused or fails with 500 (\"WebSockets are not supported\"): IsWebSocketRequest is always false, since the program never calls UseWebSockets; add app.UseWebSockets()",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning,
        description: "Without the middleware of UseWebSockets, IsWebSocketRequest is false for every request and AcceptWebSocketAsync throws NotSupportedException. SignalR brings its own.");

    public override DiagnosticDescriptor[] Descriptors => [Missing];

    public override void Register(Subscriptions on) => on.OnCall(Api.WebSocketManager, "AcceptWebSocketAsync", Look);

    private static void Look(Candidate candidate, IInvocationOperation accept)
    {
        var (model, cancellation) = (candidate.Model, candidate.Cancellation);
        if (candidate.IsInTests || model.Compilation.Options.OutputKind is not (OutputKind.ConsoleApplication or OutputKind.WindowsApplication)) return;
        if (model.Pipeline.Uses(cancellation).Count > 0 || model.ReferencedProjects.Any(p => p.Pipeline.Uses(cancellation).Count > 0)) return;
        // One report a file.
        if (model.Pipeline.Accepts(cancellation).Any(a => a.Syntax.SyntaxTree == accept.Syntax.SyntaxTree && a.Syntax.SpanStart < accept.Syntax.SpanStart)) return;
        if (model.Order.Roots(cancellation).Count == 0 || model.Order.HasUnseenSteps(cancellation) || StartsElsewhere(model, cancellation)) return;
        candidate.Report(Missing, accept.NameNode());
    }

    /// <summary>The middleware by its own name, or a start-up class of another assembly.</summary>
    private static bool StartsElsewhere(CompilationModel model, CancellationToken cancellation) =>
        model.Calls.Find("WebSocketMiddleware", s => s is INamedTypeSymbol t && model.Types.Is(t, Api.WebSocketMiddleware), cancellation) is not { Count: 0 }
        || model.Calls.Find("UseStartup", s => s is IMethodSymbol m && m.TypeArguments.Any(t => t.DeclaringSyntaxReferences.IsEmpty), cancellation) is not { Count: 0 };
}

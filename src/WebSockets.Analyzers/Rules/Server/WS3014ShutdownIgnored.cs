using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Server;

/// <summary>A server's receive loop that the end of the program does not end.</summary>
internal sealed class WS3014ShutdownIgnored : Rule
{
    public const string Id = "WS3014";

    private static readonly DiagnosticDescriptor Ignored = Describe(
        id: Id, title: "An open socket holds up the shutdown",
        messageFormat: "Each shutdown waits 30 s for the open sockets and then cuts them: this loop receives under {0}, which is not cancelled when the program stops; link ApplicationStopping",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Info,
        description: "When the host stops, Kestrel waits for the open requests until the shutdown time-out (30 s by default). RequestAborted is cancelled only then; IHostApplicationLifetime.ApplicationStopping at once.");

    public override DiagnosticDescriptor[] Descriptors => [Ignored];

    public override void Register(Subscriptions on) => on.OnCall(Api.WebSocket, "ReceiveAsync", Look);

    private static void Look(Candidate candidate, IInvocationOperation receive)
    {
        var (model, cancellation) = (candidate.Model, candidate.Cancellation);
        if (candidate.IsInTests || receive.Argument("cancellationToken")?.Value is not { } token || Endless(token, 0, model, cancellation) is not { } name) return;
        if (!receive.AncestorsInFunction().Any(a => a is ILoopOperation)) return;
        // Whoever knows of the end of the program may close the sockets from elsewhere.
        if (new[] { "ApplicationStopping", "StoppingToken", "stoppingToken" }.Any(text => Texts.Mentions(model.Compilation, text, cancellation))) return;
        if (!IsAccepted(receive.Instance, receive, 0, model, cancellation)) return;
        candidate.Report(Ignored, receive.NameNode(), name);
    }

    /// <summary>The name of a token that the end of the program does not cancel.</summary>
    private static string? Endless(IOperation? token, int depth, CompilationModel model, CancellationToken cancellation)
    {
        token = token?.Unwrapped();
        switch (token)
        {
            case IPropertyReferenceOperation { Property: { Name: "None" } none } when model.Types.Is(none.ContainingType, Api.CancellationToken):
                return "CancellationToken.None";
            case IDefaultValueOperation:
                return "no token";
            case IPropertyReferenceOperation { Property: { Name: "RequestAborted" } aborted } when model.Types.Is(aborted.ContainingType, Api.HttpContext):
                return "RequestAborted";
            // A method that gets no token from anybody; one that gets the request's has at least thought of an end.
            case IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method } parameter } when depth < 3:
                var names = model.Calls.UsesOf(method, cancellation)?.Select(use => use is IInvocationOperation call
                    ? Endless(call.ValueOf(parameter), depth + 1, model, cancellation) : null).ToList();
                return names is { Count: > 0 } && names.All(n => n is not (null or "RequestAborted")) ? names[0] : null;
            default:
                return null;
        }
    }

    /// <summary>Is the socket one that this program accepted, as far as its variable or its method's callers show?</summary>
    private static bool IsAccepted(IOperation? socket, IOperation at, int depth, CompilationModel model, CancellationToken cancellation)
    {
        socket = socket?.Unwrapped();
        while (socket is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" }) socket = (socket is IAwaitOperation a ? a.Operation : ((IInvocationOperation)socket).Instance)?.Unwrapped();
        switch (socket)
        {
            case IInvocationOperation accept:
                return model.Pipeline.IsAccept(accept) && model.Types.IsOrInherits(accept.TargetMethod.ContainingType, Api.WebSocketManager);
            case ILocalReferenceOperation local:
                return model.Definitions.Of(local, cancellation) is { } definition && IsAccepted(definition, at, depth, model, cancellation);
            // A member that holds a socket: one of those that are accepted, where the program has no others.
            case IPropertyReferenceOperation or IFieldReferenceOperation:
                return model.Types.Is(socket.Type, Api.WebSocket) && model.Pipeline.Accepts(cancellation).Count > 0
                    && !Texts.Mentions(model.Compilation, "ClientWebSocket", cancellation) && !Texts.Mentions(model.Compilation, "CreateFromStream", cancellation);
            case IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method } parameter } when depth < 3:
                return model.Calls.UsesOf(method, cancellation) is { Count: > 0 } uses && uses.All(u => u is IInvocationOperation call
                    && IsAccepted(call.ValueOf(parameter), call, depth + 1, model, cancellation));
            default:
                return false;
        }
    }
}

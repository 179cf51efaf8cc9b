using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Client;

/// <summary>A client that listens for ever connects only once: after the first drop it is deaf until the process restarts.</summary>
internal sealed class WS1010NoReconnect : Rule
{
    public const string Id = "WS1010";

    private static readonly DiagnosticDescriptor Once = Describe(
        id: Id, title: "The client never reconnects",
        messageFormat: "After the first drop nothing is received any more: {0}; connect in a loop, with a new ClientWebSocket and a growing, jittered delay for each attempt",
        category: Category.Client, defaultSeverity: DiagnosticSeverity.Warning,
        description: "Every long-lived connection ends some day: deployments, proxies, Wi-Fi. A receive loop that follows a single ConnectAsync ends with it, and nothing starts the next one.");

    public override DiagnosticDescriptor[] Descriptors => [Once];

    public override void Register(Subscriptions on) => on.OnCall(Api.ClientWebSocket, "ConnectAsync", Look);

    private static void Look(Candidate candidate, IInvocationOperation connect)
    {
        var model = candidate.Model;
        // Asked first, as it costs nothing: a connect in a loop is the reconnect.
        if (connect.Loop() is not null) return;
        if (candidate.IsInTests || Session.Of(connect, model, candidate.Cancellation) is not { } session) return;
        var reach = session.Reach;
        if (reach.Loops.Count > 0 || reach.IsRecursive || reach.IsPeriodic || reach.Origins is not [var origin]) return;
        if (WhyOnce(session, origin, model) is not { } reason) return;
        if (IsGuardedByState(session, model, candidate.Cancellation) || ServesRequest(session, model, candidate.Cancellation) || HasSecondConnect(connect, model, candidate.Cancellation)) return;
        if (new SessionEnd(model, candidate.Cancellation).IsTold(session)) return;
        candidate.Report(Once, connect.NameNode(), Facts.Reconnect(candidate.Options), reason);
    }

    /// <summary>What shows that the session runs once; null where a caller may run it again.</summary>
    private static string? WhyOnce(Session session, Origin origin, CompilationModel model)
    {
        switch (origin.Kind)
        {
            case OriginKind.EntryPoint when origin.Method is { } method:
                return model.Hosting.IsMain(method) ? "the program connects once" : $"{method.Name} connects once";
            case OriginKind.Constructor:
                return "the constructor connects once";
            case OriginKind.NoCaller when origin.Method is { } method:
                if (method.ReturnsVoid && method.IsAsync) return IsEventHandler(method) ? null : $"{method.Name} is async void and connects once";
                // A private method that nobody calls is dead, or called by something that cannot be seen.
                if (method.DeclaredAccessibility == Accessibility.Private) return null;
                return IsDropped(session.ReceiveStep) ? "the receive loop runs unobserved, so no caller learns of its end" : null;
            default:
                return null;
        }
    }

    /// <summary>The session's task goes nowhere: nobody can notice its end.</summary>
    private static bool IsDropped(IOperation step)
    {
        var call = step;
        if (step.Ancestors().FirstOrDefault(a => a is IAnonymousFunctionOperation) is { } lambda)
            call = lambda.Ancestors().FirstOrDefault(a => a is IInvocationOperation) ?? step;
        return call.Parent switch
        {
            IExpressionStatementOperation => true,
            ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
            ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Field.DeclaredAccessibility: Accessibility.Private } } => true,
            _ => false,
        };
    }

    /// <summary>User interfaces: a person clicks again.</summary>
    private static bool IsEventHandler(IMethodSymbol method) => method.Parameters is [{ Type.SpecialType: SpecialType.System_Object }, _];

    /// <summary>A connect that asks for the state first is made to be called again.</summary>
    private static bool IsGuardedByState(Session session, CompilationModel model, CancellationToken cancellation)
    {
        foreach (var step in session.Reach.Steps)
        {
            if (step.Ancestors().OfType<IConditionalOperation>().Any(c => Reads(c.Condition))
                || step.ConditionsBefore().Any(c => c.WhenTrue.DescendantsAndSelf().Any(d => d is IReturnOperation) && Reads(c.Condition))) return true;
        }
        return false;

        bool Reads(IOperation condition) => condition.DescendantsAndSelf().Any(o => model.Sockets.ReadsState(o, cancellation));
    }

    /// <summary>The leg of a proxy, or work for one request: the other end decides about the next attempt.</summary>
    private static bool ServesRequest(Session session, CompilationModel model, CancellationToken cancellation)
    {
        foreach (var step in session.Reach.Steps)
        {
            var function = step.Function();
            if (function.Descendants().Any(o => o is IInvocationOperation { TargetMethod.Name: "AcceptWebSocketAsync" } && ReferenceEquals(o.Function(), function))) return true;
            if (model.MemberOf(step, cancellation) is IMethodSymbol method
                && (method.Parameters.Any(p => model.Types.IsOrInherits(p.Type, Api.WebSocket) || p.Type.Name is "HttpContext" or "HttpListenerContext")
                    || model.Types.IsOrInherits(method.ReturnType, Api.WebSocket)
                    || method.ReturnType is INamedTypeSymbol { TypeArguments: [var result] } && model.Types.IsOrInherits(result, Api.WebSocket))) return true;
        }
        return false;
    }

    /// <summary>Another connect in the same type is the reconnect, wherever it stands.</summary>
    private static bool HasSecondConnect(IInvocationOperation connect, CompilationModel model, CancellationToken cancellation)
    {
        return TypeOf(connect) is { } type
            && model.Calls.FindIn(type, connect, "ConnectAsync", s => model.Types.IsMember(s, Api.ClientWebSocket, "ConnectAsync"), cancellation)
                .Any(c => c.NameNode().Span != connect.NameNode().Span && SymbolEqualityComparer.Default.Equals(TypeOf(c), type));

        INamedTypeSymbol? TypeOf(IOperation operation) => model.MemberOf(operation, cancellation)?.ContainingType;
    }
}

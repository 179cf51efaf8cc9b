using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;
using WebSockets.Analyzers.Model.Messages;

namespace WebSockets.Analyzers.Rules.Messages;

/// <summary>Socket code that is started in a way that loses its errors.</summary>
internal sealed class WS2010ReceiveLoopErrorsLost : Rule
{
    public const string Id = "WS2010";
    private const string Title = "The errors of socket code are lost where it is started";
    private const string Description =
        "Task.Factory.StartNew with an async delegate gives a task that is done at the delegate's first await. An async delegate that returns void, and a task that a constructor or another synchronous method drops, give nobody their exception, or the whole process.";

    private static readonly DiagnosticDescriptor Inner = Describe(
        id: Id, title: Title,
        messageFormat: "When the connection fails nobody learns it: the task of StartNew is done at the first await of its async delegate, and the inner one is dropped; use Task.Run and keep the task",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor Void = Describe(
        id: Id, title: Title,
        messageFormat: "When the connection fails the process ends: the exception leaves an async delegate or method that returns void; catch it inside, or return the task",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor Dropped = Describe(
        id: Id, title: Title,
        messageFormat: "When the connection fails nobody learns it: the task of '{0}' is dropped, and a synchronous method gets no warning from the compiler; keep the task and await it, or catch inside",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    public override DiagnosticDescriptor[] Descriptors => [Inner, Void, Dropped];

    public override void Register(Subscriptions on)
    {
        on.OnCall(Api.TaskFactory, "StartNew", LookAtStartNew);
        on.OnCreate(Api.Thread, LookAtCreation);
        on.OnCreate(Api.Timer, LookAtCreation);
        foreach (var method in SocketErrors.Calls)
            if (method != "ConnectAsync") on.OnSocketCall(method, LookAtCall);
        on.OnCall(Api.ClientWebSocket, "ConnectAsync", LookAtCall);
        on.Beside(Api.WebSocket, "ReceiveAsync", (candidate, lambda) => LookAtLambda(candidate, (IAnonymousFunctionOperation)lambda), OperationKind.AnonymousFunction);
    }

    private static void LookAtStartNew(Candidate candidate, IInvocationOperation start)
    {
        if (candidate.IsInTests || AsyncBody(candidate, start.Arguments) is not { } body || IsUnwrapped(start)) return;
        if (new SocketErrors(candidate.Model, candidate.Cancellation).Leave(body)) candidate.Report(Inner, start.NameNode());
    }

    private static void LookAtCreation(Candidate candidate, IObjectCreationOperation creation)
    {
        if (candidate.IsInTests || AsyncBody(candidate, creation.Arguments) is not { } body) return;
        if (new SocketErrors(candidate.Model, candidate.Cancellation).Leave(body)) candidate.Report(Void, creation.Syntax);
    }

    /// <summary>The async lambda or method among the arguments.</summary>
    private static IOperation? AsyncBody(Candidate candidate, IEnumerable<IArgumentOperation> arguments) =>
        arguments.Select(a => a.Value.Unwrapped()).OfType<IDelegateCreationOperation>().Select(d => d.Target switch
        {
            // "() => LoopAsync()" gives the same inner task.
            IAnonymousFunctionOperation lambda when lambda.Symbol.IsAsync || lambda.Symbol.ReturnType is INamedTypeSymbol { Name: "Task" } => lambda,
            IMethodReferenceOperation { Method.IsAsync: true } group => Bodies.Of(group.Method, candidate.Model, candidate.Cancellation),
            _ => null,
        }).FirstOrDefault(b => b is not null);

    private static bool IsUnwrapped(IInvocationOperation start)
    {
        var operation = start.Parent;
        while (operation is IConversionOperation or IArgumentOperation) operation = operation.Parent;
        if (operation is IInvocationOperation { TargetMethod.Name: "Unwrap" } or IAwaitOperation { Parent: IAwaitOperation }) return true;
        // A local may be unwrapped later; what goes elsewhere may be, too.
        if (operation is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } })
            return start.Root().Descendants().Any(o => o is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local)
                && reference.Ancestors().TakeWhile(a => a is not IBlockOperation).Any(a => a is IInvocationOperation { TargetMethod.Name: "Unwrap" } or IAwaitOperation { Parent: IAwaitOperation } or IPropertyReferenceOperation { Property.Name: "Result" }));
        return operation is not (IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation or IFieldReferenceOperation or IPropertyReferenceOperation } or IAwaitOperation or IArrayInitializerOperation);
    }

    private static void LookAtCall(Candidate candidate, IInvocationOperation call)
    {
        if (candidate.IsInTests || !Tasks.IsAwaited(call)) return;
        var errors = new SocketErrors(candidate.Model, candidate.Cancellation);
        var function = call.Function();
        // One report for all calls of the function.
        if (OwnCall(function, errors)?.Syntax != call.Syntax || !errors.Leave(function)) return;
        if (function is IAnonymousFunctionOperation { Symbol: { IsAsync: true, ReturnsVoid: true } } lambda)
        {
            if (IsGivenAsAction(lambda)) candidate.Report(Void, lambda.Syntax);
            return;
        }
        if (candidate.Model.MemberOf(call, candidate.Cancellation) is not IMethodSymbol { MethodKind: MethodKind.Ordinary, IsAsync: true } method
            || function is ILocalFunctionOperation || candidate.Model.Calls.UsesOf(method, candidate.Cancellation) is not { } uses) return;
        var dropped = uses.OfType<IInvocationOperation>().Where(u => u.Parent is IExpressionStatementOperation).ToList();
        // What is wrong with async void is wrong in the method: its first call stands for all.
        if (method.ReturnsVoid) dropped.Take(1).ToList().ForEach(use => candidate.Report(Void, use.NameNode()));
        else dropped.Where(use => !IsInAsync(use)).ToList().ForEach(use => candidate.Report(Dropped, use.NameNode(), method.Name));

        bool IsInAsync(IInvocationOperation use) => use.Function() switch
        {
            IAnonymousFunctionOperation f => f.Symbol.IsAsync,
            ILocalFunctionOperation f => f.Symbol.IsAsync,
            _ => candidate.Model.MemberOf(use, candidate.Cancellation) is IMethodSymbol { IsAsync: true },
        };
    }

    /// <summary>An async delegate without a socket call of its own, of which a method that it awaits has one.</summary>
    private static void LookAtLambda(Candidate candidate, IAnonymousFunctionOperation lambda)
    {
        if (lambda.Symbol is not { IsAsync: true, ReturnsVoid: true } || !IsGivenAsAction(lambda) || candidate.IsInTests) return;
        var errors = new SocketErrors(candidate.Model, candidate.Cancellation);
        if (OwnCall(lambda, errors) is null && errors.Leave(lambda)) candidate.Report(Void, lambda.Syntax);
    }

    private static IOperation? OwnCall(IOperation function, SocketErrors errors) =>
        function.Descendants().FirstOrDefault(o => errors.IsSocketCall(o) && ReferenceEquals(o.Function(), function) && Tasks.IsAwaited(o));

    // Thread and Timer are looked at where they are made; a subscription of an event or an observable is another question.
    private static bool IsGivenAsAction(IAnonymousFunctionOperation lambda) =>
        lambda.Parent is IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation receiver } } && receiver.TargetMethod.Name is not ("Subscribe" or "StartNew");
}

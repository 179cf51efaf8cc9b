using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Messages;

/// <summary>A connection that breaks off where it could end.</summary>
internal sealed class WS2013DisposeWithoutClose : Rule
{
    public const string Id = "WS2013";

    private static readonly DiagnosticDescriptor BreaksOff = Describe(
        id: Id, title: "The socket is disposed of without a close",
        messageFormat: "The other end gets a WebSocketException instead of a close: '{0}' is disposed of at the end of its scope and nobody closes it before; call CloseOutputAsync when the work is done",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Info,
        description: "Dispose ends the connection without a close frame. The other end cannot tell a program that is done from one that has crashed: its ReceiveAsync throws a WebSocketException (ConnectionClosedPrematurely).");

    public override DiagnosticDescriptor[] Descriptors => [BreaksOff];

    public override void Register(Subscriptions on)
    {
        on.OnCreate(Api.ClientWebSocket, (candidate, creation) => Look(candidate, creation));
        on.OnCall(Api.WebSocketManager, "AcceptWebSocketAsync", (candidate, call) => Look(candidate, call));
    }

    private static void Look(Candidate candidate, IOperation socket)
    {
        if (candidate.IsInTests) return;
        var value = socket;
        while (value.Parent is IAwaitOperation or IConversionOperation || value.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" }) value = value.Parent;
        if (value.Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { } local } declarator } || Scope(declarator) is not { } scope) return;
        if (IsUsed(candidate, socket, local) && !MayBeClosed(candidate, scope, local) && EndsNormally(candidate, scope)) candidate.Report(BreaksOff, socket is IInvocationOperation call ? call.NameNode() : socket.Syntax, local.Name);
    }

    /// <summary>The statements in which the socket lives: those of a <c>using</c>.</summary>
    private static IOperation? Scope(IVariableDeclaratorOperation declarator) => declarator.Parent?.Parent switch
    {
        IUsingDeclarationOperation { Parent: IBlockOperation block } => block,
        IVariableDeclarationGroupOperation { Parent: IUsingDeclarationOperation { Parent: IBlockOperation block } } => block,
        IVariableDeclarationGroupOperation { Parent: IUsingOperation statement } => statement.Body,
        IUsingOperation statement => statement.Body,
        _ => null,
    };

    private static bool EndsNormally(Candidate candidate, IOperation scope)
    {
        if (scope.Syntax is not BlockSyntax block) return scope.Syntax is CompilationUnitSyntax unit && unit.Members.OfType<GlobalStatementSyntax>().LastOrDefault()?.Statement is not (WhileStatementSyntax or ForStatementSyntax);
        var flow = candidate.Operation.SemanticModel?.AnalyzeControlFlow(block);
        return flow is { Succeeded: true } && (flow.EndPointIsReachable || !flow.ReturnStatements.IsEmpty);
    }

    /// <summary>A connection was made and something went over it, in this very function.</summary>
    private static bool IsUsed(Candidate candidate, IOperation socket, ILocalSymbol local)
    {
        var calls = Uses(socket.Function(), local).Select(u => u.Parent).OfType<IInvocationOperation>().Select(c => c.TargetMethod.Name).ToList();
        return (socket is IInvocationOperation || calls.Contains("ConnectAsync")) && calls.Any(c => c is "SendAsync" or "ReceiveAsync");
    }

    /// <summary>A close or an abort is in sight, or the socket goes where one may be.</summary>
    private static bool MayBeClosed(Candidate candidate, IOperation scope, ILocalSymbol local) => Uses(scope.Function(), local).Any(use => use.Parent switch
    {
        IInvocationOperation call when ReferenceEquals(call.Instance, use) => call.TargetMethod.Name is "CloseAsync" or "CloseOutputAsync" or "Abort",
        IPropertyReferenceOperation => false,
        IConversionOperation or IArgumentOperation => !LeavesOpen(candidate, use),
        _ => true,
    });

    /// <summary>It is an argument of a method of the project that does nothing of the kind.</summary>
    private static bool LeavesOpen(Candidate candidate, IOperation use)
    {
        while (use.Parent is IConversionOperation) use = use.Parent;
        return use.Parent is IArgumentOperation { Parent: IInvocationOperation call } && Tasks.IsAwaited(call) && Bodies.Of(call.TargetMethod, candidate.Model, candidate.Cancellation) is { } body && !call.TargetMethod.IsVirtual
            && !candidate.Model.CallTree.Reaches(body, o => o is IInvocationOperation { TargetMethod.Name: "CloseAsync" or "CloseOutputAsync" or "Abort" } or IAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation } or IObjectCreationOperation { Arguments.Length: > 0 }, candidate.Cancellation);
    }

    private static IEnumerable<ILocalReferenceOperation> Uses(IOperation function, ILocalSymbol local) =>
        function.Descendants().OfType<ILocalReferenceOperation>().Where(r => SymbolEqualityComparer.Default.Equals(r.Local, local));
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Messages;

/// <summary>A send whose task nobody looks at, where the compiler says nothing.</summary>
internal sealed class WS2008SendNotAwaited : Rule
{
    public const string Id = "WS2008";

    private static readonly DiagnosticDescriptor Dropped = Describe(
        id: Id, title: "The task of a send is dropped",
        messageFormat: "A message that cannot be sent is lost without a word: the task of SendAsync is dropped {0}; await it",
        category: Category.Messages, defaultSeverity: DiagnosticSeverity.Warning,
        description: "The error of a send is in its task. Who drops the task never learns that the connection is gone, goes on producing, and cannot know when the buffer may be used again. The compiler warns in async methods only (CS4014).");

    public override DiagnosticDescriptor[] Descriptors => [Dropped];

    public override void Register(Subscriptions on) => on.OnSocketCall("SendAsync", Look);

    private static void Look(Candidate candidate, IInvocationOperation send)
    {
        if (candidate.IsInTests || How(candidate, send) is not { } how) return;
        candidate.Report(Dropped, send.NameNode(), how);
    }

    /// <summary>How it is dropped; null where it is not, or where the compiler says so itself.</summary>
    private static string? How(Candidate candidate, IInvocationOperation send)
    {
        IOperation task = send;
        while (true)
        {
            switch (task.Parent)
            {
                case IConversionOperation or IParenthesizedOperation or IConditionalAccessOperation:
                    task = task.Parent;
                    continue;
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" or "Preserve" } next when ReferenceEquals(next.Instance, task):
                    task = next;
                    continue;
                case IInvocationOperation { TargetMethod.Name: "ContinueWith" } continuation when ReferenceEquals(continuation.Instance, task):
                    return IsDropped(continuation) && !Observes(continuation) ? "by a ContinueWith that does not look at it" : null;
                case ISimpleAssignmentOperation { Target: IDiscardOperation, Parent: IExpressionStatementOperation }:
                    return "by a discard";
                case IExpressionStatementOperation when !IsInAsync(candidate, send):
                    return send.Function() is IAnonymousFunctionOperation ? "by a delegate without a result" : "in a synchronous method, where the compiler does not warn";
                default:
                    return null;
            }
        }
    }

    private static bool IsDropped(IOperation operation) => operation.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation };

    /// <summary>The continuation uses the task that it is given, or is a method that may.</summary>
    private static bool Observes(IInvocationOperation continuation) =>
        continuation.Arguments.Select(a => a.Value.Unwrapped()).OfType<IDelegateCreationOperation>().FirstOrDefault()?.Target is not IAnonymousFunctionOperation lambda
        || lambda.Symbol.Parameters.FirstOrDefault() is { } task && lambda.Body.Descendants().Any(o => o is IParameterReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Parameter, task));

    private static bool IsInAsync(Candidate candidate, IInvocationOperation send) => send.Function() switch
    {
        IAnonymousFunctionOperation f => f.Symbol.IsAsync,
        ILocalFunctionOperation f => f.Symbol.IsAsync,
        // Top-level statements that await anything are an async method.
        var root => candidate.Model.MemberOf(send, candidate.Cancellation) is IMethodSymbol { IsAsync: true } || root.Syntax is Microsoft.CodeAnalysis.CSharp.Syntax.CompilationUnitSyntax && root.Descendants().Any(o => o is IAwaitOperation),
    };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model.Messages;

/// <summary>Do the errors of sockets leave a piece of code?</summary>
internal sealed class SocketErrors(CompilationModel model, CancellationToken cancellation)
{
    private const int MaxDepth = 3;

    /// <summary>The calls that fail when the connection does.</summary>
    public static readonly string[] Calls = ["ReceiveAsync", "SendAsync", "ConnectAsync", "CloseAsync", "CloseOutputAsync"];

    public bool IsSocketCall(IOperation operation) => operation is IInvocationOperation call && Calls.Contains(call.TargetMethod.Name) && model.Types.IsOrInherits(call.TargetMethod.ContainingType, Api.WebSocket);

    /// <summary>Is there an awaited socket call in the function, or in a method that it awaits, whose errors no handler takes?</summary>
    public bool Leave(IOperation function) => Leave(function, new(SymbolEqualityComparer.Default), 0);

    private bool Leave(IOperation function, HashSet<ISymbol> seen, int depth)
    {
        foreach (var call in function.Descendants().OfType<IInvocationOperation>())
        {
            cancellation.ThrowIfCancellationRequested();
            if (!Tasks.IsAwaited(call) || IsHandled(call, function)) continue;
            if (IsSocketCall(call)) return true;
            var method = call.TargetMethod;
            if (depth < MaxDepth && !method.IsVirtual && !method.IsAbstract && !method.IsOverride && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, model.Compilation.Assembly) && seen.Add(method)
                && Bodies.Of(method, model, cancellation) is { } body && Leave(body, seen, depth + 1)) return true;
        }
        return false;
    }

    /// <summary>A handler takes every error of the call and lets none of them on; or the call belongs to another function.</summary>
    private static bool IsHandled(IOperation call, IOperation function)
    {
        IOperation child = call;
        foreach (var ancestor in call.Ancestors())
        {
            if (ReferenceEquals(ancestor, function)) return false;
            if (ancestor is IAnonymousFunctionOperation or ILocalFunctionOperation) return true;
            if (ancestor is ITryOperation attempt && ReferenceEquals(child, attempt.Body) && attempt.Catches.Any(c => c.ExceptionType?.Name is "Exception" or "Object" or null && !c.Handler.Descendants().Any(o => o is IThrowOperation))) return true;
            child = ancestor;
        }
        return false;
    }
}

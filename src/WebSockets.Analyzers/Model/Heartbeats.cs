using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;

namespace WebSockets.Analyzers.Model;

/// <summary>Application heartbeats: a socket on which something is sent all the time needs no keep-alive of the protocol.</summary>
internal sealed class Heartbeats(CompilationModel model)
{
    private static readonly string[] Words = ["heartbeat", "keepalive", "sendping", "pingloop", "pinger"];

    private readonly object _lock = new();
    private bool? _anywhere;
    private bool? _onSockets;

    /// <summary>
    /// Does the code that owns the candidate's socket send something periodically? The socket may be handed to any class, so every send of the compilation counts:
    /// silence is cheap where the protocol has a heartbeat of its own.
    /// </summary>
    public bool SentBy(Candidate candidate) => Exist(candidate.Cancellation);

    /// <summary>Does any code of the compilation send something periodically?</summary>
    public bool Exist(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _anywhere ??= NamesOne(cancellation) || SendsPeriodically(cancellation);
        }
    }

    /// <summary>
    /// Does the code of the compilation send something periodically on a WebSocket? Stricter than <see cref="Exist"/>: a method that is only called a heartbeat may belong to another protocol of the same program.
    /// </summary>
    public bool ExistOnSockets(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _onSockets ??= Named(cancellation).Any(m => ConcernsSockets(m, cancellation)) || SendsPeriodically(cancellation);
        }
    }

    private bool NamesOne(CancellationToken cancellation) => Named(cancellation).Any();

    private IEnumerable<IMethodSymbol> Named(CancellationToken cancellation) =>
        model.Compilation.GetSymbolsWithName(name => Words.Any(w => name.IndexOf(w, StringComparison.OrdinalIgnoreCase) >= 0), SymbolFilter.Member, cancellation)
            .OfType<IMethodSymbol>().Where(m => m is { MethodKind: MethodKind.Ordinary, IsAbstract: false });

    /// <summary>It sends on a socket, or belongs to a type that has one: the send may then go through a queue.</summary>
    private bool ConcernsSockets(IMethodSymbol method, CancellationToken cancellation)
    {
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
            if (type.GetMembers().Any(m => IsSocket(m switch { IFieldSymbol f => f.Type, IPropertySymbol p => p.Type, _ => null }) || m is IMethodSymbol f2 && f2.Parameters.Any(p => IsSocket(p.Type)))) return true;
        return model.CallTree.BodiesOf(method, cancellation).Any(b =>
            model.CallTree.Reaches(b, o => o is IInvocationOperation { TargetMethod: { Name: "SendAsync" } send } && IsSocket(send.ContainingType), cancellation));
    }

    private bool IsSocket(ITypeSymbol? type) => model.Types.IsOrInherits(type, Api.WebSocket);

    private bool SendsPeriodically(CancellationToken cancellation)
    {
        var sends = model.Calls.Find("SendAsync", s => model.Types.IsOrInherits(s.ContainingType, Api.WebSocket), cancellation);
        // Too many to look at: a program that sends in so many places is not one that is known to be idle.
        if (sends is null) return true;
        foreach (var (name, _) in sends)
        {
            if (model.Calls.OperationOf(name, cancellation) is not IInvocationOperation send) continue;
            var reach = Reach.Of(send, model, cancellation);
            if (reach.IsPeriodic || reach.Loops.Any(loop => IsPeriodic(loop, cancellation) && !Reconnects(loop, cancellation))) return true;
            // A method that receives or, after a time, sends: the loop is in its caller, or made with goto.
            var body = send.Ancestors().FirstOrDefault(a => a is IAnonymousFunctionOperation or ILocalFunctionOperation) ?? send.Root();
            if ((reach.Loops.Any(loop => loop is not IForEachLoopOperation && !Reconnects(loop, cancellation)) || body.Descendants().Any(o => o is IBranchOperation { BranchKind: BranchKind.GoTo })) && IsPeriodic(body, cancellation)) return true;
        }
        return false;
    }

    /// <summary>A loop that connects: its delay is the one between two attempts, and what it sends is sent once a connection.</summary>
    private bool Reconnects(ILoopOperation loop, CancellationToken cancellation) => model.CallTree.Reaches(loop, model.Sockets.IsConnect, cancellation);

    /// <summary>Code that waits for time to pass rather than for input.</summary>
    private bool IsPeriodic(IOperation loop, CancellationToken cancellation)
    {
        foreach (var operation in loop.Descendants())
        {
            cancellation.ThrowIfCancellationRequested();
            if (model.Tasks.IsTick(operation) || model.Tasks.DelayOf(operation) is not null) return true;
        }
        return false;
    }
}

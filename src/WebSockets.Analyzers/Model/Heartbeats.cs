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

    private bool NamesOne(CancellationToken cancellation) =>
        model.Compilation.GetSymbolsWithName(name => Words.Any(w => name.IndexOf(w, StringComparison.OrdinalIgnoreCase) >= 0), SymbolFilter.Member, cancellation)
            .Any(s => s is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsAbstract: false });

    private bool SendsPeriodically(CancellationToken cancellation)
    {
        var sends = model.Calls.Find("SendAsync", s => model.Types.IsOrInherits(s.ContainingType, Api.WebSocket), cancellation);
        // Too many to look at: a program that sends in so many places is not one that is known to be idle.
        if (sends is null) return true;
        foreach (var (name, _) in sends)
        {
            if (model.Calls.OperationOf(name, cancellation) is not IInvocationOperation send) continue;
            var reach = Reach.Of(send, model, cancellation);
            if (reach.IsPeriodic || reach.Loops.Any(loop => IsPeriodic(loop, cancellation))) return true;
        }
        return false;
    }

    /// <summary>A loop that waits for time to pass rather than for input.</summary>
    private bool IsPeriodic(ILoopOperation loop, CancellationToken cancellation)
    {
        foreach (var operation in loop.Descendants())
        {
            cancellation.ThrowIfCancellationRequested();
            if (model.Tasks.IsTick(operation) || model.Tasks.DelayOf(operation) is not null) return true;
        }
        return false;
    }
}

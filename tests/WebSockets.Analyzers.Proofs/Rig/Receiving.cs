using System.Collections.Concurrent;
using System.Net.WebSockets;

namespace WebSockets.Analyzers.Proofs.Rig;

/// <summary>Runs a page's <c>Feed.RunAsync(socket, handle, cancellationToken)</c> on a connected client and collects what it handles.</summary>
internal static class Receiving
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);

    public static async Task<(IReadOnlyList<string> Messages, string Outcome)> RunAsync(Code code, Behaviour behaviour, int expected = int.MaxValue)
    {
        await using var peer = new Peer(behaviour);
        return await RunAsync(code, peer, expected);
    }

    /// <param name="expected">The run is over with so many messages, where the peer does not end it.</param>
    public static async Task<(IReadOnlyList<string> Messages, string Outcome)> RunAsync(Code code, Peer peer, int expected = int.MaxValue)
    {
        using var program = code.Load();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(peer.Uri, CancellationToken.None);
        var messages = new ConcurrentQueue<string>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Action<string> handle = message =>
        {
            messages.Enqueue(message);
            if (messages.Count == expected) enough.TrySetResult();
        };
        var running = Outcome.OfAsync(() => program.CallAsync("Feed.RunAsync", socket, handle, CancellationToken.None), Within);
        await Task.WhenAny(running, enough.Task);
        // What comes too much comes soon.
        if (!running.IsCompleted) await Task.WhenAny(running, Task.Delay(200));
        var outcome = running.IsCompleted ? await running : Outcome.Waiting;
        return ([.. messages], outcome);
    }
}

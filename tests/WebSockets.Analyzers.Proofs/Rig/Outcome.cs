using System.Net.WebSockets;
using System.Text;

namespace WebSockets.Analyzers.Proofs.Rig;

/// <summary>What became of something, in one line that a proof compares.</summary>
internal static class Outcome
{
    public const string Done = "done";
    public const string Waiting = "waiting";
    public const string Alive = "alive";

    /// <summary><see cref="Done"/>, <see cref="Waiting"/> after that time, or the exception as a log shows it.</summary>
    public static async Task<string> OfAsync(Func<Task> action, TimeSpan within)
    {
        // The exception is caught here, not read from the task: a task that an OperationCanceledException ended has forgotten its text.
        var outcome = Task.Run(async () =>
        {
            try
            {
                await action();
                return Done;
            }
            catch (Exception e)
            {
                return Say(e);
            }
        });
        // What still waits ends when the proof disposes what it waits for.
        return await Task.WhenAny(outcome, Task.Delay(within)) == outcome ? await outcome : Waiting;
    }

    public static Task<string> OfAsync(Action action, TimeSpan within) => OfAsync(() => { action(); return Task.CompletedTask; }, within);

    /// <summary>The type and the first line of the text.</summary>
    public static string Say(Exception e) => $"{e.GetType().Name}: {e.Message.ReplaceLineEndings("\n").Split('\n')[0]}";

    /// <summary>
    /// Leaves an open socket alone, receiving, for three times the limit. <see cref="Alive"/> when a message still comes back afterwards; otherwise what the receiver got.
    /// </summary>
    public static async Task<string> OfIdlenessAsync(WebSocket socket, TimeSpan limit)
    {
        var buffer = new byte[64];
        var receive = socket.ReceiveAsync(buffer, CancellationToken.None);
        var outcome = await OfAsync(() => receive, limit * 3);
        if (outcome != Waiting) return outcome == Done ? "closed by the other end" : outcome;
        await socket.SendAsync("still there?"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        var result = await receive.WaitAsync(TimeSpan.FromSeconds(5));
        return Encoding.UTF8.GetString(buffer, 0, result.Count) == "still there?" ? Alive : $"answered {result.MessageType}";
    }
}

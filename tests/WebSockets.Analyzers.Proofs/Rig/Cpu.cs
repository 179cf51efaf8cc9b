using System.Diagnostics;

namespace WebSockets.Analyzers.Proofs.Rig;

/// <summary>What a loop burns. A proof that measures it must run alone, <c>[Proof(DisableParallelization = true)]</c>, since the whole process is measured.</summary>
internal static class Cpu
{
    /// <summary>
    /// Does the process use that much processor time within that time, while the work goes on? Processor time is waited for, not divided by the clock's: on a busy machine even a loop
    /// that spins gets only a part of a core.
    /// </summary>
    public static async Task<bool> BurnsAsync(Func<Task> work, TimeSpan cpu, TimeSpan within)
    {
        var before = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var task = Task.Run(work);
        while (Environment.CpuUsage.TotalTime - before < cpu)
        {
            if (clock.Elapsed > within) return false;
            // An error that ends the work early is not a loop that behaves.
            if (task.IsFaulted) await task;
            await Task.Delay(10);
        }
        return true;
    }
}

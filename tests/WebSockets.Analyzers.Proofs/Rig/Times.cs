namespace WebSockets.Analyzers.Proofs.Rig;

/// <summary>Questions about when connections were attempted.</summary>
internal static class Times
{
    /// <summary>The most attempts within any 100 ms.</summary>
    public static int FullestWindow(IEnumerable<TimeSpan> attempts)
    {
        var sorted = attempts.Order().ToArray();
        return sorted.Select((from, i) => sorted.Skip(i).TakeWhile(at => at - from < TimeSpan.FromMilliseconds(100)).Count()).DefaultIfEmpty().Max();
    }

    public static TimeSpan Median(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    /// <summary>The times between one connection and the next.</summary>
    public static IReadOnlyList<TimeSpan> Gaps(IReadOnlyList<Connection> connections) => [.. connections.Skip(1).Zip(connections, (later, earlier) => later.At - earlier.At)];
}

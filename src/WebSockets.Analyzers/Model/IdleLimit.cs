using WebSockets.Analyzers.Core;

namespace WebSockets.Analyzers.Model;

/// <summary>How long a connection may be silent before something between the ends closes it, and what a keep-alive must be to prevent that.</summary>
internal readonly record struct IdleLimit(TimeSpan Limit, TimeSpan Remedy)
{
    /// <summary>The longest interval that timers of .NET take, in milliseconds: about 49.7 days (System.Threading.Timer).</summary>
    public const double MaxTimerMilliseconds = 4_294_967_294;

    public static IdleLimit Of(OptionSet options)
    {
        var limit = options.Get(Option.IdleTimeout);
        var wanted = options.Get(Option.KeepAliveInterval);
        // What a fix writes must itself come in time: one lost ping may not be the end, hence half the limit at the most.
        var half = TimeSpan.FromTicks(limit.Ticks / 2);
        return new(limit, wanted <= half ? wanted : half);
    }

    /// <summary>A ping must come before the limit; at the limit is too late.</summary>
    public bool IsTooSlow(TimeSpan interval) => interval >= Limit;
}

/// <summary>Durations as people say them.</summary>
internal static class DurationText
{
    /// <summary>"120 s", "2.5 s", "500 ms", "3 days".</summary>
    public static string Say(TimeSpan duration) =>
        duration.TotalDays >= 2 ? FormattableString.Invariant($"{duration.TotalDays:0.#} days") :
        Math.Abs(duration.TotalSeconds) >= 1 ? FormattableString.Invariant($"{duration.TotalSeconds:0.###} s") :
        FormattableString.Invariant($"{duration.TotalMilliseconds:0.###} ms");
}

using System.Collections.Immutable;
using System.Globalization;

namespace WebSockets.Analyzers.Core;

/// <summary>All options of the package.</summary>
internal static class Option
{
    private const string DurationForm = "a positive duration of at most one day, such as 60s, 500ms, 2m, 1h or 00:01:00";

    public static readonly OptionDefinition<TimeSpan> IdleTimeout = new(
        "idle_timeout", DurationForm, "60s",
        "After this time without traffic the strictest proxy or load balancer on the way closes a connection. A keep-alive must come before it.",
        TryReadDuration);

    public static readonly OptionDefinition<TimeSpan> KeepAliveInterval = new(
        "keep_alive_interval", DurationForm, "30s",
        "The keep-alive interval that fixes write. Half of the idle timeout is written instead when this value would not come before it.",
        TryReadDuration);

    public static readonly OptionDefinition<TimeSpan> ReconnectBaseDelay = new(
        "reconnect_base_delay", DurationForm, "1s",
        "The upper bound of the first delay in the reconnect loops that fixes write; it doubles with each failure.",
        TryReadDuration);

    public static readonly OptionDefinition<TimeSpan> ReconnectMaxDelay = new(
        "reconnect_max_delay", DurationForm, "30s",
        "The bound at which the delays in the reconnect loops that fixes write stop growing.",
        TryReadDuration);

    public static readonly ImmutableArray<OptionDefinition> All = ImmutableArray.Create<OptionDefinition>(IdleTimeout, KeepAliveInterval, ReconnectBaseDelay, ReconnectMaxDelay);

    internal static bool TryReadDuration(string text, out TimeSpan value)
    {
        value = default;
        double? unit =
            text.EndsWith("ms", StringComparison.Ordinal) ? 0.001 :
            text.EndsWith("s", StringComparison.Ordinal) ? 1 :
            text.EndsWith("m", StringComparison.Ordinal) ? 60 :
            text.EndsWith("h", StringComparison.Ordinal) ? 3600 : null;
        if (unit is { } seconds)
        {
            var number = text.Substring(0, text.Length - (seconds < 1 ? 2 : 1)).TrimEnd();
            if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) || count * seconds > 86_400) return false;
            value = TimeSpan.FromMilliseconds(count * seconds * 1000);
        }
        // A number alone is refused: TimeSpan.Parse reads it as days, and readers think of seconds or of milliseconds.
        else if (!text.Contains(':') || !TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }
        return value > TimeSpan.Zero && value <= TimeSpan.FromDays(1);
    }
}

using System.Collections.Immutable;
using System.Globalization;

namespace WebSockets.Analyzers.Core;

/// <summary>Facts that travel from a rule to its fix in <c>Diagnostic.Properties</c>.</summary>
internal static class Facts
{
    /// <summary>The keep-alive interval that the fix writes, in milliseconds.</summary>
    public const string Interval = nameof(Interval);

    /// <summary>The upper bound of the first delay in the reconnect code that the fix writes, in milliseconds.</summary>
    public const string ReconnectBaseDelay = nameof(ReconnectBaseDelay);

    /// <summary>The bound at which these delays stop growing, in milliseconds.</summary>
    public const string ReconnectMaxDelay = nameof(ReconnectMaxDelay);

    /// <summary>The name of the method whose call connects inside the retry loop.</summary>
    public const string ConnectName = nameof(ConnectName);

    /// <summary>The position of the call before which something must stand.</summary>
    public const string Before = nameof(Before);

    /// <summary>The text that the fix writes.</summary>
    public const string Text = nameof(Text);

    public static readonly ImmutableDictionary<string, string?> None = ImmutableDictionary<string, string?>.Empty;

    public static ImmutableDictionary<string, string?> With(this ImmutableDictionary<string, string?> facts, string name, TimeSpan duration) =>
        facts.SetItem(name, duration.TotalMilliseconds.ToString("R", CultureInfo.InvariantCulture));

    public static TimeSpan? Duration(this ImmutableDictionary<string, string?> facts, string name) =>
        facts.TryGetValue(name, out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds) ? TimeSpan.FromMilliseconds(milliseconds) : null;

    /// <summary>The bounds of the reconnect delays that a fix writes.</summary>
    public static ImmutableDictionary<string, string?> Reconnect(OptionSet options) =>
        None.With(ReconnectBaseDelay, options.Get(Option.ReconnectBaseDelay)).With(ReconnectMaxDelay, options.Get(Option.ReconnectMaxDelay));
}

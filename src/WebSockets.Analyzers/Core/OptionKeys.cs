using Microsoft.CodeAnalysis.Diagnostics;

namespace WebSockets.Analyzers.Core;

/// <summary>Keys of this package among those of all analyzers.</summary>
internal static class OptionKeys
{
    public static bool AreIn(AnalyzerConfigOptions options)
    {
        foreach (var key in All(options))
            if (IsOurs(key)) return true;
        return false;
    }

    public static IEnumerable<string> In(AnalyzerConfigOptions options) => All(options).Where(IsOurs);

    private static bool IsOurs(string key) => key.StartsWith(OptionDefinition.Prefix, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> All(AnalyzerConfigOptions options)
    {
        try
        {
            return options.Keys;
        }
        catch (NotImplementedException)
        {
            // The base class throws: a host that does not list its keys gets no word about unknown ones.
            return Option.All.Select(o => o.Key).Where(key => options.TryGetValue(key, out _));
        }
    }
}

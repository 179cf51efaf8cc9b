using System.Collections.Immutable;
using System.Text.Json;

namespace WebSockets.Analyzers.Package.Tests;

/// <summary>A finding in the log of a compilation.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Level">The level in force: <c>error</c>, <c>warning</c> or <c>note</c> (a suggestion).</param>
/// <param name="File">The file's name; empty where the finding has no place.</param>
/// <param name="Line">The line.</param>
internal sealed record Finding(string Id, string Level, string File, int Line)
{
    public bool IsOurs => Id.StartsWith("WS", StringComparison.Ordinal) && Id.Length == 6;
}

/// <summary>The compiler's log (SARIF 2.1) of one project.</summary>
internal static class Log
{
    public static ImmutableArray<Finding> Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return
        [
            .. from run in document.RootElement.GetProperty("runs").EnumerateArray()
               from result in run.GetProperty("results").EnumerateArray()
               where !result.TryGetProperty("suppressions", out _)
               let finding = Of(result)
               // The analyzers run concurrently: the order of the log means nothing.
               orderby finding.File, finding.Line, finding.Id
               select finding,
        ];
    }

    private static Finding Of(JsonElement result)
    {
        var place = result.TryGetProperty("locations", out var locations) && locations.GetArrayLength() > 0 ? locations[0].GetProperty("physicalLocation") : default;
        return new(
            result.GetProperty("ruleId").GetString()!,
            // SARIF leaves the level out where it is a warning.
            result.TryGetProperty("level", out var level) ? level.GetString()! : "warning",
            place.ValueKind == JsonValueKind.Undefined ? "" : Path.GetFileName(new Uri(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!).LocalPath),
            place.ValueKind == JsonValueKind.Undefined ? 0 : place.GetProperty("region").GetProperty("startLine").GetInt32());
    }
}

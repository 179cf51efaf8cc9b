using System.Diagnostics;
using WebSockets.Analyzers.Tests.Verification;

namespace WebSockets.Analyzers.Package.Tests;

/// <summary>Runs the <c>dotnet</c> command as a user would.</summary>
internal static class Dotnet
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    /// <summary>Runs and must succeed.</summary>
    public static async Task<string> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var (code, output) = await TryAsync(folder, environment, arguments);
        Assert.True(code == 0, $"dotnet {string.Join(' ', arguments)} ended with {code}:\n{output}");
        return output;
    }

    public static async Task<(int Code, string Output)> TryAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // What the build that started these tests set for itself must not reach the builds in here.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase) || k.StartsWith("WEBSOCKETS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        // A node that stays would keep files of the folder in use.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach (var (name, value) in environment) start.Environment[name] = value;

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} took longer than {Limit}.");
        }
    }

    public static IReadOnlyDictionary<string, string> Plain { get; } = new Dictionary<string, string>();

    /// <summary>Our package goes into a folder of its own; all others are taken from the user's cache where they are there.</summary>
    public static IReadOnlyDictionary<string, string> Isolated(string packages) => new Dictionary<string, string>
    {
        ["NUGET_PACKAGES"] = packages,
        ["NUGET_FALLBACK_PACKAGES"] = Repository.Metadata("Packages"),
    };
}

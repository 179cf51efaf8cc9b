using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace WebSockets.Analyzers.Benchmarks;

/// <summary>The SDK's compiler in a process of its own.</summary>
internal sealed partial class Compiler
{
    private readonly string _folder;

    public Compiler(string work, SampleProgram program)
    {
        _folder = Path.Combine(work, program.Name);
        Directory.CreateDirectory(_folder);
        foreach (var (name, text) in program.Files) File.WriteAllText(Path.Combine(_folder, name), text);
    }

    /// <summary>Executed instructions of the compiler's process, counted by cachegrind.</summary>
    public double Instructions(AnalyzerSet set)
    {
        var output = Run("valgrind", ["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", "dotnet", .. Arguments(set)]);
        return double.Parse(Refs().Match(output).Groups[1].Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    private IEnumerable<string> Arguments(AnalyzerSet set)
    {
        yield return Path.Combine(AnalyzerSet.Metadata("Sdk"), "Roslyn/bincore/csc.dll");
        yield return "/noconfig";
        yield return "/nologo";
        yield return "/target:library";
        yield return "/parallel-";
        yield return "/langversion:latest";
        yield return "/nullable:enable";
        yield return "/nowarn:CS1701,CS1702,CS8632";
        yield return "/out:" + Path.Combine(_folder, "out.dll");
        foreach (var reference in SampleProgram.References) yield return "/reference:" + reference;
        foreach (var assembly in set.Assemblies) yield return "/analyzer:" + assembly;
        foreach (var configuration in set.Configurations) yield return "/analyzerconfig:" + configuration;
        foreach (var file in Directory.GetFiles(_folder, "*.cs").Order()) yield return file;
    }

    private static string Run(string file, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        // One way through the collector, so that counts can be compared.
        start.Environment["DOTNET_gcConcurrent"] = "0";
        // The JIT's second and third compilations come when a timer says so, and made the same build 6 % cheaper or dearer: here everything is compiled once.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        // Valgrind runs out of address space and memory maps without these two.
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x100000000";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + error.Result;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{file} ended with {process.ExitCode}: {output[^Math.Min(2000, output.Length)..]}");
        if (output.Contains("AD0001", StringComparison.Ordinal) || output.Contains("CS8032", StringComparison.Ordinal)) throw new InvalidOperationException(output[..Math.Min(2000, output.Length)]);
        return output;
    }

    [GeneratedRegex(@"I\s+refs:\s+([0-9,]+)")]
    private static partial Regex Refs();
}

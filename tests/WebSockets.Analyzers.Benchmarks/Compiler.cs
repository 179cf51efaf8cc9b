using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace WebSockets.Analyzers.Benchmarks;

/// <summary>Compilers in a process of their own, under cachegrind.</summary>
internal sealed partial class Compiler
{
    // The first compilation of a process brings the JIT's work along; the difference of these two has none.
    private const int Few = 1;
    private const int Many = 3;

    private readonly SampleProgram _program;
    private readonly string _folder;

    public Compiler(string work, SampleProgram program)
    {
        _program = program;
        _folder = Path.Combine(work, program.Name);
        Directory.CreateDirectory(_folder);
        foreach (var (name, text) in program.Files) File.WriteAllText(Path.Combine(_folder, name), text);
    }

    /// <summary>Executed instructions of the SDK's compiler in a new process.</summary>
    public double Instructions(AnalyzerSet set) => Count(Arguments(set));

    /// <summary>Executed instructions of one more compilation in a process that has compiled the program before.</summary>
    public double WarmInstructions(AnalyzerSet set) => (Compilations(set, Many) - Compilations(set, Few)) / (Many - Few);

    private double Compilations(AnalyzerSet set, int count) =>
        Count([typeof(Compiler).Assembly.Location, "--compile", set.Name, _program.Name, count.ToString(CultureInfo.InvariantCulture)]);

    private static double Count(IEnumerable<string> arguments)
    {
        var output = Run("valgrind", ["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", "dotnet", .. arguments]);
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
        // Few collections, at the same places in each run.
        start.Environment["DOTNET_GCgen0size"] = "0x10000000";
        // The JIT's second and third compilations come when a timer says so, and made the same build 6 % cheaper or dearer: here everything is compiled once.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        // With two, threads wait for each other in spinning loops, and the same build swung by 3 %; so it repeats to 0.1 %, whatever else the machine does.
        start.Environment["DOTNET_PROCESSOR_COUNT"] = "1";
        // Valgrind runs out of address space and memory maps without these two.
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x100000000";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + error.Result;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{file} ended with {process.ExitCode}: {output[^Math.Min(2000, output.Length)..]}");
        // A crash, and the ways in which the compiler says that it leaves an analyzer out.
        if (new[] { "AD0001", "CS8032", "CS8034", "CS9057" }.FirstOrDefault(id => output.Contains(id, StringComparison.Ordinal)) is not null) throw new InvalidOperationException(output[..Math.Min(2000, output.Length)]);
        return output;
    }

    [GeneratedRegex(@"I\s+refs:\s+([0-9,]+)")]
    private static partial Regex Refs();
}

using System.Globalization;
using WebSockets.Analyzers.Benchmarks;

// What the package costs a build, beside other analyzers.
//
//   dotnet run -c Release --project tests/WebSockets.Analyzers.Benchmarks -- [--rounds 5] [--instructions] [--only NAME,NAME]
//
// Each set of analyzers compiles two programs: one without a socket, and one full of them.
// Without --instructions that happens in this process, warm, in interleaved rounds: processor time and allocations.
// With --instructions it happens under valgrind's cachegrind, whose counts repeat to about 0.1 % where processor time swings by a tenth, and takes minutes a run:
// cold, the SDK's own compiler once, so that the JIT's work on the analyzers counts in full; and warm, as in the compiler server, which builds keep running:
// what each further compilation in a process takes.
//
// --compile NAME PROGRAM COUNT is the program's own: that many compilations in this process.

// The JIT looks at a method again after thirty calls, and once more after that.
const int WarmUp = 3;

if (args is ["--compile", var setName, var programName, var count])
{
    var compiler = new WarmCompiler(SampleProgram.All().Single(p => p.Name == programName), AnalyzerSet.All.Single(s => s.Name == setName));
    for (int i = 0; i < int.Parse(count, CultureInfo.InvariantCulture); i++) compiler.Compile();
    return 0;
}

var rounds = 5;
var instructions = false;
string[]? only = null;
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--rounds" when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out rounds) && rounds > 0: i++; break;
        case "--instructions": instructions = true; break;
        case "--only" when i + 1 < args.Length: only = args[++i].Split(','); break;
        default:
            Console.Error.WriteLine($"unknown argument {args[i]}; usage: [--rounds N] [--instructions] [--only NAME,NAME]");
            return 2;
    }
}

var work = Directory.CreateTempSubdirectory("websockets-benchmarks-").FullName;
try
{
    var sets = AnalyzerSet.All.Where(s => only is null || only.Contains(s.Name)).ToList();
    foreach (var program in SampleProgram.All())
    {
        Console.WriteLine($"\n## {program.Name}: {program.Lines:N0} lines\n");
        if (instructions)
        {
            var compiler = new Compiler(work, program);
            var warm = new Dictionary<AnalyzerSet, double>();
            var cold = new Dictionary<AnalyzerSet, double>();
            foreach (var set in sets)
            {
                warm[set] = compiler.WarmInstructions(set);
                // A run takes minutes: its count is shown when it is there.
                Console.Error.WriteLine($"{program.Name}, {set.Name}: {warm[set] / 1e6:N0} million instructions warm");
            }
            foreach (var set in sets)
            {
                cold[set] = compiler.Instructions(set);
                Console.Error.WriteLine($"{program.Name}, {set.Name}: {cold[set] / 1e6:N0} million instructions cold");
            }
            Console.WriteLine("| analyzers | warm (millions of instructions) | to none | to the SDK's | cold (millions of instructions) | to none | to the SDK's |\n|---|---|---|---|---|---|---|");
            foreach (var set in sets)
                Console.WriteLine($"| {set.Name} | {warm[set] / 1e6:N0} | {Ratio(warm, set, "none")} | {Ratio(warm, set, "SDK")} | {cold[set] / 1e6:N0} | {Ratio(cold, set, "none")} | {Ratio(cold, set, "SDK")} |");
        }
        else
        {
            var compilers = sets.ToDictionary(s => s, s => new WarmCompiler(program, s));
            var runs = sets.ToDictionary(s => s, _ => new List<(double Seconds, double Bytes)>());
            for (int round = -WarmUp; round < rounds; round++)
            {
                foreach (var set in sets)
                {
                    var run = compilers[set].Run();
                    if (round >= 0) runs[set].Add(run);
                }
            }
            var median = runs.ToDictionary(r => r.Key, r => r.Value.Select(v => v.Seconds).Order().ElementAt(r.Value.Count / 2));
            var allocated = runs.ToDictionary(r => r.Key, r => r.Value.Select(v => v.Bytes).Order().ElementAt(r.Value.Count / 2));
            Console.WriteLine("| analyzers | warning rules | CPU s (median) | to none | per rule | allocated MB | to none |\n|---|---|---|---|---|---|---|");
            foreach (var set in sets)
            {
                var rules = compilers[set].WarningRules;
                var none = median.FirstOrDefault(m => m.Key.Name == "none").Value;
                var perRule = rules > 0 && none > 0 ? (median[set] / none - 1) / rules : 0;
                Console.WriteLine($"| {set.Name} | {rules} | {median[set]:F2} | {Ratio(median, set, "none")} | {(rules > 0 ? perRule.ToString("+0.00 %;-0.00 %", CultureInfo.InvariantCulture) : "")} | {allocated[set] / 1e6:N0} | {Ratio(allocated, set, "none")} |");
            }
        }
    }
    return 0;
}
finally
{
    Directory.Delete(work, recursive: true);
}

static string Ratio(Dictionary<AnalyzerSet, double> values, AnalyzerSet set, string to) =>
    values.FirstOrDefault(v => v.Key.Name == to) is { Key: { } key, Value: > 0 } other && key != set ? (values[set] / other.Value - 1).ToString("+0.0 %;-0.0 %", CultureInfo.InvariantCulture) : "";

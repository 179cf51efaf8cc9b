using System.Globalization;
using WebSockets.Analyzers.Benchmarks;

// What the package costs a build, beside other analyzers.
//
//   dotnet run -c Release --project tests/WebSockets.Analyzers.Benchmarks -- [--rounds 5] [--cold] [--warm] [--only NAME,NAME] [--program NAME]
//
// Each set of analyzers compiles three programs: one without a socket, one with a few, and one full of them.
// That happens in this process, warm, in interleaved rounds: processor time and allocations.
// With --cold or --warm it happens under valgrind's cachegrind, whose counts of instructions repeat to about 0.1 % where processor time swings by a tenth, and takes minutes a run:
// cold, the SDK's own compiler once, so that the JIT's work on the analyzers counts in full; warm, as in the compiler server, which builds keep running,
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
bool isCold = false, isWarm = false;
string[]? only = null;
string? onlyProgram = null;
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--rounds" when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out rounds) && rounds > 0: i++; break;
        case "--cold": isCold = true; break;
        case "--warm": isWarm = true; break;
        case "--program" when i + 1 < args.Length: onlyProgram = args[++i]; break;
        case "--only" when i + 1 < args.Length: only = args[++i].Split(','); break;
        default:
            Console.Error.WriteLine($"unknown argument {args[i]}; usage: [--rounds N] [--cold] [--warm] [--only NAME,NAME] [--program NAME]");
            return 2;
    }
}

var work = Directory.CreateTempSubdirectory("websockets-benchmarks-").FullName;
try
{
    var sets = AnalyzerSet.All.Where(s => only is null || only.Contains(s.Name)).ToList();
    foreach (var program in SampleProgram.All().Where(p => onlyProgram is null || p.Name == onlyProgram))
    {
        Console.WriteLine($"\n## {program.Name}: {program.Lines:N0} lines\n");
        if (isCold || isWarm)
        {
            var compiler = new Compiler(work, program);
            if (isWarm) Count("warm", compiler.WarmInstructions);
            if (isCold) Count("cold", compiler.Instructions);

            void Count(string state, Func<AnalyzerSet, double> count)
            {
                var counts = new Dictionary<AnalyzerSet, double>();
                foreach (var set in sets)
                {
                    counts[set] = count(set);
                    // A run takes minutes: its count is shown when it is there.
                    Console.Error.WriteLine($"{program.Name}, {set.Name}: {counts[set] / 1e6:N0} million instructions {state}");
                }
                Console.WriteLine($"| analyzers | warning rules | instructions (millions, {state}) | to none | per rule | to the SDK's |\n|---|---|---|---|---|---|");
                foreach (var set in sets)
                    Console.WriteLine($"| {set.Name} | {set.WarningRules} | {counts[set] / 1e6:N0} | {Ratio(counts, set, "none")} | {PerRule(counts, set)} | {Ratio(counts, set, "SDK")} |");
            }
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
                Console.WriteLine($"| {set.Name} | {set.WarningRules} | {median[set]:F2} | {Ratio(median, set, "none")} | {PerRule(median, set)} | {allocated[set] / 1e6:N0} | {Ratio(allocated, set, "none")} |");
        }
    }
    return 0;
}
finally
{
    Directory.Delete(work, recursive: true);
}

static string Ratio(Dictionary<AnalyzerSet, double> values, AnalyzerSet set, string to) =>
    values.FirstOrDefault(v => v.Key.Name == to) is { Key: { } key, Value: > 0 } other && key != set ? (values[set] / other.Value - 1).ToString("+0.00 %;-0.00 %", CultureInfo.InvariantCulture) : "";

static string PerRule(Dictionary<AnalyzerSet, double> values, AnalyzerSet set) =>
    set.WarningRules > 0 && values.FirstOrDefault(v => v.Key.Name == "none") is { Key: not null, Value: > 0 } none
        ? ((values[set] / none.Value - 1) / set.WarningRules).ToString("+0.00 %;-0.00 %", CultureInfo.InvariantCulture) : "";

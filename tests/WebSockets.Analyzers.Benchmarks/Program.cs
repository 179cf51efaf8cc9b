using System.Globalization;
using WebSockets.Analyzers.Benchmarks;

// What the package costs a build, beside other analyzers.
//
//   dotnet run -c Release --project tests/WebSockets.Analyzers.Benchmarks -- [--rounds 5] [--instructions] [--only NAME,NAME]
//
// Each set of analyzers is given to the SDK's own compiler, in a process of its own, over two programs: one without a socket, and one full of them.
// Rounds are interleaved. With --instructions the compiler runs once for each set under valgrind's cachegrind, whose counts repeat to about 0.1 %
// where CPU time swings by half; that takes minutes a run. Allocations are measured in this process.

var rounds = 5;
var instructions = false;
string[]? only = null;
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--rounds" when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out rounds): i++; break;
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
    foreach (var program in new[] { SampleProgram.WithoutSockets(), SampleProgram.FullOfSockets() })
    {
        var compiler = new Compiler(work, program);
        Console.WriteLine($"\n## {program.Name}: {program.Lines:N0} lines\n");
        if (instructions)
        {
            var counts = new Dictionary<AnalyzerSet, double>();
            foreach (var set in sets)
            {
                counts[set] = compiler.Instructions(set);
                // A run takes minutes: its count is shown when it is there.
                Console.Error.WriteLine($"{program.Name}, {set.Name}: {counts[set] / 1e6:N0} million instructions");
            }
            Console.WriteLine("| analyzers | instructions (millions) | to none | to the SDK's |\n|---|---|---|---|");
            foreach (var set in sets)
                Console.WriteLine($"| {set.Name} | {counts[set] / 1e6:N0} | {Ratio(counts, set, "none")} | {Ratio(counts, set, "SDK")} |");
        }
        else
        {
            var times = sets.ToDictionary(s => s, _ => new List<double>());
            for (int round = 0; round <= rounds; round++)
            {
                foreach (var set in sets)
                {
                    var seconds = compiler.CpuSeconds(set);
                    // The first round fills caches.
                    if (round > 0) times[set].Add(seconds);
                }
            }
            var median = times.ToDictionary(t => t.Key, t => t.Value.Order().ElementAt(t.Value.Count / 2));
            var allocated = sets.ToDictionary(s => s, s => (double)Allocations.Bytes(program, s));
            Console.WriteLine("| analyzers | warning rules | CPU s (median) | to none | per rule | allocated MB | to none |\n|---|---|---|---|---|---|---|");
            foreach (var set in sets)
            {
                var rules = set.WarningRules;
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

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace WebSockets.Analyzers.Tests.Catalogue;

/// <summary>No input makes the analyzer throw: code that is being typed, libraries that are missing, everything that the compiler itself accepts with errors.</summary>
public class NeverInTheWayTests
{
    public static TheoryData<string, int> Examples => PageTests.Examples;

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task A_page_s_code_cut_off_anywhere(string id, int index)
    {
        var code = Page.Of(id).Examples[index].Wrong.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        for (int cut = 0; cut < code.Length; cut += Math.Max(1, code.Length / 12))
            Assert.Empty(await CrashesAsync(code[..cut]));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task A_page_s_code_without_its_libraries(string id, int index)
    {
        var code = Page.Of(id).Examples[index].Wrong.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        Assert.Empty(await CrashesAsync(code, [References.Net10[0]]));
        Assert.Empty(await CrashesAsync(code, References.Net8));
    }

    [Theory]
    [InlineData("class C { async void M(dynamic s) { while (true) { try { await s.ConnectAsync(null); await s.ReceiveAsync(null); } catch { await System.Threading.Tasks.Task.Delay(s); } } } }")]
    [InlineData("class C : Missing { Missing s; async void M() { await s.ConnectAsync(); while (true) await s.ReceiveAsync(); } }")]
    [InlineData("partial class C { } partial class C { System.Net.WebSockets.ClientWebSocket s = new(); void M() => M(); async void N() { await s.ConnectAsync(null, default); N(); } }")]
    [InlineData("var s = new System.Net.WebSockets.ClientWebSocket(); await s.ConnectAsync(null, default); void F() => F(); while (true) { await s.ReceiveAsync(default(System.Memory<byte>), default); F(); }")]
    [InlineData("class C { System.TimeSpan A => B; System.TimeSpan B => A; static readonly System.TimeSpan X = Y, Y = X; void M(System.Net.WebSockets.ClientWebSocket s) { s.Options.KeepAliveInterval = A; s.Options.KeepAliveInterval = X; s.Options.KeepAliveInterval = System.TimeSpan.FromDays(1e300); s.Options.KeepAliveInterval = new System.TimeSpan(long.MaxValue, 1, 1) + System.TimeSpan.MaxValue; } }")]
    [InlineData("class C { void M(System.Net.WebSockets.ClientWebSocket s) { (s.Options.KeepAliveInterval, _) = (System.TimeSpan.Zero, 1); s.Options.KeepAliveInterval += System.TimeSpan.Zero; s?.Options.KeepAliveInterval = System.TimeSpan.Zero; } }")]
    [InlineData("interface I { System.Threading.Tasks.Task ConnectAsync(); } class C : I { System.Net.WebSockets.ClientWebSocket s = new(); public System.Threading.Tasks.Task ConnectAsync() => s.ConnectAsync(null, default); static async void R(I i) { while (true) { try { await i.ConnectAsync(); } catch { } System.Threading.Thread.Sleep(0); } } }")]
    [InlineData("unsafe class C { delegate*<void> f; async void M(System.Net.WebSockets.ClientWebSocket s) { retry: try { await s.ConnectAsync(null, default); } catch { goto retry; } } }")]
    public async Task What_the_compiler_takes_or_refuses(string code) => Assert.Empty(await CrashesAsync(code));

    [Fact]
    public async Task Ten_thousand_lines()
    {
        var method = "    async System.Threading.Tasks.Task M{0}(System.Uri u) {{ var s = new System.Net.WebSockets.ClientWebSocket(); while (true) {{ try {{ await s.ConnectAsync(u, default); }} catch (System.Exception) {{ }} }} }}\n";
        var lines = Enumerable.Range(0, 10_000).Select(i => i % 100 == 0 ? string.Format(null, method, i) : $"    int P{i} => {i};\n");
        Assert.Empty(await CrashesAsync("class C\n{\n" + string.Concat(lines) + "}\n"));
    }

    /// <summary>Rules walk the body round what they look at: one as no person writes it is not looked at.</summary>
    [Theory]
    [InlineData(10, 10)]
    [InlineData(5_000, 0)]
    public async Task A_body_as_no_person_writes_one(int statements, int reported)
    {
        var body = string.Concat(Enumerable.Repeat("s.Options.KeepAliveInterval = System.TimeSpan.Zero;\n", statements));
        var found = await DiagnosticsAsync($"class C {{ void M(System.Net.WebSockets.ClientWebSocket s) {{\n{body}}} }}", [.. Catalogued.Analyzers]);
        Assert.Equal(reported > 0, body.Length < Core.MemberTable.MaxBodyLength);
        Assert.Equal(reported, found.Count(d => d.Id == "WS1001"));
    }

    [Theory]
    [InlineData(32, 32)]
    [InlineData(33, 0)]
    public async Task More_receives_in_a_member_than_anybody_writes(int receives, int reported)
    {
        var body = string.Concat(Enumerable.Repeat("{ var b = new byte[99]; await s.ReceiveAsync(b, default); System.Console.WriteLine(System.Text.Encoding.UTF8.GetString(b)); }\n", receives));
        var found = await DiagnosticsAsync($"class C {{ async System.Threading.Tasks.Task M(System.Net.WebSockets.ClientWebSocket s) {{\n{body}}} }}", [.. Catalogued.Analyzers]);
        Assert.Equal(reported, found.Count(d => d.Id == "WS2001"));
    }

    /// <summary>The check itself: an analyzer that throws is seen.</summary>
    [Fact]
    public async Task A_crash_is_seen() =>
        Assert.NotEmpty(await CrashesAsync("class C { }", References.Net10, new Crashing()));

    private static Task<IReadOnlyList<string>> CrashesAsync(string code) => CrashesAsync(code, References.Net10WithPolly);

    private static Task<IReadOnlyList<string>> CrashesAsync(string code, IReadOnlyList<MetadataReference> references) => CrashesAsync(code, references, [.. Catalogued.Analyzers]);

    private static async Task<IReadOnlyList<string>> CrashesAsync(string code, IReadOnlyList<MetadataReference> references, params DiagnosticAnalyzer[] analyzers)
    {
        var crashes = new List<string>();
        await RunAsync(code, references, analyzers, crashes);
        return crashes;
    }

    private static Task<System.Collections.Immutable.ImmutableArray<Diagnostic>> DiagnosticsAsync(string code, params DiagnosticAnalyzer[] analyzers) => RunAsync(code, References.Net10, analyzers, []);

    private static async Task<System.Collections.Immutable.ImmutableArray<Diagnostic>> RunAsync(string code, IReadOnlyList<MetadataReference> references, DiagnosticAnalyzer[] analyzers, List<string> crashes)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var tree = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Preview), cancellationToken: cancellation);
        var kind = tree.GetRoot(cancellation).DescendantNodes().Any(n => n.IsKind(SyntaxKind.GlobalStatement)) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        var compilation = CSharpCompilation.Create("test", [tree], references, new CSharpCompilationOptions(kind, allowUnsafe: true));
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), (e, _, _) => { lock (crashes) crashes.Add(e.ToString()); }, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        return await new CompilationWithAnalyzers(compilation, [.. analyzers], options).GetAnalyzerDiagnosticsAsync(cancellation);
    }

#pragma warning disable RS1001 // Not for a compiler to load.
    private sealed class Crashing : DiagnosticAnalyzer
    {
        public override System.Collections.Immutable.ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. Catalogued.Analyzers.SelectMany(a => a.SupportedDiagnostics)];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterCompilationAction(_ => throw new InvalidOperationException("on purpose"));
        }
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace WebSockets.Analyzers.Tests.Rules.Messages;

/// <summary>The usual receive loop has several defects at once: Fix All of each rule, in whatever order, ends at code that compiles and of which no rule of the group says anything.</summary>
public class CombinedFixesTests
{
    private static readonly string[] Ids = ["WS2001", "WS2002", "WS2003", "WS2004"];

    public static TheoryData<string> Orders => [.. Permutations(Ids).Select(o => string.Join(' ', o))];

    private const string Loop = """
        using System;
        using System.IO;
        using System.Net.WebSockets;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        class Feed
        {
            async Task RunAsync(ClientWebSocket socket, Action<string> handle, CancellationToken cancellationToken)
            {
                // one for all
                var buffer = new byte[1024 * 4];
                while (true)
                {
                    try
                    {
                        // the next message
                        RECEIVE
                        handle(Encoding.UTF8.GetString(buffer)); // text
                    }
                    catch (Exception exception)
                    {
                        Console.WriteLine(exception.Message);
                    }
                }
            }
        }
        """;

    [Theory]
    [MemberData(nameof(Orders))]
    public Task A_dropped_result(string order) => EndsCleanAsync(Loop.Replace("RECEIVE", "await socket.ReceiveAsync(new ArraySegment<byte>(buffer), cancellationToken);"), order);

    [Theory]
    [MemberData(nameof(Orders))]
    public Task A_named_result(string order) => EndsCleanAsync(Loop.Replace("RECEIVE", "var received = await socket.ReceiveAsync(buffer, cancellationToken);"), order);

    [Theory]
    [MemberData(nameof(Orders))]
    public Task A_memory(string order) => EndsCleanAsync(Loop.Replace("RECEIVE", "var received = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false);"), order);

    /// <summary>WS2002's second action takes the receive away: it waits until the close is asked for, so that it hides nothing from the other rules.</summary>
    [Theory]
    [InlineData("WS2001 WS2003 WS2002")]
    [InlineData("WS2003 WS2001 WS2002")]
    [InlineData("WS2001 WS2002 WS2003 WS2002")]
    [InlineData("WS2002 WS2001 WS2003 WS2002")]
    [InlineData("WS2002 WS2003 WS2001 WS2002")]
    [InlineData("WS2003 WS2002 WS2001")]
    public async Task A_stream(string order)
    {
        using var workspace = new AdhocWorkspace();
        var document = Add(workspace, """
            using System;
            using System.IO;
            using System.Net.WebSockets;
            using System.Text;
            using System.Threading;
            using System.Threading.Tasks;
            class Feed
            {
                async Task RunAsync(WebSocket socket, Action<string> handle, CancellationToken cancellationToken)
                {
                    var buffer = new byte[1024 * 4];
                    while (true)
                    {
                        var received = await socket.ReceiveAsync(buffer, cancellationToken);
                        handle(Encoding.UTF8.GetString(buffer)); // text
                    }
                }
            }
            """);
        Assert.Equal(["WS2001", "WS2002", "WS2003"], (await DiagnosticsAsync(document.Project)).Select(d => d.Id).Distinct().Order());
        foreach (var id in order.Split(' ')) document = await FixAllAsync(document, id, id == "WS2002" ? 1 : 0);
        await AssertCleanAsync(document, "// text", "await socket.CloseOutputAsync", "break;", "using var message = WebSocketStream.CreateReadableMessageStream(socket);", "if (socket.CloseStatus is not null)");
    }

    private static async Task EndsCleanAsync(string source, string order)
    {
        using var workspace = new AdhocWorkspace();
        var document = Add(workspace, source);
        Assert.Equal(Ids, (await DiagnosticsAsync(document.Project)).Select(d => d.Id).Distinct().Order());
        foreach (var id in order.Split(' ')) document = await FixAllAsync(document, id, action: 0);
        await AssertCleanAsync(document, "// one for all", "// the next message", "// text", "MessageType == WebSocketMessageType.Close", "CloseOutputAsync", ".EndOfMessage", "break;");
    }

    private static Document Add(AdhocWorkspace workspace, string source) =>
        workspace.AddProject(ProjectInfo.Create(ProjectId.CreateNewId(), VersionStamp.Default, "Combined", "Combined", LanguageNames.CSharp,
                compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable),
                parseOptions: new CSharpParseOptions(LanguageVersion.CSharp12), metadataReferences: References.Net10WithLibraries))
            .AddDocument("Feed.cs", source);

    private static async Task<Document> FixAllAsync(Document document, string id, int action)
    {
        var fix = Fixes.For(id)!;
        var all = await fix.GetFixAllProvider().GetFixAsync(new(document, fix, FixAllScope.Document, fix.Actions[action].EquivalenceKey, [id], new Provider(), TestContext.Current.CancellationToken));
        // An earlier fix may have taken the defect along.
        return all is null ? document : (await all.GetOperationsAsync(TestContext.Current.CancellationToken)).OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
    }

    private static async Task AssertCleanAsync(Document document, params string[] parts)
    {
        var text = (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
        var compilation = (await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        Assert.True(compilation.GetDiagnostics(TestContext.Current.CancellationToken).All(d => d.Severity != DiagnosticSeverity.Error), text);
        var left = await DiagnosticsAsync(document.Project);
        Assert.True(left.IsEmpty, string.Join('\n', left) + "\n" + text);
        foreach (var part in parts) Assert.Contains(part, text, StringComparison.Ordinal);
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Project project) =>
        [.. (await (await project.GetCompilationAsync())!.WithAnalyzers(Catalogued.Analyzers).GetAnalyzerDiagnosticsAsync()).Where(d => d.Id == "AD0001" || d.Id.StartsWith("WS2", StringComparison.Ordinal) && d.Severity == DiagnosticSeverity.Warning)];

    private static IEnumerable<IEnumerable<string>> Permutations(IReadOnlyCollection<string> of) =>
        of.Count == 0 ? [[]] : of.SelectMany(first => Permutations(of.Where(o => o != first).ToList()).Select(rest => rest.Prepend(first)));

    private sealed class Provider : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => await DiagnosticsAsync(project);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => GetAllDiagnosticsAsync(document.Project, cancellationToken);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Tests.Catalogue;

/// <summary>A program without sockets is left after a search over its texts; a program with them never is.</summary>
public class GateTests
{
    private static readonly Subscriptions Subscriptions = new(Catalogued.All);

    [Theory]
    [InlineData("class C { async Task M(HttpClient c, Socket s) { await Task.Delay(1); await s.ConnectAsync(\"h\", 1); await c.GetAsync(\"u\"); } }", false)]
    [InlineData("class C { Version M(HttpClient c) => c.DefaultRequestVersion; }", true)]
    [InlineData("class C { HttpClient c; Version v; }", false)]
    [InlineData("class C { async Task M(ClientWebSocket s, Uri u) => await s.ConnectAsync(u, default); }", true)]
    public void The_gate_is_open_where_a_rule_can_look_at_something(string program, bool isOpen)
    {
        Assert.Equal(isOpen, Open(Compile(program)).Count > 0);
        Assert.Equal(isOpen, Live(program).Count > 0);
    }

    [Fact]
    public void Every_subscription_opens_it() => Assert.Empty(
        from s in Subscriptions.All
        where s.Words().Count > 0 && !Open(Compile("// " + string.Join(' ', s.Words().Select(words => words[^1])))).Contains(s.Rule.Descriptors[0].Id)
        select $"{s.Type.MetadataName}.{s.Member}");

    [Fact]
    public void Every_rule_has_words_that_open_it() => Assert.Empty(Subscriptions.All.GroupBy(s => s.Rule).Where(g => g.All(s => s.Words().Count == 0)).Select(g => g.Key.GetType().Name));

    [Fact]
    public void The_compiler_is_told_what_the_rules_say() => Assert.Equal(Catalogued.All.Select(r => r.Descriptors[0]), Catalogued.Analyzers.SelectMany(a => a.SupportedDiagnostics).OrderBy(d => d.Id, StringComparer.Ordinal));

    [Fact]
    public void Suggestions_are_apart_from_what_a_build_on_the_command_line_runs()
    {
        Assert.All(new WebSocketsAnalyzer().SupportedDiagnostics, d => Assert.True(d.DefaultSeverity >= DiagnosticSeverity.Warning, d.Id));
        Assert.All(new SuggestionsAnalyzer().SupportedDiagnostics, d => Assert.True(d.DefaultSeverity < DiagnosticSeverity.Warning, d.Id));
    }

    [Fact]
    public void A_word_without_the_member_is_not_enough() => Assert.DoesNotContain(Live("// WebSocket"), s => s.Member == "ConnectAsync");

    [Fact]
    public void A_delay_counts_beside_a_connect()
    {
        var live = Live("class C { Task A() => Task.Delay(1); }", "class D { Task B(ClientWebSocket s, Uri u) => s.ConnectAsync(u, default); }");
        Assert.Contains(live, s => s.Type == Api.Task && s.Member == "Delay");
        Assert.Contains(live, s => s.Type == Api.ClientWebSocket && s.Member == "ConnectAsync");
        Assert.DoesNotContain(live, s => s.Type == Api.HubConnection);
    }

    [Fact]
    public void A_text_on_the_seam_of_two_searched_parts_is_found()
    {
        for (int length = 8180; length < 8200; length++)
            Assert.True(Texts.Mentions(Parse("//" + new string('x', length) + "ClientWebSocket"), "WebSocket", TestContext.Current.CancellationToken));
    }

    /// <summary>The text that opens the gate is one that a user of the type cannot avoid.</summary>
    [Fact]
    public void Every_mention_is_part_of_the_type_or_of_its_members() => Assert.Empty(Complaints(ApiTests.Table()));

    [Fact]
    public void A_wrong_mention_is_noticed() => Assert.Single(Complaints([("Wrong", new("System.Net.WebSockets.WebSocket", "WebSokcet"))]));

    [Fact]
    public void The_catalogue_makes_each_rule() => Assert.All(Catalogued.All, r => Assert.IsType(r.GetType(), RuleCatalogue.Create(r.Descriptors[0].Id)));

    /// <summary>A client pays for no rule of the server.</summary>
    [Fact]
    public void A_rule_is_made_where_its_words_are()
    {
        var open = Open(Compile("class C { async Task M(ClientWebSocket s, Uri u) => await s.ConnectAsync(u, default); }"));
        Assert.Contains("WS1010", open);
        Assert.DoesNotContain("WS3001", open);
        Assert.DoesNotContain("WS9002", open);
    }

    private static IReadOnlyList<string> Open(Compilation compilation) =>
        [.. new[] { RuleCatalogue.WarningUses, RuleCatalogue.SuggestionUses }.SelectMany(uses => Gate.Open(uses, WordsOf(compilation), compilation, new AnalyzerOptions([]).AnalyzerConfigOptionsProvider))];

    private static IReadOnlyList<Subscription> Live(params string[] files) => Subscriptions.In(WordsOf(Compile(files)));

    private static Words WordsOf(Compilation compilation) => new(compilation, TestContext.Current.CancellationToken);

    private static CSharpCompilation Compile(params string[] files) => CSharpCompilation.Create("Program", files.Select(Parse));

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text);

    private static List<string> Complaints(IEnumerable<(string Field, ApiType Type)> types)
    {
        var compilation = CSharpCompilation.Create("Names", references: References.Net10WithPolly);
        return
        [
            .. from type in types
               where type.Type.Mention is { } mention
                     && !type.Type.MetadataName.Contains(mention, StringComparison.Ordinal)
                     && !compilation.GetTypesByMetadataName(type.Type.MetadataName).Any(t => t.GetMembers().Any(m => m.Name.Contains(mention, StringComparison.Ordinal)))
               select $"{type.Field}: neither its name nor a member of it contains '{type.Type.Mention}'.",
        ];
    }
}

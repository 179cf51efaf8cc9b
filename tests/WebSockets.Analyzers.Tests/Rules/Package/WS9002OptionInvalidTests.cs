using System.Text.RegularExpressions;
using WebSockets.Analyzers.Rules.Package;

namespace WebSockets.Analyzers.Tests.Rules.Package;

public partial class WS9002OptionInvalidTests
{
    private const string Source = "class C { }";
    private const string Duration = "a positive duration of at most one day, such as 60s, 500ms, 2m, 1h or 00:01:00";

    [Theory]
    [InlineData("60")]
    [InlineData("a minute")]
    [InlineData("0s")]
    [InlineData("-5s")]
    [InlineData("2d")]
    [InlineData("25h")]
    [InlineData("1e3s")]
    [InlineData("infinite")]
    public Task A_value_that_cannot_be_read(string value) => Verify<WS9002OptionInvalid>.SaysAsync(Source,
        $"The default 60s is in force, because '{value}' is no value for websockets_analyzers.idle_timeout; write {Duration}",
        new() { Options = "websockets_analyzers.idle_timeout = " + value });

    [Theory]
    [InlineData("websockets_analyzers.idle_timout", "websockets_analyzers.idle_timeout")]
    [InlineData("websockets_analyzers.keepalive_interval", "websockets_analyzers.keep_alive_interval")]
    [InlineData("websockets_analyzers.reconnect_max", "websockets_analyzers.reconnect_max_delay")]
    [InlineData("websockets_analyzers.colour", null)]
    public Task A_key_that_is_none(string key, string? meant) => Verify<WS9002OptionInvalid>.SaysAsync(Source,
        $"Nothing reads {key}, because there is no such option; " + (meant is null
            ? "the options are " + string.Join(", ", Analyzers.Core.Option.All.Select(o => o.Key))
            : $"did you mean {meant}?"),
        new() { Options = key + " = 30s" });

    [Fact]
    public Task Said_once_for_many_files() => Verify<WS9002OptionInvalid>.SaysAsync(Source,
        $"The default 30s is in force, because '?' is no value for websockets_analyzers.reconnect_max_delay; write {Duration}",
        new() { Options = "websockets_analyzers.reconnect_max_delay = ?", OtherFiles = [("/a/A.cs", "class A { }"), ("/b/B.cs", "class B { }")] });

    [Fact]
    public Task Silent_on_what_can_be_read() => Verify<WS9002OptionInvalid>.SilentAsync(Source, new()
    {
        Options = """
            websockets_analyzers.idle_timeout = 00:01:00
            websockets_analyzers.keep_alive_interval = 500ms
            websockets_analyzers.reconnect_base_delay = 1.5 s
            websockets_analyzers.reconnect_max_delay = unset
            other_analyzers.idle_timeout = sixty
            dotnet_diagnostic.WS1001.severity = warning
            """,
    });

    [Fact]
    public Task Without_any_library_and_in_half_typed_code() => Verify<WS9002OptionInvalid>.SaysAsync("class C { void M( ",
        "Nothing reads websockets_analyzers.idle_timeouts, because there is no such option; did you mean websockets_analyzers.idle_timeout?",
        Setup.Net8 with { Options = "websockets_analyzers.idle_timeouts = 30s", Compiles = false });

    public static TheoryData<string, bool> PageLines =>
        [.. from block in Block().Matches(Page.Of(WS9002OptionInvalid.Id).Text) from line in block.Groups[2].Value.Split('\n') where line.Contains('=', StringComparison.Ordinal) select (line, block.Groups[1].Value == "wrong")];

    [Theory]
    [MemberData(nameof(PageLines))]
    public async Task Each_line_of_the_page_is_what_it_is_marked_as(string line, bool wrong)
    {
        var silent = Verify<WS9002OptionInvalid>.SilentAsync(Source, new() { Options = line });
        if (wrong) Assert.Contains(WS9002OptionInvalid.Id, (await Assert.ThrowsAnyAsync<InvalidOperationException>(() => silent)).Message, StringComparison.Ordinal);
        else await silent;
    }

    [GeneratedRegex("^```ini (wrong|right)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}

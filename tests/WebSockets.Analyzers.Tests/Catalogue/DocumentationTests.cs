using System.Text.RegularExpressions;

namespace WebSockets.Analyzers.Tests.Catalogue;

/// <summary>The documentation leads somewhere, and its first commands are those that CI runs.</summary>
public partial class DocumentationTests
{
    public static TheoryData<string> Documents =>
    [
        "README.md", "CHANGELOG.md",
        .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/')),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_lead_to_files(string path) => Assert.Empty(Dead(path, Repository.Read(path)));

    [Fact]
    public void A_dead_link_is_noticed() => Assert.Equal(["no.md"], Dead("docs/README.md", "[a](options.md) [b](no.md) [c](https://example.com) [d](../README.md#limits)"));

    [Fact]
    public void The_first_commands_are_those_of_CI()
    {
        var commands = Command().Matches(Repository.Read("README.md")).Select(m => m.Groups[1].Value.Trim()).Take(2).ToList();
        Assert.Equal(["dotnet build tests/samples/IdleChat", "dotnet test"], commands);
        Assert.All(commands, c => Assert.Contains(c, Repository.Read(".ci/run"), StringComparison.Ordinal));
    }

    private static IEnumerable<string> Dead(string path, string text) =>
        from match in Link().Matches(text)
        let target = match.Groups[1].Value
        where !target.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, target.Split('#')[0]))
        select target;

    // The mark "|]" of an example is no link.
    [GeneratedRegex(@"(?<!\|)\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Command();
}

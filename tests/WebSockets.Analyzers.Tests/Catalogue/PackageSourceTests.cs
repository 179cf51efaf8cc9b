using System.Xml.Linq;

namespace WebSockets.Analyzers.Tests.Catalogue;

/// <summary>The checkout names no package source: each machine has its own.</summary>
public class PackageSourceTests
{
    [Fact]
    public void No_source_is_named() => Assert.Empty(Sources(Repository.Read("nuget.config")));

    [Theory]
    [InlineData("<configuration><packageSources><add key='a' value='https://example.com/index.json' /></packageSources></configuration>")]
    [InlineData("<configuration><config><add key='http_proxy' value='http://example.com' /></config></configuration>")]
    [InlineData("<configuration><packageSources><clear /></packageSources></configuration>")]
    public void A_named_source_is_noticed(string text) => Assert.NotEmpty(Sources(text));

    private static IEnumerable<string> Sources(string text) =>
        from element in XDocument.Parse(text).Descendants()
        where element.Name == "packageSources" || element.Attributes().Any(a => a.Value.Contains("://", StringComparison.Ordinal))
        select element.ToString();
}

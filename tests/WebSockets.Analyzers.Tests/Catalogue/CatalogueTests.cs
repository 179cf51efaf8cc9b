namespace WebSockets.Analyzers.Tests.Catalogue;

/// <summary>What holds for every rule; each check also proves on broken rules that it can fail.</summary>
public class CatalogueTests
{
    public static TheoryData<string> Names => [.. Checks.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Holds(string name) => Assert.Empty(Check(name).Complaints(RuleFacts.All));

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_silent_on_sound_rules(string name)
    {
        Assert.Empty(Check(name).Complaints([Checks.Sound]));
        Assert.Empty(Check(name).Complaints([Checks.SoundWithoutFix]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Notices_each_broken_example(string name)
    {
        Assert.NotEmpty(Check(name).Broken);
        Assert.All(Check(name).Broken, broken => Assert.NotEmpty(Check(name).Complaints(broken)));
    }

    [Fact]
    public void There_are_rules() => Assert.Contains(RuleFacts.All, r => r.Id == "WS1001");

    private static Check Check(string name) => Checks.All.Single(c => c.Name == name);
}

using Microsoft.CodeAnalysis;
using WebSockets.Analyzers.Core;

namespace WebSockets.Analyzers.Tests.Catalogue;

/// <summary>The page of a rule is its first test: the rule reports on the wrong block exactly at its marks, is silent on the right one, and the fix turns one into the other.</summary>
public class PageTests
{
    public static TheoryData<string, int> Examples => [.. from rule in Catalogued.All from index in Enumerable.Range(0, Page.Of(rule.Descriptors[0].Id).Examples.Count) select (rule.Descriptors[0].Id, index)];

    [Theory]
    [MemberData(nameof(Examples))]
    public Task Wrong_is_reported_right_is_not_and_the_fix_leads_from_one_to_the_other(string id, int index)
    {
        var rule = Catalogued.Of(id);
        var example = Page.Of(id).Examples[index];
        var method = typeof(PageTests).GetMethod(nameof(CheckAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;
        return (Task)method.MakeGenericMethod(rule.GetType()).Invoke(null, [example])!;
    }

    [Fact]
    public void A_file_stands_beside_the_examples_that_follow_it()
    {
        const string example = "```csharp wrong\nA\n```\n```csharp right\nB\n```\n";
        var page = Page.Parse($"{example}```nginx beside=a/nginx.conf\nx;\n```\n{example}```json beside=appsettings.json\n{{}}\n```\n```nginx beside=a/nginx.conf\ny;\n```\n```nginx\nz;\n```\n{example}");
        Assert.Equal(["", "a/nginx.conf x;\n", "a/nginx.conf y;\n appsettings.json {}\n"], page.Examples.Select(e => string.Join(" ", e.Files.Select(f => $"{f.Key} {f.Value}"))));
    }

    private static async Task CheckAsync<TRule>(Example example)
        where TRule : Rule, new()
    {
        var setup = new Setup
        {
            OutputKind = example.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            AdditionalFiles = [.. example.Files.Select(f => ("/" + f.Key, f.Value))],
            References = example.Uses == "polly" ? References.Net10WithPolly : References.Net10WithLibraries,
        };
        Assert.Contains("[|", example.Wrong, StringComparison.Ordinal);
        await Verify<TRule>.ReportsAsync(example.Wrong, setup);
        await Verify<TRule>.SilentAsync(example.Right, setup);
        if (Fixes.For(new TRule().Descriptors[0].Id) is { } fix)
            await Verify<TRule>.FixesAsync(example.Wrong, example.Right, example.Action is { } action ? fix.Actions[action].EquivalenceKey : fix.Actions[0].EquivalenceKey, setup);
    }
}

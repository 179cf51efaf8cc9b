using System.Reflection;
using WebSockets.Analyzers.Core;

namespace WebSockets.Analyzers.Tests.Catalogue;

/// <summary>The options are listed, well-formed and documented.</summary>
public class OptionTests
{
    [Fact]
    public void Every_option_is_listed() => Assert.Empty(Unlisted(Declared(), Option.All));

    [Fact]
    public void An_unlisted_option_is_noticed() => Assert.Single(Unlisted(Declared(), Option.All.Remove(Option.IdleTimeout)));

    [Fact]
    public void Every_option_is_well_formed() => Assert.Empty(Option.All.SelectMany(Malformed));

    [Fact]
    public void A_malformed_option_is_noticed()
    {
        Assert.NotEmpty(Malformed(Option.IdleTimeout with { Name = "IdleTimeout" }));
        Assert.NotEmpty(Malformed(Option.IdleTimeout with { Meaning = "how long" }));
        Assert.NotEmpty(Malformed(Option.IdleTimeout with { AcceptedForm = "" }));
    }

    [Fact]
    public void Every_option_is_documented() => Assert.Empty(Undocumented(Repository.Read("docs/options.md")));

    [Fact]
    public void An_undocumented_option_is_noticed() =>
        Assert.Single(Undocumented(Repository.Read("docs/options.md").Replace(Option.IdleTimeout.Key, "", StringComparison.Ordinal)));

    private static IEnumerable<OptionDefinition> Declared() =>
        from field in typeof(Option).GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where field.FieldType.IsSubclassOf(typeof(OptionDefinition))
        select (OptionDefinition)field.GetValue(null)!;

    private static IEnumerable<string> Unlisted(IEnumerable<OptionDefinition> declared, IEnumerable<OptionDefinition> listed) => declared.Except(listed).Select(o => $"{o.Name} is not in Option.All.");

    private static IEnumerable<string> Malformed(OptionDefinition option)
    {
        if (option.Name.Any(c => !char.IsAsciiLetterLower(c) && c != '_')) yield return $"{option.Name}: lower case and underscores.";
        if (!option.Accepts(option.DefaultText)) yield return $"{option.Name}: the default cannot be read.";
        if (option.Meaning.Length == 0 || !char.IsUpper(option.Meaning[0]) || option.Meaning[^1] != '.') yield return $"{option.Name}: the meaning is whole sentences.";
        if (option.AcceptedForm.Length < 5 || option.AcceptedForm[^1] == '.') yield return $"{option.Name}: the accepted form is part of a sentence.";
    }

    private static IEnumerable<string> Undocumented(string page) =>
        from option in Option.All
        where !page.Contains($"`{option.Key}`", StringComparison.Ordinal) || !page.Contains(option.Meaning, StringComparison.Ordinal)
        select $"{option.Key} is not explained in docs/options.md.";
}

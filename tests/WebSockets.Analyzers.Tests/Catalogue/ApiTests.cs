using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Tests.Catalogue;

/// <summary>Every name in the table of library types is the name of a real type: a misspelt one would switch its rules off without a word.</summary>
public class ApiTests
{
    // Test frameworks other than the one that runs this are not worth a reference.
    private static readonly ImmutableArray<string> Absent = [nameof(Api.NUnitTest), nameof(Api.MSTestTestMethod), nameof(Api.TUnitTest)];

    [Fact]
    public void Every_type_resolves() => Assert.Empty(Complaints(Table(), Absent));

    [Fact]
    public void A_misspelt_type_is_noticed() => Assert.Single(Complaints(Table().Append(("Socket", new("System.Net.WebSockets.ClientWebSockets"))), Absent));

    [Fact]
    public void A_needless_exception_is_noticed() => Assert.Single(Complaints(Table(), Absent.Add(nameof(Api.WebSocket))));

    [Fact]
    public void An_exception_for_nothing_is_noticed() => Assert.Single(Complaints(Table(), Absent.Add("Nothing")));

    /// <summary>The types of the table, by the names of their fields.</summary>
    internal static IEnumerable<(string Field, ApiType Type)> Table() =>
        from field in typeof(Api).GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where field.FieldType == typeof(ApiType)
        select (field.Name, (ApiType)field.GetValue(null)!);

    private static List<string> Complaints(IEnumerable<(string Field, ApiType Type)> table, ImmutableArray<string> absent)
    {
        var own = MetadataReference.CreateFromFile(typeof(FactAttribute).Assembly.Location);
        var compilation = CSharpCompilation.Create("Names", references: References.Net10WithPolly.Add(own));
        var names = table.ToList();
        Assert.NotEmpty(names);
        return
        [
            .. from name in names
               let found = !compilation.GetTypesByMetadataName(name.Type.MetadataName).IsEmpty
               where found == absent.Contains(name.Field)
               select found ? $"{name.Field} is said to be absent, and it is there." : $"{name.Field}: there is no type {name.Type.MetadataName}.",
            .. absent.Where(a => names.All(n => n.Field != a)).Select(a => $"{a} is said to be absent, and no rule asks for it."),
        ];
    }
}

using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Versioning;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Core;

namespace WebSockets.Analyzers.Tests.Catalogue;

/// <summary>
/// The shipped assemblies ask for nothing that the oldest supported host does not have: a reference to a newer assembly fails to load there (CS8032), and with it every rule.
/// </summary>
public class ShippedAssembliesTests
{
    // What the hosts of Roslyn 4.8.0 carry: Roslyn itself, and the versions that its packages ask for.
    private static readonly ImmutableDictionary<string, Version> Carried = new Dictionary<string, Version>
    {
        ["netstandard"] = new(2, 0, 0, 0),
        ["Microsoft.CodeAnalysis"] = new(4, 8, 0, 0),
        ["Microsoft.CodeAnalysis.CSharp"] = new(4, 8, 0, 0),
        ["Microsoft.CodeAnalysis.Workspaces"] = new(4, 8, 0, 0),
        ["Microsoft.CodeAnalysis.CSharp.Workspaces"] = new(4, 8, 0, 0),
        ["System.Collections.Immutable"] = new(7, 0, 0, 0),
        ["System.Reflection.Metadata"] = new(7, 0, 0, 0),
        ["System.Memory"] = new(4, 0, 1, 2),
        ["System.Buffers"] = new(4, 0, 3, 0),
        ["System.Numerics.Vectors"] = new(4, 1, 4, 0),
        ["System.Runtime.CompilerServices.Unsafe"] = new(6, 0, 0, 0),
        ["System.Threading.Tasks.Extensions"] = new(4, 2, 0, 1),
        ["System.Composition.AttributedModel"] = new(7, 0, 0, 0),
    }.ToImmutableDictionary();

    public static TheoryData<string> Assemblies => [.. Shipped.Select(a => a.GetName().Name!)];

    private static ImmutableArray<Assembly> Shipped => [typeof(Rule).Assembly, typeof(WebSocketsFix).Assembly];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void References_nothing_newer_than_the_floor(string name)
    {
        var references = Shipped.Single(a => a.GetName().Name == name).GetReferencedAssemblies();
        Assert.NotEmpty(references);
        Assert.Empty(Complaints(references));
    }

    [Theory]
    [InlineData("System.Collections.Immutable, Version=8.0.0.0")]
    [InlineData("Microsoft.CodeAnalysis, Version=4.9.0.0")]
    [InlineData("System.Text.Json, Version=7.0.0.0")]
    public void A_reference_to_something_newer_or_unknown_is_noticed(string reference) => Assert.Single(Complaints([new(reference)]));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Runs_on_every_host(string name) =>
        Assert.Equal(".NETStandard,Version=v2.0", Shipped.Single(a => a.GetName().Name == name).GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName);

    [Fact]
    public void The_analyzers_do_not_need_the_workspaces() =>
        Assert.DoesNotContain(typeof(Rule).Assembly.GetReferencedAssemblies(), r => r.Name!.Contains("Workspaces", StringComparison.Ordinal));

    private static IEnumerable<string> Complaints(IEnumerable<AssemblyName> references) =>
        from reference in references
        where Shipped.All(s => s.GetName().Name != reference.Name)
        let carried = Carried.GetValueOrDefault(reference.Name!)
        where carried is null || reference.Version > carried
        select carried is null ? $"{reference.Name} is not in every host." : $"{reference.Name} {reference.Version} is newer than {carried}.";
}

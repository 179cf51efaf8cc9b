using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace WebSockets.Analyzers.Model;

/// <summary>
/// Test code: a method or type that carries a test attribute, or anything in a compilation that uses a test framework.
/// </summary>
internal sealed class TestCode(CompilationModel model)
{
    private static readonly ApiType[] Frameworks = [Api.XunitFact, Api.NUnitTest, Api.MSTestTestMethod, Api.TUnitTest];

    // Names and attributes count as the references do: sources are looked at before their packages are restored, too.
    private static readonly string[] Usings = ["using Xunit", "using NUnit.Framework", "using Microsoft.VisualStudio.TestTools.UnitTesting", "using TUnit"];

    private readonly Lazy<bool> _usesFramework = new(() =>
        Frameworks.Any(f => model.Types.Get(f) is not null) || Usings.Any(u => Texts.Mentions(model.Compilation, u, CancellationToken.None)));

    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _types = new(SymbolEqualityComparer.Default);

    private static readonly HashSet<string> AttributeNames = new(StringComparer.Ordinal)
    {
        "FactAttribute", "TheoryAttribute", "TestAttribute", "TestCaseAttribute", "TestMethodAttribute", "DataTestMethodAttribute", "TestClassAttribute", "TestFixtureAttribute",
        "Fact", "Theory", "Test", "TestCase", "TestMethod", "DataTestMethod", "TestClass", "TestFixture",
    };

    public bool Contains(ISymbol? symbol)
    {
        if (_usesFramework.Value) return true;
        for (; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
            if (symbol is INamedTypeSymbol type ? _types.GetOrAdd(type, HoldsTests) : HasTestAttribute(symbol)) return true;
        return false;
    }

    private static bool HoldsTests(INamedTypeSymbol type) => HasTestAttribute(type) || type.GetMembers().Any(m => m is IMethodSymbol && HasTestAttribute(m));

    private static bool HasTestAttribute(ISymbol symbol) => symbol.GetAttributes().Any(a => a.AttributeClass is { } c && AttributeNames.Contains(c.Name));
}

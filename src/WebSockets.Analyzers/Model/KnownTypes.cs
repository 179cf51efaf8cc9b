using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace WebSockets.Analyzers.Model;

/// <summary>The library types of one compilation, looked up when first asked for; null when the library is not referenced.</summary>
internal sealed class KnownTypes(Compilation compilation)
{
    private readonly ConcurrentDictionary<ApiType, INamedTypeSymbol?> _types = new();

    public INamedTypeSymbol? Get(ApiType type) => _types.TryGetValue(type, out var known) ? known : _types[type] = Resolve(type.MetadataName);

    public bool Is(ITypeSymbol? symbol, ApiType type) =>
        symbol is not null && Get(type) is { } known && SymbolEqualityComparer.Default.Equals(symbol.OriginalDefinition, known);

    /// <summary>The type itself or one that derives from it or implements it.</summary>
    public bool IsOrInherits(ITypeSymbol? symbol, ApiType type)
    {
        if (symbol is null || Get(type) is not { } known) return false;
        for (var t = symbol; t is not null; t = t.BaseType)
            if (SymbolEqualityComparer.Default.Equals(t.OriginalDefinition, known)) return true;
        return known.TypeKind == TypeKind.Interface && symbol.AllInterfaces.Any(i => SymbolEqualityComparer.Default.Equals(i.OriginalDefinition, known));
    }

    /// <summary>Is the symbol a member of that name of that type?</summary>
    public bool IsMember(ISymbol? symbol, ApiType type, string name) => symbol is not null && symbol.Name == name && Is(symbol.ContainingType, type);

    private INamedTypeSymbol? Resolve(string metadataName)
    {
#pragma warning disable RS0030 // The one place that looks types up.
        var type = compilation.GetTypeByMetadataName(metadataName);
#pragma warning restore RS0030
        // Null also when two references define the type: take the first, as a polyfill beside the real one must not switch rules off.
        type ??= compilation.GetTypesByMetadataName(metadataName).FirstOrDefault(t => t.DeclaredAccessibility == Accessibility.Public);
        // A type of the user's own is a look-alike, whatever its namespace.
        return type is null || SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly) ? null : type;
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace WebSockets.Analyzers.Tests.Verification;

/// <summary>What the tested code is compiled against: the reference packs of two frameworks and, on the newer one, the libraries.</summary>
internal static class References
{
    /// <summary>.NET 8 with ASP.NET Core: no KeepAliveTimeout.</summary>
    public static ImmutableArray<MetadataReference> Net8 { get; } = Framework("8");

    /// <summary>.NET 10 with ASP.NET Core.</summary>
    public static ImmutableArray<MetadataReference> Net10 { get; } = Framework("10");

    /// <summary>.NET 10 with ASP.NET Core, the SignalR client, YARP and Websocket.Client.</summary>
    public static ImmutableArray<MetadataReference> Net10WithLibraries { get; } = Net10.AddRange(Libraries("SignalR.Client", "Http.Connections.Client", "Yarp", "Websocket.Client", "System.Reactive", "RecyclableMemoryStream"));

    /// <summary>The same with Polly.Core.</summary>
    public static ImmutableArray<MetadataReference> Net10WithPolly { get; } = Net10WithLibraries.AddRange(Libraries("Polly.Core"));

    private static ImmutableArray<MetadataReference> Framework(string version) =>
        [.. from pack in new[] { "microsoft.netcore.app.ref", "microsoft.aspnetcore.app.ref" }
            let folder = Path.Combine(Repository.Metadata("Packages"), pack, Repository.Metadata("RefPack" + version), "ref", $"net{version}.0")
            from file in Directory.GetFiles(folder, "*.dll")
            select MetadataReference.CreateFromFile(file)];

    private static IEnumerable<MetadataReference> Libraries(params string[] names) =>
        from file in Directory.GetFiles(AppContext.BaseDirectory, "*.dll")
        where names.Any(n => Path.GetFileName(file).Contains(n, StringComparison.Ordinal))
        select MetadataReference.CreateFromFile(file);
}

using System.Collections.Immutable;
using WebSockets.Analyzers.Package.Tests;
using WebSockets.Analyzers.Tests.Verification;

[assembly: AssemblyFixture(typeof(Workspace))]

namespace WebSockets.Analyzers.Package.Tests;

/// <summary>
/// Everything that takes long, done once: the package is packed under a version of its own, all consumers are restored and built, and a copy of the examples is fixed by
/// <c>dotnet format</c> and built. The tests read what came out.
/// </summary>
public sealed class Workspace : IAsyncLifetime
{
    /// <summary>WS1001 in code of no particular framework.</summary>
    internal const string Wrong = """
        using System;
        using System.Net.WebSockets;

        public class IdleFeed
        {
            public ClientWebSocket Open()
            {
                var socket = new ClientWebSocket();
                socket.Options.KeepAliveInterval = TimeSpan.Zero;
                return socket;
            }
        }

        """;

    /// <summary>Consumers that must build.</summary>
    internal static ImmutableArray<Consumer> Green { get; } = [.. Examples("examples"), .. PresetTests.Consumers, .. ConsumerTests.Consumers, .. ConfigurationFilesTests.Consumers];

    // Beneath the checkout, where the package sources of the checkout are in force, and in a folder with a blank, as users have them.
    internal string Folder { get; } = Path.Combine(Repository.Root, "artifacts", "package tests", DateTime.UtcNow.Ticks.ToString(null, null));

    internal string Version { get; } = $"0.1.0-test.{DateTime.UtcNow.Ticks}";

    internal string Package => Path.Combine(Folder, "feed", $"WebSockets.Analyzers.{Version}.nupkg");

    /// <summary>What the build of the consumers printed.</summary>
    internal string BuildOutput { get; private set; } = "";

    internal string FormatOutput { get; private set; } = "";

    private IReadOnlyDictionary<string, string> Environment => Dotnet.Isolated(Path.Combine(Folder, "packages"));

    /// <summary>A project for each example of each page.</summary>
    internal static ImmutableArray<Consumer> Examples(string folder) =>
    [
        .. from rule in Catalogued.All
           let id = rule.Descriptors[0].Id
           from example in Page.Of(id).Examples.Select((e, i) => (Example: e, Index: i))
           select Consumer.Of($"{folder}/{id}_{example.Index}", example.Example),
    ];

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "feed"));
        await Dotnet.RunAsync(Repository.Root, Dotnet.Plain, "pack", "src/WebSockets.Analyzers.Package", "--no-build", "-c", Repository.Metadata("Configuration"), "-o", Path.Combine(Folder, "feed"), $"-p:PackageVersion={Version}");

        var fixable = Examples("formatted");
        WriteSurroundings();
        foreach (var consumer in Green.Concat(fixable).Append(ConsumerTests.Failing)) consumer.Write(Folder, Version);
        WriteSolution("all", [.. Green, .. fixable, ConsumerTests.Failing]);
        WriteSolution("green", Green);
        WriteSolution("formatted", fixable);

        await Dotnet.RunAsync(Folder, Environment, "restore", "all.slnx");
        BuildOutput = await Dotnet.RunAsync(Folder, Environment, "build", "green.slnx", "--no-restore");
        FormatOutput = await Dotnet.RunAsync(Folder, Environment, "format", "analyzers", "formatted.slnx", "--severity", "warn", "--no-restore");
        await Dotnet.RunAsync(Folder, Environment, "build", "formatted.slnx", "--no-restore");
    }

    public ValueTask DisposeAsync()
    {
        // Set the variable for a look at what was built.
        if (System.Environment.GetEnvironmentVariable("WEBSOCKETS_KEEP_PACKAGE_TESTS") is null) Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    internal Task<(int Code, string Output)> TryBuildAsync(Consumer consumer) => Dotnet.TryAsync(Folder, Environment, "build", consumer.Path, "--no-restore");

    internal ImmutableArray<Finding> Findings(string name)
    {
        var findings = Log.Read(Path.Combine(Folder, name, "log.sarif"));
        // The compiler could not load or run an analyzer.
        Assert.DoesNotContain(findings, f => f.Id is "AD0001" or "CS8032" or "CS8033" or "CS8034" or "CS8785" or "CS9057");
        return findings;
    }

    internal string Read(string name, string file) => File.ReadAllText(Path.Combine(Folder, name, file)).ReplaceLineEndings("\n");

    private void WriteSurroundings()
    {
        // These stop what the checkout has set for itself.
        Write("Directory.Build.props", """
            <Project>
              <PropertyGroup>
                <Nullable>enable</Nullable>
                <ImplicitUsings>disable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
                <!-- The SDK's own analyzers take longer than all else here; the projects of each kind have them. -->
                <EnableNETAnalyzers>false</EnableNETAnalyzers>
                <!-- Nobody runs the results. -->
                <UseAppHost>false</UseAppHost>
                <CopyLocalLockFileAssemblies>false</CopyLocalLockFileAssemblies>
                <GenerateDependencyFile>false</GenerateDependencyFile>
                <ProduceReferenceAssembly>false</ProduceReferenceAssembly>
                <ErrorLog>$(MSBuildProjectDirectory)/log.sarif,version=2.1</ErrorLog>
              </PropertyGroup>
            </Project>
            """);
        Write("Directory.Build.targets", """
            <Project>
              <Target Name="WriteInputs" AfterTargets="CoreCompile">
                <WriteLinesToFile File="$(MSBuildProjectDirectory)/additional.txt" Overwrite="true" Lines="@(AdditionalFiles->'%(WebSocketsKind) %(Identity)')" />
              </Target>
            </Project>
            """);
        Write("Directory.Packages.props", "<Project />");
        Write(".editorconfig", "root = true\n");
        Write("nuget.config", """
            <configuration>
              <packageSources>
                <add key="packed for this test" value="feed" />
              </packageSources>
            </configuration>
            """);
    }

    // Projects of one name need a solution folder each.
    private void WriteSolution(string name, ImmutableArray<Consumer> consumers) =>
        Write($"{name}.slnx", $"<Solution>\n{string.Join("\n", consumers.Select(c => $"<Folder Name=\"/{c.Name.Replace('/', '.')}/\"><Project Path=\"{c.Path}\" /></Folder>"))}\n</Solution>\n");

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);
}

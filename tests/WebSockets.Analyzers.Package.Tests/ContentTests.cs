using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Text;
using NuGet.Packaging;
using WebSockets.Analyzers.Tests.Verification;

namespace WebSockets.Analyzers.Package.Tests;

/// <summary>What is in the package, and nothing else.</summary>
public class ContentTests(Workspace workspace)
{
    private const string Folder = "analyzers/dotnet/cs/";

    public static TheoryData<string> Assemblies => ["WebSockets.Analyzers.dll", "WebSockets.Analyzers.CodeFixes.dll"];

    [Fact]
    public void The_entries() => Assert.Equal(
        [
            "README.md", "WebSockets.Analyzers.nuspec",
            Folder + "WebSockets.Analyzers.CodeFixes.dll", Folder + "WebSockets.Analyzers.dll",
            "buildTransitive/WebSockets.Analyzers.props", "buildTransitive/WebSockets.Analyzers.targets", "icon.png",
            "presets/all.globalconfig", "presets/client.globalconfig", "presets/none.globalconfig", "presets/proxy.globalconfig", "presets/server.globalconfig", "presets/strict.globalconfig",
        ],
        // The rest belongs to the container format.
        Reader(r => r.GetFiles().Where(f => f != "[Content_Types].xml" && !f.StartsWith("_rels/", StringComparison.Ordinal) && !f.StartsWith("package/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList()));

    [Fact]
    public void The_description() => Reader(r =>
    {
        var spec = r.NuspecReader;
        Assert.Equal("WebSockets.Analyzers", spec.GetId());
        Assert.Equal(workspace.Version, spec.GetVersion().ToString());
        Assert.True(spec.GetDevelopmentDependency());
        Assert.Empty(spec.GetDependencyGroups());
        Assert.Equal("MIT", spec.GetLicenseMetadata().License);
        Assert.Equal("README.md", spec.GetReadme());
        Assert.Equal("icon.png", spec.GetIcon());
        Assert.NotEmpty(spec.GetDescription());
        Assert.NotEmpty(spec.GetAuthors());
        Assert.StartsWith("https://", spec.GetProjectUrl(), StringComparison.Ordinal);
        Assert.Equal(spec.GetProjectUrl(), spec.GetRepositoryMetadata().Url);
        return 0;
    });

    [Fact]
    public void The_readme_is_that_of_the_repository_with_links_that_work_anywhere()
    {
        var packed = Encoding.UTF8.GetString(Bytes("README.md")).ReplaceLineEndings("\n").TrimEnd();
        var url = Reader(r => r.NuspecReader.GetProjectUrl()) + "/blob/main/";
        Assert.DoesNotContain("](docs/", packed, StringComparison.Ordinal);
        Assert.Contains($"]({url}docs/rules/WS1001.md)", packed, StringComparison.Ordinal);
        Assert.Equal(Repository.Read("README.md").TrimEnd(), packed.Replace("](" + url, "](", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_assemblies_are_those_that_were_built(string name) => Assert.Equal(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, name)), Bytes(Folder + name));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_assemblies_are_deterministic_with_symbols_inside(string name)
    {
        using var reader = new PEReader(new MemoryStream(Bytes(Folder + name)));
        var directory = reader.ReadDebugDirectory();
        Assert.Contains(directory, d => d.Type == DebugDirectoryEntryType.Reproducible);
        using var symbols = reader.ReadEmbeddedPortablePdbDebugDirectoryData(Assert.Single(directory, d => d.Type == DebugDirectoryEntryType.EmbeddedPortablePdb));
        var pdb = symbols.GetMetadataReader();
        var documents = pdb.Documents.Select(d => pdb.GetString(pdb.GetDocument(d).Name)).ToList();
        Assert.Contains(documents, d => d.EndsWith("Code.cs", StringComparison.Ordinal) || d.EndsWith("Rule.cs", StringComparison.Ordinal));
        // Paths of the machine are mapped away wherever a package for others is built.
        Assert.Equal(Repository.Metadata("PathMap").Length > 0, documents.All(d => d.StartsWith("/_/", StringComparison.Ordinal)));
    }

    private byte[] Bytes(string entry)
    {
        using var package = ZipFile.OpenRead(workspace.Package);
        using var stream = package.GetEntry(entry)!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private T Reader<T>(Func<PackageArchiveReader, T> read)
    {
        using var reader = new PackageArchiveReader(workspace.Package);
        return read(reader);
    }
}

using System.Collections.Immutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using WebSockets.Analyzers.Tests.Verification;

namespace WebSockets.Analyzers.Package.Tests;

/// <summary>A project of somebody who uses the package.</summary>
internal sealed record Consumer(string Name)
{
    public string Sdk { get; init; } = "Microsoft.NET.Sdk";

    public string Framework { get; init; } = "net10.0";

    public string OutputType { get; init; } = "Library";

    /// <summary>Lines of the project's property group.</summary>
    public string Properties { get; init; } = "";

    /// <summary>Lines of the project's item group.</summary>
    public string Items { get; init; } = "";

    /// <summary>The files, by their path in the project folder.</summary>
    public ImmutableSortedDictionary<string, string> Files { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The project file's path in the work folder.</summary>
    public string Path => $"{Name}/{Name.Split('/')[^1]}.csproj";

    /// <summary>A project with the wrong code of an example; what it references follows from the namespaces that the code names.</summary>
    public static Consumer Of(string name, params Example[] examples)
    {
        var single = examples.Length == 1;
        var code = examples.Select((e, i) => (Name: single ? "Code.cs" : $"Code{i}.cs", Text: single ? Unmarked(e) : InNamespace(Unmarked(e), $"Part{i}"))).ToList();
        return new Consumer(name)
        {
            OutputType = single && examples[0].IsProgram ? "Exe" : "Library",
            Items = References(string.Concat(code.Select(f => f.Text))),
            Files = code.Select(f => KeyValuePair.Create(f.Name, f.Text)).Concat(examples.SelectMany(e => e.Files)).ToImmutableSortedDictionary(),
        };
    }

    public void Write(string folder, string version)
    {
        var text = $"""
            <Project Sdk="{Sdk}">
              <PropertyGroup>
                <TargetFramework>{Framework}</TargetFramework>
                <OutputType>{OutputType}</OutputType>
                {Properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="WebSockets.Analyzers" Version="{version}" PrivateAssets="all" />
                {Items}
              </ItemGroup>
            </Project>
            """;
        foreach (var (name, content) in Files.Add(System.IO.Path.GetFileName(Path), text))
        {
            var file = System.IO.Path.Combine(folder, Name, name);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            File.WriteAllText(file, content);
        }
    }

    private static string Unmarked(Example example) => example.Wrong.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);

    private static string InNamespace(string code, string name) => Regex.Replace(code, @"\A((?:using [^\n]*\n|\s*\n)*)", "$1namespace " + name + ";\n\n");

    private static string References(string code)
    {
        var lines = new List<string>();
        if (code.Contains("Microsoft.AspNetCore.", StringComparison.Ordinal) || code.Contains("Yarp.", StringComparison.Ordinal) || code.Contains("Microsoft.Extensions.", StringComparison.Ordinal))
            lines.Add("<FrameworkReference Include=\"Microsoft.AspNetCore.App\" />");
        foreach (var (mention, package) in new[]
        {
            ("Microsoft.AspNetCore.SignalR.Client", "Microsoft.AspNetCore.SignalR.Client"), ("Yarp.ReverseProxy", "Yarp.ReverseProxy"),
            ("using Websocket.Client", "Websocket.Client"), ("using Polly", "Polly.Core"),
        })
        {
            if (code.Contains(mention, StringComparison.Ordinal)) lines.Add($"<PackageReference Include=\"{package}\" Version=\"{Version(package)}\" />");
        }
        return string.Join("\n", lines);
    }

    private static string Version(string package) =>
        XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion").Single(e => e.Attribute("Include")!.Value == package).Attribute("Version")!.Value;
}

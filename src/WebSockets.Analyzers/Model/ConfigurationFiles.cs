using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WebSockets.Analyzers.Model.Nginx;

namespace WebSockets.Analyzers.Model;

/// <summary>The files beside the code that the project hands over: settings, and what nginx reads. Read when first asked for.</summary>
internal sealed class ConfigurationFiles(AnalyzerOptions options)
{
    // Written by the package's targets; files that a project hands over without them are known by their names.
    private const string Kind = "build_metadata.AdditionalFiles.WebSocketsKind";

    private IReadOnlyList<NginxFile>? _nginx;
    private IReadOnlyList<(string Path, string Text)>? _appSettings;

    public IReadOnlyList<NginxFile> Nginx(CancellationToken cancellation) => _nginx ??=
        [.. from file in options.AdditionalFiles
            where Is(file, "Nginx", IsNginxName)
            let text = file.GetText(cancellation)
            where text is not null
            select NginxFile.Of(file.Path, text)];

    /// <summary>Does one of the <c>appsettings</c> files contain it?</summary>
    public bool HasSetting(Regex setting, bool inDevelopment, CancellationToken cancellation) =>
        (_appSettings ??=
            [.. from file in options.AdditionalFiles
                where Is(file, "AppSettings", IsAppSettingsName)
                let text = file.GetText(cancellation)
                where text is not null
                select (file.Path, text.ToString())])
        .Any(f => (inDevelopment || f.Path.IndexOf(".Development.", StringComparison.OrdinalIgnoreCase) < 0) && setting.IsMatch(f.Text));

    private bool Is(AdditionalText file, string kind, Func<string, bool> isNamedSo) =>
        options.AnalyzerConfigOptionsProvider.GetOptions(file).TryGetValue(Kind, out var said) && said.Length > 0
            ? said.Equals(kind, StringComparison.OrdinalIgnoreCase)
            : isNamedSo(file.Path.Replace('\\', '/'));

    private static bool IsAppSettingsName(string path) => Named(path, "appsettings", ".json");

    // The patterns of the targets.
    private static bool IsNginxName(string path) =>
        Named(path, "nginx", ".conf") || Named(path, "", ".nginx") || Named(path, "", ".nginx.conf") || Named(path, "", ".conf.template")
        || Named(path, "", ".conf") && Folders(path) is { Length: > 0 } folders && (folders.Contains("nginx", StringComparer.OrdinalIgnoreCase) || folders[folders.Length - 1].Equals("conf.d", StringComparison.OrdinalIgnoreCase))
        || Folders(path).LastOrDefault() is { } folder && (folder.Equals("sites-available", StringComparison.OrdinalIgnoreCase) || folder.Equals("sites-enabled", StringComparison.OrdinalIgnoreCase));

    private static bool Named(string path, string start, string end) =>
        Path.GetFileName(path) is var name && name.StartsWith(start, StringComparison.OrdinalIgnoreCase) && name.EndsWith(end, StringComparison.OrdinalIgnoreCase);

    private static string[] Folders(string path) => path.Split('/') is var parts ? [.. parts.Take(parts.Length - 1)] : [];
}

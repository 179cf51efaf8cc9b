using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace WebSockets.Analyzers.Proofs.Rig;

/// <summary>Top-level statements in a process of their own: for programs that end only when somebody ends them.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly StringBuilder _errors = new();

    private Child(Process process, DirectoryInfo folder) => (_process, _folder) = (process, folder);

    /// <summary>The unhandled exception that ended it, as <see cref="Outcome.Say"/> would say it; empty where there was none.</summary>
    public string Exception
    {
        get
        {
            lock (_errors)
            {
                var line = _errors.ToString().Split('\n').FirstOrDefault(l => l.StartsWith("Unhandled exception. ", StringComparison.Ordinal));
                if (line is null) return "";
                var text = line["Unhandled exception. ".Length..];
                // The runtime writes the full name of the type, and behind a WebSocketException's its number.
                var colon = text.IndexOf(':', StringComparison.Ordinal);
                return text[..colon].Split('.')[^1].Split(' ')[0] + text[colon..].TrimEnd();
            }
        }
    }

    public static Child Start(Code code, Uri address)
    {
        var folder = Directory.CreateTempSubdirectory("proof");
        var (name, image) = code.Compile(address);
        var file = Path.Combine(folder.FullName, name + ".dll");
        File.WriteAllBytes(file, image);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "WebSockets.Analyzers.Proofs.runtimeconfig.json"), Path.ChangeExtension(file, ".runtimeconfig.json"));
        var host = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        var child = new Child(new Process { StartInfo = new(host, ["exec", file]) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true } }, folder);
        child._process.ErrorDataReceived += (_, line) =>
        {
            lock (child._errors) child._errors.AppendLine(line.Data);
        };
        child._process.OutputDataReceived += (_, _) => { };
        child._process.Start();
        child._process.BeginErrorReadLine();
        child._process.BeginOutputReadLine();
        return child;
    }

    public async Task<bool> ExitsAsync(TimeSpan within)
    {
        using var timeout = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void Kill()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}

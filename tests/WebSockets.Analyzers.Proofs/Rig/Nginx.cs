using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace WebSockets.Analyzers.Proofs.Rig;

/// <summary>A real nginx in front of a port on loopback, with one location. Where nginx is not installed, the proof that asks for one is skipped and says so.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    /// <summary>What a location needs to pass WebSockets on.</summary>
    public const string Upgrades = "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;";

    // nginx takes no port 0: between the choice of a free one and its use somebody else may be faster.
    private const int Attempts = 5;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);

    private static readonly string? Executable = new[] { "/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin" }
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        .Select(folder => Path.Combine(folder, "nginx")).FirstOrDefault(File.Exists);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly StringBuilder _errors = new();

    private Nginx(DirectoryInfo folder, int port)
    {
        _folder = folder;
        Port = port;
        _process = new Process
        {
            StartInfo = new(Executable!, ["-p", folder.FullName, "-c", "nginx.conf", "-e", "stderr"]) { RedirectStandardError = true },
        };
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors) _errors.AppendLine(line.Data);
        };
    }

    public int Port { get; }

    public Uri Uri => new($"ws://127.0.0.1:{Port}/ws");

    /// <summary>What nginx wrote into its error log.</summary>
    public string Errors
    {
        get
        {
            lock (_errors) return _errors.ToString();
        }
    }

    /// <summary>Starts nginx before the target; skips the test where there is none.</summary>
    /// <param name="target">The WebSocket on loopback that it passes requests on to.</param>
    /// <param name="location">The directives of the location besides <c>proxy_pass</c>.</param>
    /// <exception cref="InvalidOperationException">nginx does not take the configuration, or does not listen in time.</exception>
    public static async Task<Nginx> StartAsync(Uri target, string location)
    {
        Assert.SkipWhen(Executable is null, "nginx is not installed (Debian: apt-get install nginx-light).");
        for (int attempt = 1; ; attempt++)
        {
            var folder = Directory.CreateTempSubdirectory("proof-nginx");
            var nginx = new Nginx(folder, FreePort());
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "nginx.conf"), nginx.Configuration(target, location));
            nginx._process.Start();
            nginx._process.BeginErrorReadLine();
            if (await nginx.ListensAsync())
            {
                await WarmUpAsync(target);
                return nginx;
            }
            await nginx.DisposeAsync();
            if (attempt == Attempts || !nginx.Errors.Contains("Address already in use", StringComparison.Ordinal))
                throw new InvalidOperationException($"nginx does not start: {nginx.Errors}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    // One process, in the foreground: it ends when it is killed, and leaves no worker.
    private string Configuration(Uri target, string location) => string.Create(CultureInfo.InvariantCulture, $$"""
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log stderr info;
        events { worker_connections 256; }
        http {
            access_log off;
            client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
            server {
                listen 127.0.0.1:{{Port}};
                location / {
                    proxy_pass http://127.0.0.1:{{target.Port}};
                    {{location}}
                }
            }
        }
        """);

    private async Task<bool> ListensAsync()
    {
        var clock = Stopwatch.StartNew();
        while (!_process.HasExited && clock.Elapsed < StartLimit)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                // Somebody else may listen there, and nginx be about to say that it cannot.
                await Task.Delay(50);
                return !_process.HasExited;
            }
            catch (SocketException)
            {
                await Task.Delay(20);
            }
        }
        return false;
    }

    // The read timeout counts for the handshake as well; how long a server takes for its first one is not what proofs are about.
    private static async Task WarmUpAsync(Uri target)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(target, CancellationToken.None);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

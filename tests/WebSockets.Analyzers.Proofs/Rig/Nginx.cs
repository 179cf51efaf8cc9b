using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

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

    private Nginx(DirectoryInfo folder, int port, string scheme)
    {
        _folder = folder;
        Port = port;
        Uri = new($"{scheme}://127.0.0.1:{port}/ws");
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

    public Uri Uri { get; }

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
        var nginx = await StartAsync("ws", null, nginx => $$"""
            server {
                listen 127.0.0.1:{{nginx.Port}};
                location / {
                    proxy_pass http://127.0.0.1:{{target.Port}};
                    {{location}}
                }
            }
            """);
        await WarmUpAsync(target);
        return nginx;
    }

    /// <summary>Starts nginx with a file as it stands on a page: its port 443, its certificate and its upstream 127.0.0.1:5000 are replaced by those of the proof, and clients come with TLS.</summary>
    /// <param name="target">The server on loopback that it passes requests on to.</param>
    /// <param name="file">The file of the page.</param>
    /// <param name="port">The port at which it listens.</param>
    /// <exception cref="InvalidOperationException">nginx does not take the configuration, or does not listen in time.</exception>
    public static Task<Nginx> StartTlsAsync(Uri target, string file, int port) => StartAsync("wss", port, nginx =>
    {
        var (certificate, key) = nginx.WriteCertificate();
        var here = file.Replace("listen 443 ssl", $"listen 127.0.0.1:{nginx.Port} ssl", StringComparison.Ordinal).Replace("http://127.0.0.1:5000", $"http://127.0.0.1:{target.Port}", StringComparison.Ordinal);
        here = Regex.Replace(here, "ssl_certificate [^;]+;", $"ssl_certificate {certificate};");
        return Regex.Replace(here, "ssl_certificate_key [^;]+;", $"ssl_certificate_key {key};");
    });

    /// <summary>A port at which nobody listens now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<Nginx> StartAsync(string scheme, int? port, Func<Nginx, string> server)
    {
        Assert.SkipWhen(Executable is null, "nginx is not installed (Debian: apt-get install nginx-light).");
        for (int attempt = 1; ; attempt++)
        {
            var folder = Directory.CreateTempSubdirectory("proof-nginx");
            var nginx = new Nginx(folder, port ?? FreePort(), scheme);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "nginx.conf"), Configuration(server(nginx)));
            nginx._process.Start();
            nginx._process.BeginErrorReadLine();
            if (await nginx.ListensAsync()) return nginx;
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
    private static string Configuration(string server) => $$"""
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log stderr info;
        events { worker_connections 256; }
        http {
            access_log off;
            client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
            {{server}}
        }
        """;

    /// <summary>A self-signed certificate for loopback, and its key, in files.</summary>
    private (string Certificate, string Key) WriteCertificate()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (certificateFile, keyFile) = (Path.Combine(_folder.FullName, "certificate.pem"), Path.Combine(_folder.FullName, "key.pem"));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificateFile, keyFile);
    }

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
}

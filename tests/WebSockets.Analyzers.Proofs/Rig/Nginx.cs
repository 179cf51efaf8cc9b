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

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);

    private static readonly string? Executable = new[] { "/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin" }
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        .Select(folder => Path.Combine(folder, "nginx")).FirstOrDefault(File.Exists);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly ReservedPort _port;
    private readonly StringBuilder _errors = new();

    private Nginx(DirectoryInfo folder, ReservedPort port, string scheme)
    {
        _folder = folder;
        _port = port;
        Uri = new($"{scheme}://127.0.0.1:{port.Number}/ws");
        _process = new Process
        {
            StartInfo = new(Executable!, ["-p", folder.FullName, "-c", "nginx.conf", "-e", "stderr"]) { RedirectStandardError = true },
        };
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors) _errors.AppendLine(line.Data);
        };
    }

    public int Port => _port.Number;

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
        var nginx = await StartAsync("ws", new(), nginx => $$"""
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
    /// <param name="port">The port at which it listens; nginx keeps it to itself.</param>
    /// <exception cref="InvalidOperationException">nginx does not take the configuration, or does not listen in time.</exception>
    public static Task<Nginx> StartTlsAsync(Uri target, string file, ReservedPort port) => StartAsync("wss", port, nginx =>
    {
        var (certificate, key) = nginx.WriteCertificate();
        var here = file.Replace("listen 443 ssl", $"listen 127.0.0.1:{nginx.Port} ssl", StringComparison.Ordinal).Replace("http://127.0.0.1:5000", $"http://127.0.0.1:{target.Port}", StringComparison.Ordinal);
        here = Regex.Replace(here, "ssl_certificate [^;]+;", $"ssl_certificate {certificate};");
        return Regex.Replace(here, "ssl_certificate_key [^;]+;", $"ssl_certificate_key {key};");
    });

    private static async Task<Nginx> StartAsync(string scheme, ReservedPort port, Func<Nginx, string> server)
    {
        Assert.SkipWhen(Executable is null, "nginx is not installed (Debian: apt-get install nginx-light).");
        var folder = Directory.CreateTempSubdirectory("proof-nginx");
        var nginx = new Nginx(folder, port, scheme);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "nginx.conf"), Configuration(server(nginx)));
        nginx._process.Start();
        nginx._process.BeginErrorReadLine();
        if (await nginx.ListensAsync()) return nginx;
        await nginx.DisposeAsync();
        throw new InvalidOperationException($"nginx does not start: {nginx.Errors}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _port.Dispose();
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

    // nginx says so when it has its port. (That somebody accepts a connection would say less.)
    private async Task<bool> ListensAsync()
    {
        var clock = Stopwatch.StartNew();
        while (!_process.HasExited && clock.Elapsed < StartLimit)
        {
            if (Errors.Contains("event method", StringComparison.Ordinal)) return true;
            await Task.Delay(20);
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

/// <summary>
/// A port on loopback that the system gives to nobody else, for programs that cannot take port 0: a socket is bound to it and does not listen,
/// and one that allows the reuse of addresses, as nginx does, may listen beside it.
/// </summary>
internal sealed class ReservedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ReservedPort()
    {
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Number = ((IPEndPoint)_socket.LocalEndPoint!).Port;
    }

    public int Number { get; }

    public void Dispose() => _socket.Dispose();
}

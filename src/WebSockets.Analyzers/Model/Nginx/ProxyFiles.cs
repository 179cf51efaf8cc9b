namespace WebSockets.Analyzers.Model.Nginx;

/// <summary>What the nginx files beside the code do with the requests that they pass on.</summary>
internal sealed class ProxyFiles(ConfigurationFiles files)
{
    private readonly object _lock = new();
    private bool _isRead;
    private (NginxFile File, NginxDirective Server)? _tlsEnd;

    /// <summary>The first server that takes TLS off: it listens with it, and passes on to an <c>http://</c> address.</summary>
    public (NginxFile File, NginxDirective Server)? TlsEnd(CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_isRead) return _tlsEnd;
            foreach (var file in files.Nginx(cancellation).Where(f => f.IsWhole))
            {
                if (file.Servers.FirstOrDefault(s => s.Block.Any(Listens) && s.Descendants().Any(PassesOn)) is not { } server) continue;
                _tlsEnd = (file, server);
                break;
            }
            _isRead = true;
            return _tlsEnd;
        }
    }

    // "ssl on" is the way of old versions. A certificate alone says nothing: it may stand beside a plain "listen".
    private static bool Listens(NginxDirective directive) =>
        directive.Is("listen") && directive.Arguments.Any(a => a.Text == "ssl") || directive.Is("ssl") && directive.Arguments.Any(a => a.Text == "on");

    private static bool PassesOn(NginxDirective directive) =>
        directive.Is("proxy_pass") && directive.Arguments.FirstOrDefault() is { } address && address.Text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
}

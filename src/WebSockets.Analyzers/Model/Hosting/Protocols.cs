using System.Text.RegularExpressions;

namespace WebSockets.Analyzers.Model;

/// <summary>Which HTTP versions the server speaks, as far as code and settings say.</summary>
internal sealed class Protocols(CompilationModel model)
{
    private static readonly Regex Http1Setting = new("\"Protocols\"\\s*:\\s*\"Http1\"", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private bool? _isHttp1Only;

    /// <summary>Can a WebSocket come over HTTP/2? It can since .NET 7.</summary>
    public bool HasSocketsOverHttp2 => model.Types.Get(Api.IHttpExtendedConnectFeature) is not null;

    /// <summary>Some endpoint is set to HTTP/1.1 alone: what is said about HTTP/2 may not hold.</summary>
    public bool IsHttp1Only(CancellationToken cancellation) => _isHttp1Only ??=
        model.Calls.Find("Http1", s => model.Types.Is(s.ContainingType, Api.HttpProtocols), cancellation) is not { Count: 0 }
        || model.Files.HasSetting(Http1Setting, inDevelopment: true, cancellation);
}

using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

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
        || model.Files.HasSetting(Http1Setting, inDevelopment: true, cancellation)
        || ListensWithoutTls(cancellation);

    /// <summary>The addresses that the code gives are all http://: without TLS nobody negotiates HTTP/2.</summary>
    private bool ListensWithoutTls(CancellationToken cancellation)
    {
        if (model.Calls.Find("UseHttps", s => model.Types.Is(s.ContainingType, Api.ListenOptionsHttpsExtensions), cancellation) is not { Count: 0 }) return false;
        var addresses = (model.Calls.Find("UseUrls", s => model.Types.Is(s.ContainingType, Api.HostingAbstractionsWebHostBuilderExtensions), cancellation) ?? [])
            .Select(f => model.Calls.OperationOf(f.Name, cancellation)).OfType<IInvocationOperation>()
            .SelectMany(call => call.Argument("urls")?.Value.Descendants().Where(o => o.Type?.SpecialType == SpecialType.System_String) ?? []).ToList();
        return addresses.Count > 0 && addresses.All(a => a.ConstantValue is { HasValue: true, Value: string } && !HttpsRedirection.IsHttpsUrl(a));
    }
}

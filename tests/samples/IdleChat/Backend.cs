using System.Net;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace IdleChat;

/// <summary>The way to an old backend.</summary>
internal static class Backend
{
    public static ClusterConfig Cluster() => new()
    {
        ClusterId = "backend",
        Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = "http://backend:8080/" } },
        // WS6001: uploads of unknown length end in 502.
        HttpRequest = new ForwarderRequestConfig { Version = HttpVersion.Version10 },
    };

    public static async Task<string> StatusAsync(HttpClient client, CancellationToken cancellationToken)
    {
        // WS7001: no chunked bodies, no upgrade, a new connection for every request.
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://backend:8080/status") { Version = HttpVersion.Version10 };
        using var response = await client.SendAsync(request, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }
}

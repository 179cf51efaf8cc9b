using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS6001: a YARP cluster on HTTP/1.0 answers an upload of unknown length with 502 and takes a new connection for every request; WebSockets it does not harm.</summary>
public class WS6001UpstreamHttp10Proof
{
    private static Exhibit Page => Exhibit.Of("WS6001");

    [Proof]
    public async Task An_upload_of_unknown_length_gets_502() => Assert.Equal(
        new(HttpStatusCode.BadGateway, "NotSupportedException: HTTP 1.0 does not support chunking.", WarnsAtStart: true, "HTTP/1.0", 3, WebSocketState.Open),
        await ProxyAsync(Page.Wrong));

    [RemedyProof, Remedies]
    public async Task Over_1_1_it_arrives(Remedy remedy) => Assert.Equal(
        new(HttpStatusCode.OK, "", WarnsAtStart: false, "HTTP/1.1", 1, WebSocketState.Open),
        await ProxyAsync(await Page.CuredAsync(remedy)));

    private static async Task<Symptoms> ProxyAsync(Code code)
    {
        await using var server = await WebServer.StartAsync(app =>
        {
            app.UseWebSockets();
            app.Map("/ws", async (HttpContext context) =>
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                await WebServer.EchoAsync(context, socket);
            });
            app.MapGet("/", (HttpContext context) => $"{context.Request.Protocol} {context.Connection.Id}");
            app.MapPost("/", async (HttpContext context) => await new StreamReader(context.Request.Body).ReadToEndAsync());
        });
        using var program = code.Load();
        // Where the destination is, is not what the example shows.
        var cluster = (ClusterConfig)program.Call("Proxy.Api")! with { Destinations = new Dictionary<string, DestinationConfig> { ["api"] = new() { Address = server.HttpUri.ToString() } } };
        await using var proxy = await WebServer.StartAsync(
            app => app.MapReverseProxy(),
            builder => builder.Services.AddReverseProxy().LoadFromMemory([new RouteConfig { RouteId = "all", ClusterId = cluster.ClusterId, Match = new() { Path = "{**path}" } }], [cluster]));

        using var client = new HttpClient();
        using var upload = await client.PostAsync(proxy.HttpUri, new StreamContent(await Streams.OfUnknownLengthAsync("hello")));
        var gets = new List<string>();
        for (int i = 0; i < 3; i++) gets.Add(await client.GetStringAsync(proxy.HttpUri));
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(proxy.Uri, CancellationToken.None);
        return new(
            upload.StatusCode,
            string.Concat(proxy.Logged.Where(line => line.Contains("NotSupportedException", StringComparison.Ordinal)).Select(line => line[line.IndexOf("NotSupportedException", StringComparison.Ordinal)..])),
            proxy.Logged.Any(line => line.Contains("port exhaustion", StringComparison.Ordinal)),
            gets[0].Split(' ')[0], gets.Select(g => g.Split(' ')[1]).Distinct().Count(), socket.State);
    }

    private sealed record Symptoms(HttpStatusCode Upload, string Logged, bool WarnsAtStart, string Protocol, int ConnectionsForThreeRequests, WebSocketState Socket);
}

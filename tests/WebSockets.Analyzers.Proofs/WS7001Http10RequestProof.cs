using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS7001: HTTP/1.0 on the wire: a body of unknown length cannot be sent, and every request takes a connection of its own.</summary>
public class WS7001Http10RequestProof
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);

    private static Exhibit Page => Exhibit.Of("WS7001");

    [Proof]
    public async Task A_body_of_unknown_length_cannot_be_sent()
    {
        await using var server = await ServeAsync();
        using var program = Page.Wrong.Load();
        using var client = new HttpClient();
        Assert.Equal("NotSupportedException: HTTP 1.0 does not support chunking.", await Outcome.OfAsync(async () => await SendAsync(program, client, server, await Streams.OfUnknownLengthAsync("hello")), Within));
        var answers = await ThriceAsync(program, client, server);
        Assert.All(answers, a => Assert.StartsWith("HTTP/1.0 ", a, StringComparison.Ordinal));
        Assert.Equal(3, answers.Distinct().Count());
    }

    [RemedyProof, Remedies]
    public async Task Over_1_1_it_is_sent_on_one_connection(Remedy remedy)
    {
        await using var server = await ServeAsync();
        using var program = (await Page.CuredAsync(remedy)).Load();
        using var client = new HttpClient();
        Assert.StartsWith("HTTP/1.1 ", await SendAsync(program, client, server, await Streams.OfUnknownLengthAsync("hello")), StringComparison.Ordinal);
        Assert.Single((await ThriceAsync(program, client, server)).Distinct());
    }

    /// <summary>What the page says about <c>DefaultRequestVersion</c>: it is looked at by the short forms alone.</summary>
    [Proof]
    public async Task The_default_version_is_for_the_short_forms()
    {
        await using var server = await ServeAsync();
        await using var peer = new Peer(Behave.Well);
        using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version10 };
        using var posted = await client.PostAsync(server.HttpUri, new StringContent("hello"));
        Assert.StartsWith("HTTP/1.0 ", await posted.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var sent = await client.SendAsync(new(HttpMethod.Post, server.HttpUri) { Content = new StringContent("hello") });
        Assert.StartsWith("HTTP/1.1 ", await sent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(peer.Uri, client, CancellationToken.None);
        Assert.StartsWith("GET /ws HTTP/1.1\r\n", peer.Connections[0].Request, StringComparison.Ordinal);
    }

    private static async Task<string> SendAsync(Loaded program, HttpClient client, WebServer server, Stream body)
    {
        program.The("Uploader", client);
        using var response = await program.CallAsync<HttpResponseMessage>("Uploader.UploadAsync", server.HttpUri, body, CancellationToken.None);
        return await response.Content.ReadAsStringAsync();
    }

    // Of known length: those go through.
    private static async Task<IReadOnlyList<string>> ThriceAsync(Loaded program, HttpClient client, WebServer server)
    {
        var answers = new List<string>();
        for (int i = 0; i < 3; i++) answers.Add(await SendAsync(program, client, server, new MemoryStream("hello"u8.ToArray())));
        return answers;
    }

    private static Task<WebServer> ServeAsync() => WebServer.StartAsync(app => app.MapPost("/", async (HttpContext context) =>
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        return $"{context.Request.Protocol} {context.Connection.Id}";
    }));
}

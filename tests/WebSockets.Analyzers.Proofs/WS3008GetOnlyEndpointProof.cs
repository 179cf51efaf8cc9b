using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS3008: over HTTP/2 a WebSocket begins with CONNECT, which an endpoint for GET refuses.</summary>
public class WS3008GetOnlyEndpointProof
{
    [Proof]
    public async Task Over_HTTP2_it_gets_405() => Assert.Equal(
        "WebSocketException: The server returned status code '405' when status code '200' was expected.", await ConnectAsync(Exhibit.Of("WS3008").Wrong, HttpVersion.Version20));

    [Proof]
    public async Task Over_HTTP11_it_is_connected_all_the_same() => Assert.Equal(Outcome.Done, await ConnectAsync(Exhibit.Of("WS3008").Wrong, HttpVersion.Version11));

    [RemedyProof, Remedies]
    public async Task Over_either_it_is_connected(Remedy remedy)
    {
        var code = await Exhibit.Of("WS3008").CuredAsync(remedy);
        Assert.Equal(Outcome.Done, await ConnectAsync(code, HttpVersion.Version20));
        Assert.Equal(Outcome.Done, await ConnectAsync(code, HttpVersion.Version11));
    }

    private static async Task<string> ConnectAsync(Code code, Version version)
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        using var program = code.Load();
        WebApplication? started = null;
        await using var server = await WebServer.StartAsync(
            app =>
            {
                started = app;
                app.UseWebSockets();
                program.Call("Chat.MapTo", app);
            },
            builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate))));
        var address = new Uri(started!.Urls.Single(u => u.StartsWith("https", StringComparison.Ordinal)));

        using var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true } };
        using var invoker = new HttpMessageInvoker(handler);
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = version;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return await Outcome.OfAsync(() => socket.ConnectAsync(new Uri($"wss://127.0.0.1:{address.Port}/ws"), invoker, CancellationToken.None), TimeSpan.FromSeconds(20));
    }
}

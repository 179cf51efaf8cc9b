using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS4001: an endpoint for HTTP/2 alone refuses the clients that begin with HTTP/1.1.</summary>
public class WS4001Http2OnlyEndpointProof
{
    [Proof]
    public async Task Under_TLS_no_client_connects() => Assert.StartsWith("WebSocketException: ", await ConnectAsync(Exhibit.Of("WS4001").Wrong), StringComparison.Ordinal);

    [RemedyProof, Remedies]
    public async Task With_both_it_is_connected(Remedy remedy) => Assert.Equal(Outcome.Done, await ConnectAsync(await Exhibit.Of("WS4001").CuredAsync(remedy)));

    [Proof]
    public async Task Without_TLS_the_answer_is_400()
    {
        await using var server = await WebServer.StartAsync(_ => { }, protocols: HttpProtocols.Http2);
        using var client = new HttpClient();
        using var response = await client.GetAsync(server.HttpUri);
        Assert.Equal((HttpStatusCode.BadRequest, "An HTTP/1.x request was sent to an HTTP/2 only endpoint."), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    private static async Task<string> ConnectAsync(Code code)
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        // A free port in the place of the one that is written.
        using var port = new ReservedPort();
        using var program = (code with { Text = code.Text.Replace("5001", $"{port.Number}", StringComparison.Ordinal) }).Load();
        await using var server = await WebServer.StartAsync(
            app => program.Call("Server.MapTo", app),
            builder => builder.WebHost.ConfigureKestrel(kestrel =>
            {
                kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate);
                program.Call("Server.Configure", kestrel);
            }));
        using var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        return await Outcome.OfAsync(() => socket.ConnectAsync(new Uri($"wss://localhost:{port.Number}/ws"), CancellationToken.None), TimeSpan.FromSeconds(20));
    }
}

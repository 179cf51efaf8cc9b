using System.Globalization;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS3017: behind an nginx that takes TLS off, UseHttpsRedirection redirects the handshake, until the program reads the proxy's headers.</summary>
public class WS3017RedirectBehindProxyProof
{
    private static Exhibit Program => Exhibit.Of("WS3017");

    [Proof]
    public async Task Through_the_proxy_the_handshake_is_redirected() => Assert.Equal(
        "WebSocketException: The server returned status code '307' when status code '101' was expected.", await ConnectAsync(Program.Wrong));

    [RemedyProof, Remedies]
    public async Task With_the_headers_read_the_client_is_connected(Remedy remedy) => Assert.Equal(Outcome.Done, await ConnectAsync(await Program.CuredAsync(remedy)));

    /// <summary>Why the message says "as soon as" there: a container that listens on http alone.</summary>
    [Proof]
    public async Task Without_a_port_nothing_is_redirected() => Assert.Equal(
        Outcome.Done, await ConnectAsync(Program.Wrong with { Text = Program.Wrong.Text.Replace("options.HttpsPort = 443", "options.HttpsPort = null", StringComparison.Ordinal) }));

    [Proof]
    public async Task The_client_follows_fifty_times()
    {
        int requests = 0;
        await using var server = await WebServer.StartAsync(app => app.Run(context =>
        {
            requests++;
            context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            context.Response.Headers.Location = $"http://127.0.0.1:{context.Connection.LocalPort}/ws";
            return Task.CompletedTask;
        }));
        using var socket = new ClientWebSocket();
        Assert.Equal(
            "WebSocketException: The server returned status code '307' when status code '101' was expected.",
            await Outcome.OfAsync(() => socket.ConnectAsync(server.Uri, CancellationToken.None), TimeSpan.FromSeconds(20)));
        Assert.Equal(51, requests);
    }

    private static async Task<string> ConnectAsync(Code code)
    {
        // The redirection leads to the proxy, as port 443 does where that has it.
        using var port = new ReservedPort();
        await using var server = await Hosted.StartAsync(code with { Text = code.Text.Replace("443", port.Number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) });
        await using var nginx = await Nginx.StartTlsAsync(server.Uri, code.Beside["nginx.conf"], port);
        using var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        return await Outcome.OfAsync(
            async () =>
            {
                await socket.ConnectAsync(nginx.Uri, CancellationToken.None);
                // The handler ends with the first message.
                await socket.SendAsync("end"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
            },
            TimeSpan.FromSeconds(20));
    }
}

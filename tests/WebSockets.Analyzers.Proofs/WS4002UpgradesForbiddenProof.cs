using System.Net.WebSockets;
using Microsoft.AspNetCore.Hosting;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS4002: a limit of 0 upgraded connections allows none.</summary>
public class WS4002UpgradesForbiddenProof
{
    [Proof]
    public async Task Each_handshake_gets_500()
    {
        var (client, log) = await ConnectAsync(Exhibit.Of("WS4002").Wrong);
        Assert.Equal("WebSocketException: The server returned status code '500' when status code '101' was expected.", client);
        Assert.Contains("the server has already opened the maximum number of upgraded connections", log, StringComparison.Ordinal);
    }

    [RemedyProof, Remedies]
    public async Task Without_it_the_client_is_connected(Remedy remedy) => Assert.Equal(Outcome.Done, (await ConnectAsync(await Exhibit.Of("WS4002").CuredAsync(remedy))).Client);

    private static async Task<(string Client, string Log)> ConnectAsync(Code code)
    {
        using var program = code.Load();
        await using var server = await WebServer.StartAsync(app => program.Call("Server.MapTo", app), builder => builder.WebHost.ConfigureKestrel(kestrel => program.Call("Server.Configure", kestrel)));
        using var socket = new ClientWebSocket();
        var client = await Outcome.OfAsync(() => socket.ConnectAsync(server.Uri, CancellationToken.None), TimeSpan.FromSeconds(20));
        return (client, string.Join("\n", server.Logged));
    }
}

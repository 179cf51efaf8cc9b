using System.Net.WebSockets;
using Microsoft.AspNetCore.Hosting;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS4005: Kestrel's KeepAliveTimeout neither keeps an idle socket open nor closes one.</summary>
public class WS4005KeepAliveTimeoutIsNotForSocketsProof
{
    private static readonly TimeSpan Limit = Scale.MinuteInTwoSeconds.IdleLimit;

    [Proof]
    public async Task Raised_it_does_not_keep_a_socket_open() => Assert.Equal(
        "WebSocketException: The remote party closed the WebSocket connection without completing the close handshake.", await IdleAsync(Exhibit.Of("WS4005").Wrong));

    [Proof]
    public async Task Lowered_it_does_not_close_one()
    {
        using var program = Exhibit.Of("WS4005").Right.Load();
        await using var server = await WebServer.StartAsync(app => program.Call("Server.MapTo", app), builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(1)));
        using var socket = await ConnectAsync(server.Uri);
        Assert.Equal(Outcome.Waiting, await Outcome.OfAsync(() => socket.ReceiveAsync(new byte[16], CancellationToken.None), TimeSpan.FromSeconds(3)));
    }

    [RemedyProof, Remedies]
    public async Task A_keep_alive_does(Remedy remedy) => Assert.Equal(Outcome.Waiting, await IdleAsync(await Exhibit.Of("WS4005").CuredAsync(remedy)));

    private static async Task<string> IdleAsync(Code code)
    {
        using var program = code.Load();
        await using var server = await WebServer.StartAsync(app => program.Call("Server.MapTo", app), builder => builder.WebHost.ConfigureKestrel(kestrel => program.Call("Server.Configure", kestrel)));
        await using var proxy = new Proxy(server.Port, Limit);
        using var socket = await ConnectAsync(new Uri(proxy.Uri, "ws"));
        return await Outcome.OfAsync(() => socket.ReceiveAsync(new byte[16], CancellationToken.None), Limit * 2);
    }

    private static async Task<ClientWebSocket> ConnectAsync(Uri address)
    {
        var socket = new ClientWebSocket();
        // A browser sends no keep-alive.
        socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        await socket.ConnectAsync(address, CancellationToken.None);
        return socket;
    }
}

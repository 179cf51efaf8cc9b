using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS4006: with the timeout alone Kestrel never sends an HTTP/2 ping.</summary>
public class WS4006PingTimeoutWithoutDelayProof
{
    private const byte Ping = 6;

    [Proof]
    public async Task No_ping_is_sent() => Assert.False(await PingsAsync(Exhibit.Of("WS4006").Wrong, TimeSpan.FromSeconds(3)));

    [RemedyProof, Remedies]
    public async Task One_is(Remedy remedy) => Assert.True(await PingsAsync(await Exhibit.Of("WS4006").CuredAsync(remedy), TimeSpan.FromSeconds(20)));

    /// <summary>An idle HTTP/2 connection, spoken by hand: does a PING frame come in time?</summary>
    private static async Task<bool> PingsAsync(Code code, TimeSpan within)
    {
        using var program = code.Load();
        await using var server = await WebServer.StartAsync(app => program.Call("Server.MapTo", app), builder => builder.WebHost.ConfigureKestrel(kestrel => program.Call("Server.Configure", kestrel)), HttpProtocols.Http2);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port);
        var stream = client.GetStream();
        await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        // An empty SETTINGS frame.
        await stream.WriteAsync(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 });
        using var end = new CancellationTokenSource(within);
        try
        {
            var header = new byte[9];
            while (true)
            {
                await stream.ReadExactlyAsync(header, end.Token);
                if (header[3] == Ping) return true;
                await stream.ReadExactlyAsync(new byte[(header[0] << 16) + (header[1] << 8) + header[2]], end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

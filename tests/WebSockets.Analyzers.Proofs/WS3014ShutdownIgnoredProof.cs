using System.Diagnostics;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS3014: a socket whose loop does not hear of the shutdown holds it up until its time-out.</summary>
public class WS3014ShutdownIgnoredProof
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(3);

    [Proof]
    public async Task Stopping_takes_the_whole_time_out() => Assert.InRange(await StoppingAsync(Exhibit.Of("WS3014").Wrong), ShutdownTimeout * 0.9, TimeSpan.MaxValue);

    [RemedyProof, Remedies]
    public async Task It_stops_at_once(Remedy remedy) => Assert.InRange(await StoppingAsync(await Exhibit.Of("WS3014").CuredAsync(remedy)), TimeSpan.Zero, ShutdownTimeout * 0.8);

    [Fact]
    public void The_default_is_30_s() => Assert.Equal(TimeSpan.FromSeconds(30), new HostOptions().ShutdownTimeout);

    private static async Task<TimeSpan> StoppingAsync(Code code)
    {
        using var program = code.Load();
        var server = await WebServer.StartAsync(
            app =>
            {
                app.UseWebSockets();
                app.Map("/ws", (HttpContext context) => program.CallAsync("Chat.Handle", context));
            },
            builder => builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout));
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(server.Uri, CancellationToken.None);
        var clock = Stopwatch.StartNew();
        await server.DisposeAsync();
        return clock.Elapsed;
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS5001: a hub connection without automatic reconnect stays disconnected after the first drop; the fixed one outlasts more failures than the default policy takes.</summary>
public class WS5001NoAutomaticReconnectProof
{
    // The default policy of WithAutomaticReconnect() gives up after four.
    private const int Failures = 6;
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    // The first delay is at most 50 ms, the longest at most 1.5 s.
    private static Exhibit Page => Exhibit.Of("WS5001", scale: new(20));

    [Proof]
    public async Task After_a_drop_it_stays_disconnected()
    {
        await using var server = await ServeAsync();
        await using var proxy = new Proxy(server.Port);
        using var program = Page.Wrong.Load(proxy.HttpUri);
        await using var connection = program.Field<HubConnection>("News._hub");
        await program.CallAsync("News.StartAsync", CancellationToken.None);
        var closed = new TaskCompletionSource();
        connection.Closed += _ => { closed.SetResult(); return Task.CompletedTask; };
        proxy.CutAll();
        await closed.Task.WaitAsync(Within);
        var attempts = proxy.Attempts.Count;
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.Equal(HubConnectionState.Disconnected, connection.State);
        Assert.Equal(attempts, proxy.Attempts.Count);
        Assert.Equal(
            "InvalidOperationException: The 'SendCoreAsync' method cannot be called if the connection is not active",
            await Outcome.OfAsync(() => connection.SendAsync(nameof(EchoHub.Echo), "hello"), Within));
    }

    [RemedyProof, Remedies]
    public async Task It_is_connected_again_after_more_failures_than_the_default_policy_takes(Remedy remedy)
    {
        await using var server = await ServeAsync();
        await using var proxy = new Proxy(server.Port);
        using var program = (await Page.CuredAsync(remedy)).Load(proxy.HttpUri);
        await using var connection = program.Field<HubConnection>("News._hub");
        await program.CallAsync("News.StartAsync", CancellationToken.None);
        var reconnected = new TaskCompletionSource();
        connection.Reconnected += _ => { reconnected.SetResult(); return Task.CompletedTask; };
        var attempts = proxy.Attempts.Count;
        proxy.Refuse(Failures);
        proxy.CutAll();
        await reconnected.Task.WaitAsync(Within);
        Assert.True(proxy.Attempts.Count > attempts + Failures);
        Assert.Equal("hello", await connection.InvokeAsync<string>(nameof(EchoHub.Echo), "hello"));
    }

    private static Task<WebServer> ServeAsync() => WebServer.StartAsync(app => app.MapHub<EchoHub>("/news"), builder => builder.Services.AddSignalR());

    private sealed class EchoHub : Hub
    {
        public string Echo(string text) => text;
    }
}

using System.Diagnostics;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace WebSockets.Analyzers.Proofs.Rig;

/// <summary>Top-level statements that build and run a host, running: on loopback, at a port of the system's choice.</summary>
internal sealed class Hosted : IAsyncDisposable
{
    private readonly Loaded _program;
    private readonly Task _main;

    private Hosted(Loaded program, IHost host, Task main) => (_program, Host, _main) = (program, host, main);

    public IHost Host { get; }

    public IServiceProvider Services => Host.Services;

    public int Port => new Uri(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    public Uri Uri => new($"ws://127.0.0.1:{Port}/ws");

    public static async Task<Hosted> StartAsync(Code code, Uri? address = null)
    {
        var program = code.Load(address);
        var built = new Watch();
        using var listening = DiagnosticListener.AllListeners.Subscribe(built);
        var main = built.Run(() => program.MainAsync());
        var first = await Task.WhenAny(built.Host, main);
        if (first == main) await main;
        var host = await built.Host;
        var started = new TaskCompletionSource();
        using var registration = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(started.SetResult);
        await Task.WhenAny(started.Task, main);
        if (main.IsFaulted) await main;
        return new(program, host, main);
    }

    /// <summary>What a handshake at <c>/ws</c> of the program comes to: <c>connected</c>, or the status code of the refusal.</summary>
    public static async Task<string> HandshakeAsync(Code code)
    {
        await using var server = await StartAsync(code);
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(server.Uri, CancellationToken.None);
            // The handler ends with the first message.
            await socket.SendAsync("end"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
            return "connected";
        }
        catch (WebSocketException)
        {
            return $"{(int)socket.HttpStatusCode}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        Host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await _main;
        _program.Dispose();
    }

    /// <summary>Hears of the host that is built in the flow of one program, and of no other's.</summary>
    private sealed class Watch : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        private static readonly AsyncLocal<Watch?> Current = new();

        private readonly TaskCompletionSource<IHost> _host = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<IHost> Host => _host.Task;

        public Task Run(Func<Task> main)
        {
            Current.Value = this;
            try
            {
                return main();
            }
            finally
            {
                Current.Value = null;
            }
        }

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting") value.Subscribe(this);
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key == "HostBuilt" && Current.Value == this) _host.TrySetResult((IHost)value.Value!);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}

using Microsoft.AspNetCore.SignalR.Client;

namespace IdleChat;

/// <summary>Shows notifications of the hub.</summary>
internal sealed class Notifications
{
    private readonly HubConnection _connection;

    public Notifications(Uri uri)
    {
        // WS5001: a connection that is lost stays lost.
        _connection = new HubConnectionBuilder()
            .WithUrl(uri)
            .Build();
        _connection.On<string>("Notify", Console.WriteLine);
    }

    public Task StartAsync(CancellationToken cancellationToken) => _connection.StartAsync(cancellationToken);
}

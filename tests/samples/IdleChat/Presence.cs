using System.Net.WebSockets;

namespace IdleChat;

/// <summary>Tells the chat that somebody is there.</summary>
internal sealed class Presence(Uri uri)
{
    public async Task<ClientWebSocket> OpenAsync(CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        // WS1006: two months are more than any timer takes; every connect fails.
        socket.Options.KeepAliveInterval = TimeSpan.FromDays(60);

        for (int attempt = 1; ; attempt++)
        {
            try
            {
                // WS1008: a socket that failed once cannot be connected again.
                await socket.ConnectAsync(uri, cancellationToken);
                return socket;
            }
            catch (WebSocketException) when (attempt < 10)
            {
                await Task.Delay(TimeSpan.FromSeconds(Random.Shared.NextDouble() * Math.Min(30, 1 << attempt)), cancellationToken);
            }
        }
    }
}

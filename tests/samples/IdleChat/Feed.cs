using System.Net.WebSockets;

namespace IdleChat;

/// <summary>Listens to the chat as a service, and tries hard to come back.</summary>
internal sealed class Feed(Uri uri)
{
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var socket = new ClientWebSocket();
                // WS1002: the first ping comes when the proxy has closed already.
                socket.Options.KeepAliveInterval = TimeSpan.FromMinutes(5);
                await socket.ConnectAsync(uri, cancellationToken);
                await ReadAsync(socket, cancellationToken);
            }
            catch (WebSocketException)
            {
                // WS1011: after an outage all clients come back in the same second, and again in the next.
                await Task.Delay(1000, cancellationToken);
            }
        }
    }

    private static async Task ReadAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close) return;
        }
    }
}

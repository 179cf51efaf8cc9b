using System.Net.WebSockets;
using System.Text;

namespace IdleChat;

/// <summary>Prints what the chat says, until the first proxy on the way has had enough.</summary>
internal static class ChatClient
{
    public static async Task RunAsync(Uri uri)
    {
        using var socket = new ClientWebSocket();
        // WS1001: no keep-alive at all.
        socket.Options.KeepAliveInterval = TimeSpan.Zero;

        // WS1010: connects once and listens for ever; when the connection is gone, so is the chat.
        await socket.ConnectAsync(uri, CancellationToken.None);
        var buffer = new byte[4096];
        while (true)
        {
            // WS2002: a message that is longer than the buffer is printed in pieces, each as if it were one.
            var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close) return;
            Console.WriteLine(Encoding.UTF8.GetString(buffer, 0, received.Count));
        }
    }
}

using System.Net.WebSockets;
using IdleChat;

// The server of a small chat: it sends back what it gets. `IdleChat client` is the client.
if (args is ["client", ..])
{
    await ChatClient.RunAsync(new Uri("wss://chat.example.com/ws"));
    return;
}

var app = WebApplication.CreateBuilder(args).Build();

// WS3001: without options the server pings every two minutes, and the proxy in front closes after one.
app.UseWebSockets();

app.Map("/ws", async context =>
{
    if (!context.WebSockets.IsWebSocketRequest)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return;
    }
    using var socket = await context.WebSockets.AcceptWebSocketAsync();
    var buffer = new byte[4096];
    while (true)
    {
        var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
        if (received.MessageType == WebSocketMessageType.Close) break;
        await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, context.RequestAborted);
    }
    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
});

app.Run();

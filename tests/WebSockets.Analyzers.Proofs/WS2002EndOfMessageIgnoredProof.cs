using System.Net.WebSockets;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS2002: a message in three fragments is three messages for who does not read EndOfMessage.</summary>
public class WS2002EndOfMessageIgnoredProof
{
    private const string Message = """{ "price": 12.5, "currency": "EUR" }""";

    private static Exhibit Page => Exhibit.Of("WS2002");

    private static Exhibit StreamPage => Exhibit.Of("WS2002", 1);

    [Proof]
    public async Task One_message_arrives_as_three()
    {
        var (messages, outcome) = await Receiving.RunAsync(Page.Wrong, Behave.Fragment(Message, 3));
        Assert.Equal([Message[..12], Message[12..24], Message[24..]], messages);
        Assert.Equal(Outcome.Done, outcome);
    }

    [RemedyProof, Remedies]
    public async Task One_message_arrives_as_one(Remedy remedy) => await ArrivesWholeAsync(await Page.CuredAsync(remedy));

    [RemedyProof, Remedies]
    public async Task One_message_is_one_stream(Remedy remedy) => await ArrivesWholeAsync(await StreamPage.CuredAsync(remedy));

    [RemedyProof, Remedies]
    public async Task The_close_is_told_from_an_empty_message(Remedy remedy)
    {
        var (messages, outcome) = await Receiving.RunAsync(await StreamPage.CuredAsync(remedy), Behave.SendAndClose("", "last"));
        Assert.Equal(["", "last"], messages);
        Assert.Equal(Outcome.Done, outcome);
    }

    [Proof]
    public async Task A_stream_that_is_left_halfway_aborts_the_socket()
    {
        await using var peer = new Peer(Behave.SendAndClose(Message, "next"));
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(peer.Uri, CancellationToken.None);
        await using (var stream = WebSocketStream.CreateReadableMessageStream(socket)) Assert.Equal(4, await stream.ReadAsync(new byte[4]));
        Assert.Equal(WebSocketState.Aborted, socket.State);
    }

    [Proof]
    public async Task Behind_the_close_a_stream_throws_another_exception()
    {
        await using var peer = new Peer(Behave.SendAndClose());
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(peer.Uri, CancellationToken.None);
        using (var stream = WebSocketStream.CreateReadableMessageStream(socket)) Assert.Equal(0, await stream.ReadAsync(new byte[4]));
        Assert.Equal((WebSocketState.CloseReceived, WebSocketCloseStatus.NormalClosure), (socket.State, socket.CloseStatus));
        using var behind = WebSocketStream.CreateReadableMessageStream(socket);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => behind.CopyToAsync(Stream.Null));
        await Assert.ThrowsAsync<NotSupportedException>(() => behind.ReadAsync(new byte[4]).AsTask());
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ReceiveAsync(new byte[4], CancellationToken.None));
    }

    private static async Task ArrivesWholeAsync(Code code)
    {
        var (messages, outcome) = await Receiving.RunAsync(code, Behave.Fragment(Message, 3));
        Assert.Equal([Message], messages);
        Assert.Equal(Outcome.Done, outcome);
    }
}

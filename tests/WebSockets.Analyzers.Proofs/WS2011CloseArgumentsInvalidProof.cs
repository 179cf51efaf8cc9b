using System.Net.WebSockets;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS2011: a close with arguments that may not be sent throws, and the connection stays open.</summary>
public class WS2011CloseArgumentsInvalidProof
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);

    private static Exhibit Page => Exhibit.Of("WS2011");

    [Proof]
    public async Task It_throws_and_the_socket_stays_open()
    {
        foreach (var member in new[] { "Feed.FailAsync", "Feed.EndAsync" })
        {
            var (outcome, state, closes) = await CloseAsync(Page.Wrong, member);
            Assert.StartsWith("ArgumentException: ", outcome, StringComparison.Ordinal);
            Assert.Equal((WebSocketState.Open, false), (state, closes));
        }
    }

    [RemedyProof, Remedies]
    public async Task It_closes(Remedy remedy)
    {
        var code = await Page.CuredAsync(remedy);
        foreach (var member in new[] { "Feed.FailAsync", "Feed.EndAsync" })
        {
            var (outcome, state, closes) = await CloseAsync(code, member);
            Assert.Equal((Outcome.Done, WebSocketState.CloseSent, true), (outcome, state, closes));
        }
    }

    private static async Task<(string Outcome, WebSocketState State, bool IsClosed)> CloseAsync(Code code, string member)
    {
        await using var peer = new Peer(Behave.IgnoreClose);
        using var program = code.Load();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(peer.Uri, CancellationToken.None);
        var outcome = await Outcome.OfAsync(() => program.CallAsync(member, socket, CancellationToken.None), Within);
        var state = socket.State;
        socket.Abort();
        return (outcome, state, await peer.Connections[0].GetsAsync(Opcode.Close, Within));
    }
}

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS2003: who does not look at MessageType never answers a close, and fails at the next receive.</summary>
public class WS2003CloseIgnoredProof
{
    private static Exhibit Page => Exhibit.Of("WS2003");

    [Proof]
    public async Task The_close_is_an_empty_message_and_then_an_error()
    {
        await using var peer = new Peer(Behave.SendAndClose("hello"));
        var (messages, outcome) = await Receiving.RunAsync(Page.Wrong, peer);
        Assert.Equal(["hello", ""], messages);
        Assert.StartsWith("WebSocketException: The WebSocket is in an invalid state ('CloseReceived') for this operation.", outcome, StringComparison.Ordinal);
        Assert.False(await peer.Connections[0].GetsAsync(Opcode.Close, TimeSpan.FromSeconds(5)));
    }

    [RemedyProof, Remedies]
    public async Task The_close_is_answered(Remedy remedy)
    {
        await using var peer = new Peer(Behave.SendAndClose("hello"));
        var (messages, outcome) = await Receiving.RunAsync(await Page.CuredAsync(remedy), peer);
        Assert.Equal(["hello"], messages);
        Assert.Equal(Outcome.Done, outcome);
        Assert.True(await peer.Connections[0].GetsAsync(Opcode.Close, TimeSpan.FromSeconds(5)));
    }
}

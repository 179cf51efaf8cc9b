using System.Net.WebSockets;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS2012: nothing can be sent after the close.</summary>
public class WS2012SendAfterCloseProof
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);

    private static Exhibit Page => Exhibit.Of("WS2012");

    [Proof]
    public async Task The_send_throws()
    {
        var (outcome, arrived) = await StopAsync(Page.Wrong);
        Assert.StartsWith("WebSocketException: The WebSocket is in an invalid state ('CloseSent') for this operation.", outcome, StringComparison.Ordinal);
        Assert.False(arrived);
    }

    [RemedyProof, Remedies]
    public async Task Both_arrive(Remedy remedy) => Assert.Equal((Outcome.Done, true), await StopAsync(await Page.CuredAsync(remedy)));

    private static async Task<(string Outcome, bool Arrived)> StopAsync(Code code)
    {
        await using var peer = new Peer(Behave.IgnoreClose);
        using var program = code.Load();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(peer.Uri, CancellationToken.None);
        var outcome = await Outcome.OfAsync(() => program.CallAsync("Feed.StopAsync", socket, "bye"u8.ToArray(), CancellationToken.None), Within);
        Assert.True(await peer.Connections[0].GetsAsync(Opcode.Close, Within));
        return (outcome, peer.Connections[0].Frames.Any(f => f.Opcode == Opcode.Text));
    }
}

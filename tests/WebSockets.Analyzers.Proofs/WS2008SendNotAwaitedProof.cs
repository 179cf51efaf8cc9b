using System.Net.WebSockets;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS2008: a send that fails says so in its task only.</summary>
public class WS2008SendNotAwaitedProof
{
    private static Exhibit Page => Exhibit.Of("WS2008");

    [Proof]
    public async Task Nobody_learns_it() => Assert.Equal(Outcome.Done, await SendAsync(Page.Wrong));

    [RemedyProof, Remedies]
    public async Task The_caller_learns_it(Remedy remedy) => Assert.StartsWith("WebSocketException: ", await SendAsync(await Page.CuredAsync(remedy)), StringComparison.Ordinal);

    private static async Task<string> SendAsync(Code code)
    {
        await using var peer = new Peer(Behave.DropAfter(0));
        using var program = code.Load();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(peer.Uri, CancellationToken.None);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ReceiveAsync(new byte[9], CancellationToken.None));
        return await Outcome.OfAsync(() => program.CallAsync("Feed.SendAsync", socket, new[] { "a"u8.ToArray(), "b"u8.ToArray() }, CancellationToken.None), TimeSpan.FromSeconds(5));
    }
}

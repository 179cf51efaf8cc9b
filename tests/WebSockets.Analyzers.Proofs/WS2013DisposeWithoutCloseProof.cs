namespace WebSockets.Analyzers.Proofs;

/// <summary>WS2013: after Dispose alone the other end sees no close.</summary>
public class WS2013DisposeWithoutCloseProof
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);

    private static Exhibit Page => Exhibit.Of("WS2013");

    [Proof]
    public async Task The_connection_breaks_off() => Assert.False(await ClosesAsync(Page.Wrong));

    [RemedyProof, Remedies]
    public async Task The_connection_is_closed(Remedy remedy) => Assert.True(await ClosesAsync(await Page.CuredAsync(remedy)));

    private static async Task<bool> ClosesAsync(Code code)
    {
        await using var peer = new Peer(Behave.IgnoreClose);
        using var program = code.Load();
        await program.CallAsync("Feed.PublishAsync", peer.Uri, "a"u8.ToArray(), CancellationToken.None);
        return await peer.Connections[0].GetsAsync(Opcode.Close, Within);
    }
}

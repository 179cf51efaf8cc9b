using System.Text;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS2009: the fragments of two messages that are sent at once mix; under a lock they do not.</summary>
public class WS2009FragmentsInterleaveProof
{
    private static Exhibit Page => Exhibit.Of("WS2009");

    // Which of the two ends first is a matter of luck: abab or abba.
    [Proof]
    public async Task They_mix() => Assert.StartsWith("ab", await FramesAsync(Page.Wrong), StringComparison.Ordinal);

    [RemedyProof, Remedies]
    public async Task They_do_not(Remedy remedy) => Assert.Equal("aabb", await FramesAsync(await Page.CuredAsync(remedy)));

    private static async Task<string> FramesAsync(Code code)
    {
        await using var peer = new Peer(Behave.IgnoreClose);
        using var program = code.Load();
        await program.CallAsync("Feed.RunAsync", peer.Uri);
        var frames = peer.Connections[0].Frames;
        for (int i = 0; i < 500 && frames.Count < 4; i++) await Task.Delay(10);
        return string.Concat(frames.Select(f => Encoding.UTF8.GetString(f.Payload)));
    }
}

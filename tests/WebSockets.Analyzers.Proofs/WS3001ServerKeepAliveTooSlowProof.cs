using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS3001: a server that pings every two minutes loses the quiet clients that ping not at all, as browsers.</summary>
public class WS3001ServerKeepAliveTooSlowProof
{
    private static Exhibit Page => Exhibit.Of("WS3001");

    [Proof]
    public async Task The_default_of_two_minutes_comes_after_the_cut()
    {
        Assert.Equal("WebSocketException: The remote party closed the WebSocket connection without completing the close handshake.", await IdleAsync(Page.Wrong));
        // The default cannot be scaled; that it is above the limit, unscaled, is what counts.
        Assert.Equal(TimeSpan.FromMinutes(2), new WebSocketOptions().KeepAliveInterval);
    }

    [RemedyProof, Remedies]
    public async Task A_faster_one_comes_in_time(Remedy remedy) => Assert.Equal(Outcome.Alive, await IdleAsync(await Page.CuredAsync(remedy)));

    private static async Task<string> IdleAsync(Code code)
    {
        await using var server = await Hosted.StartAsync(code);
        await using var proxy = new Proxy(server.Port, code.Scale.IdleLimit);
        // A browser's socket has no keep-alive that a page could switch on.
        using var browser = new ClientWebSocket();
        browser.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        await browser.ConnectAsync(proxy.Uri, CancellationToken.None);
        return await Outcome.OfIdlenessAsync(browser, code.Scale.IdleLimit);
    }
}

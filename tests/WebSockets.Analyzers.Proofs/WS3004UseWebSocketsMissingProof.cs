namespace WebSockets.Analyzers.Proofs;

/// <summary>WS3004: without UseWebSockets no handshake succeeds.</summary>
public class WS3004UseWebSocketsMissingProof
{
    private static Exhibit Program => Exhibit.Of("WS3004");

    [Proof]
    public async Task Without_it_the_handshake_is_refused() => Assert.Equal("400", await Hosted.HandshakeAsync(Program.Wrong));

    [RemedyProof, Remedies]
    public async Task With_it_the_client_is_connected(Remedy remedy) => Assert.Equal("connected", await Hosted.HandshakeAsync(await Program.CuredAsync(remedy)));
}

namespace WebSockets.Analyzers.Proofs;

/// <summary>WS3005: a branch above UseWebSockets sees no WebSocket.</summary>
public class WS3005UseWebSocketsTooLateProof
{
    private static Exhibit Program => Exhibit.Of("WS3005");

    [Proof]
    public async Task Above_it_the_handshake_is_refused() => Assert.Equal("400", await Hosted.HandshakeAsync(Program.Wrong));

    [RemedyProof, Remedies]
    public async Task Below_it_the_client_is_connected(Remedy remedy) => Assert.Equal("connected", await Hosted.HandshakeAsync(await Program.CuredAsync(remedy)));
}

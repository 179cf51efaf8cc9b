namespace WebSockets.Analyzers.Proofs;

/// <summary>WS2002: a message in three fragments is three messages for who does not read EndOfMessage.</summary>
public class WS2002EndOfMessageIgnoredProof
{
    private const string Message = """{ "price": 12.5, "currency": "EUR" }""";

    private static Exhibit Page => Exhibit.Of("WS2002");

    [Proof]
    public async Task One_message_arrives_as_three()
    {
        var (messages, _) = await Receiving.RunAsync(Page.Wrong, Behave.Fragment(Message, 3), expected: 3);
        Assert.Equal([Message[..12], Message[12..24], Message[24..]], messages);
    }

    [RemedyProof, Remedies]
    public async Task One_message_arrives_as_one(Remedy remedy)
    {
        var (messages, _) = await Receiving.RunAsync(await Page.CuredAsync(remedy), Behave.Fragment(Message, 3), expected: 1);
        Assert.Equal([Message], messages);
    }
}

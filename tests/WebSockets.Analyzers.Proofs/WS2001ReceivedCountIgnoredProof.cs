namespace WebSockets.Analyzers.Proofs;

/// <summary>WS2001: the rest of an earlier message, or zeros, stand behind the bytes that arrived.</summary>
public class WS2001ReceivedCountIgnoredProof
{
    private static Exhibit Page => Exhibit.Of("WS2001");

    [Proof]
    public async Task A_short_message_ends_with_the_one_before_it()
    {
        var (messages, _) = await Receiving.RunAsync(Page.Wrong, Behave.SendAndClose("a long first message", "short"));
        Assert.Equal(["a long first message" + new string('\0', 1004), "shortg first message" + new string('\0', 1004)], messages);
    }

    [RemedyProof, Remedies]
    public async Task The_messages_are_what_was_sent(Remedy remedy)
    {
        var (messages, outcome) = await Receiving.RunAsync(await Page.CuredAsync(remedy), Behave.SendAndClose("a long first message", "short"));
        Assert.Equal(["a long first message", "short"], messages);
        Assert.Equal(Outcome.Done, outcome);
    }
}

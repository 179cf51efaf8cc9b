namespace WebSockets.Analyzers.Proofs.Rig;

/// <summary>One example of a rule's page: the wrong code, the right code, and what the fix makes of the wrong code.</summary>
internal sealed class Exhibit
{
    private readonly string _id;
    private readonly Example _example;
    private readonly Scale _scale;

    private Exhibit(string id, Example example, Scale scale) => (_id, _example, _scale) = (id, example, scale);

    public static Exhibit Of(string id, int example = 0, Scale? scale = null) => new(id, Page.Of(id).Examples[example], scale ?? Scale.MinuteInTwoSeconds);

    public Code Wrong => Block(_example.Wrong);

    public Code Right => Block(_example.Right);

    /// <summary>What the remedy makes of the wrong code. A proof of a fix that is not there yet is skipped, visibly.</summary>
    public async Task<Code> CuredAsync(Remedy remedy)
    {
        if (remedy == Remedy.Right) return Right;
        if (!Catalogued.All.Any(rule => rule.Descriptors[0].Id == _id)) Assert.Skip($"{_id} is not in the package yet; only its right code is proven.");
        var fix = Fixing.Of(_id);
        if (fix is null)
        {
            Assert.Skip($"{_id} has no fix.");
        }
        var wrong = Wrong;
        return wrong with { Text = await Fixing.ApplyAsync(wrong, _id, fix, fix.Actions[_example.Action ?? 0].EquivalenceKey, remedy == Remedy.FixAll, TestContext.Current.CancellationToken) };
    }

    private Code Block(string text)
    {
        text = text.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        return new(_scale.Of(text), _example.IsProgram, _example.Uses, _scale) { Beside = _example.Files };
    }
}

/// <summary>What stands in the place of the wrong code.</summary>
public enum Remedy
{
    /// <summary>The page's right block.</summary>
    Right,

    /// <summary>The wrong block, after the code fix was applied to each diagnostic.</summary>
    Fix,

    /// <summary>The wrong block, after one Fix All.</summary>
    FixAll,
}

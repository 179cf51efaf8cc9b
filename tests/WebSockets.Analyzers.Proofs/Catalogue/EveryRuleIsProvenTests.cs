using System.Reflection;

namespace WebSockets.Analyzers.Proofs.Catalogue;

/// <summary>Every rule has a proof, or a reason why it needs none; every page says what was measured.</summary>
public class EveryRuleIsProvenTests
{
    [Fact]
    public void Every_rule_is_proven_or_says_why_not()
    {
        var ids = Catalogued.All.Select(rule => rule.Descriptors[0].Id).ToList();
        var pages = Files("docs/rules").ToDictionary(id => id, id => Repository.Read($"docs/rules/{id}.md"));
        Assert.Empty(Complaints(ids, Proofs(typeof(EveryRuleIsProvenTests).Assembly.GetTypes()), NotAboutRunTime.Reasons, pages));
    }

    [Theory]
    [InlineData("WS0001", "WS0001: no class WS0001…Proof, and no reason in NotAboutRunTime.")]
    [InlineData("WS0002", "WS0002: WS0002BrokenProof has no [Proof] of what goes wrong.")]
    [InlineData("WS0003", "WS0003: WS0003BrokenProof has no [RemedyProof] of what helps.")]
    [InlineData("WS0004", "WS0004: both a proof and a reason why there is none.")]
    [InlineData("WS0005", "WS0005: the page has no section 'Proven by'.")]
    [InlineData("WS0007", "WS0007: a proof of no rule.")]
    [InlineData("WS0008", "WS0008: the reason is empty.")]
    [InlineData("WS0009", "WS0009: a reason for no rule.")]
    public void A_gap_is_seen(string id, string complaint)
    {
        const string Proven = "## Proven by\n\nRun against a proxy: cut after 1.0 s.\n";
        var wrong = id == "WS0007" ? [] : new[] { id };
        IReadOnlyList<Proof> proofs = id is "WS0001" or "WS0008" or "WS0009" ? [] : [new(id, $"{id}BrokenProof", HasProof: id != "WS0002", HasRemedy: id != "WS0003")];
        var reasons = id switch
        {
            "WS0004" => new Dictionary<string, string> { [id] = "a reason" },
            "WS0008" => new Dictionary<string, string> { [id] = " " },
            "WS0009" => new Dictionary<string, string> { [id] = "a reason" },
            _ => [],
        };
        if (id == "WS0009") wrong = [];
        var pages = new Dictionary<string, string> { [id] = id == "WS0005" ? "## Wrong\n" : Proven };
        Assert.Equal([complaint], Complaints(wrong, proofs, reasons, pages));
    }

    [Fact]
    public void A_proven_rule_gives_no_complaint() => Assert.Empty(Complaints(
        ["WS0010"], [new("WS0010", "WS0010GoodProof", true, true)], new Dictionary<string, string>(), new Dictionary<string, string> { ["WS0010"] = "\n## Proven by\n\nA peer.\n" }));

    private static IEnumerable<string> Complaints(
        IReadOnlyCollection<string> ids, IReadOnlyCollection<Proof> proofs, IReadOnlyDictionary<string, string> reasons, IReadOnlyDictionary<string, string> pages)
    {
        foreach (var id in ids)
        {
            var proof = proofs.SingleOrDefault(p => p.Id == id);
            if (proof is null && !reasons.ContainsKey(id)) yield return $"{id}: no class {id}…Proof, and no reason in {nameof(NotAboutRunTime)}.";
            if (proof is not null && reasons.ContainsKey(id)) yield return $"{id}: both a proof and a reason why there is none.";
            if (proof is { HasProof: false }) yield return $"{id}: {proof.Class} has no [Proof] of what goes wrong.";
            if (proof is { HasRemedy: false }) yield return $"{id}: {proof.Class} has no [RemedyProof] of what helps.";
            if (proof is not null && pages.TryGetValue(id, out var page) && !page.Contains("\n## Proven by\n", StringComparison.Ordinal) && !page.StartsWith("## Proven by\n", StringComparison.Ordinal))
                yield return $"{id}: the page has no section 'Proven by'.";
            if (reasons.TryGetValue(id, out var reason) && string.IsNullOrWhiteSpace(reason)) yield return $"{id}: the reason is empty.";
        }
        foreach (var id in proofs.Select(p => p.Id).Where(id => !ids.Contains(id))) yield return $"{id}: a proof of no rule.";
        foreach (var id in reasons.Keys.Where(id => !ids.Contains(id))) yield return $"{id}: a reason for no rule.";
    }

    private static IReadOnlyList<Proof> Proofs(IEnumerable<Type> types) =>
        [.. from type in types
            where type.Name.StartsWith("WS", StringComparison.Ordinal) && type.Name.EndsWith("Proof", StringComparison.Ordinal)
            let methods = type.GetMethods()
            select new Proof(type.Name[..6], type.Name, methods.Any(m => m.GetCustomAttribute<ProofAttribute>() is not null || m.GetCustomAttribute<ProofTheoryAttribute>() is not null), methods.Any(m => m.GetCustomAttribute<RemedyProofAttribute>() is not null))];

    private static List<string> Files(string folder)
    {
        var path = Path.Combine(Repository.Root, folder);
        return Directory.Exists(path) ? [.. Directory.GetFiles(path, "WS*.md").Select(f => Path.GetFileNameWithoutExtension(f)!)] : [];
    }

    private sealed record Proof(string Id, string Class, bool HasProof, bool HasRemedy);
}

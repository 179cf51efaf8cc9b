namespace WebSockets.Analyzers.Proofs.Catalogue;

/// <summary>The rules that claim nothing about a running program, each with the reason.</summary>
internal static class NotAboutRunTime
{
    public static readonly IReadOnlyDictionary<string, string> Reasons = new Dictionary<string, string>
    {
        ["WS9002"] = "speaks about the package's own options, which no program reads",
    };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.CodeFixes.Rules.Server;

/// <summary>Makes the endpoint take the verbs with which WebSockets begin.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS3009VerbCannotUpgradeFix))]
public sealed class WS3009VerbCannotUpgradeFix() : WebSocketsFix(WS3009VerbCannotUpgrade.Id, new TakeHandshakes(TakeGetAndConnect, keepsOthers: false))
{
    internal const string TakeGetAndConnect = "WS3009: Take GET and CONNECT";
}

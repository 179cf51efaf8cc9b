using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Client;

namespace WebSockets.Analyzers.CodeFixes.Rules.Client;

/// <summary>Wraps the session in a reconnect loop, or lets a Polly pipeline run it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS1010NoReconnectFix))]
public sealed class WS1010NoReconnectFix() : WebSocketsFix(WS1010NoReconnect.Id, new ReconnectLoop(Loop, usesPolly: false), new ReconnectLoop(Polly, usesPolly: true))
{
    internal const string Loop = "WS1010: Reconnect with exponential backoff";
    internal const string Polly = "WS1010: Reconnect with a Polly pipeline";
}

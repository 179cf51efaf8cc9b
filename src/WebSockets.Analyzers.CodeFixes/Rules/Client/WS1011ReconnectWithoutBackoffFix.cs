using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Client;

namespace WebSockets.Analyzers.CodeFixes.Rules.Client;

/// <summary>Exponential backoff with full jitter and a cap, reset after success.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS1011ReconnectWithoutBackoffFix))]
public sealed class WS1011ReconnectWithoutBackoffFix() : WebSocketsFix(WS1011ReconnectWithoutBackoff.Id, new BackoffDelay(Title))
{
    internal const string Title = "WS1011: Wait with exponential backoff and jitter";
}

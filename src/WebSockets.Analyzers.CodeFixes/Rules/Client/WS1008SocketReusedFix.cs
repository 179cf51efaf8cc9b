using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Client;

namespace WebSockets.Analyzers.CodeFixes.Rules.Client;

/// <summary>Creates a socket for each attempt.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS1008SocketReusedFix))]
public sealed class WS1008SocketReusedFix() : WebSocketsFix(WS1008SocketReused.Id, new NewSocketPerAttempt(Title))
{
    internal const string Title = "WS1008: Create a new ClientWebSocket for each attempt";
}

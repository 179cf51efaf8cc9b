using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.CodeFixes.Rules.Server;

/// <summary>Adds CONNECT to what the endpoint takes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS3008GetOnlyEndpointFix))]
public sealed class WS3008GetOnlyEndpointFix() : WebSocketsFix(WS3008GetOnlyEndpoint.Id, new TakeHandshakes(TakeConnect, keepsOthers: true))
{
    internal const string TakeConnect = "WS3008: Take CONNECT as well";
}

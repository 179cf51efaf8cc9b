using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Yarp;

namespace WebSockets.Analyzers.CodeFixes.Rules.Yarp;

/// <summary>Writes HTTP/1.1.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS6001UpstreamHttp10Fix)), Shared]
public sealed class WS6001UpstreamHttp10Fix() : WebSocketsFix(WS6001UpstreamHttp10.Id, new UseHttp11(SpeakHttp11))
{
    internal const string SpeakHttp11 = "WS6001: Use HTTP/1.1";
}

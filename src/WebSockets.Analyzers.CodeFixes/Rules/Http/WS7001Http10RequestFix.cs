using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Http;

namespace WebSockets.Analyzers.CodeFixes.Rules.Http;

/// <summary>Writes HTTP/1.1.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS7001Http10RequestFix)), Shared]
public sealed class WS7001Http10RequestFix() : WebSocketsFix(WS7001Http10Request.Id, new UseHttp11(SpeakHttp11))
{
    internal const string SpeakHttp11 = "WS7001: Use HTTP/1.1";
}

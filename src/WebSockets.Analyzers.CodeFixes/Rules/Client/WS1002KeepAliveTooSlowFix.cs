using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Client;

namespace WebSockets.Analyzers.CodeFixes.Rules.Client;

/// <summary>Sets an interval that comes before the idle limit.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS1002KeepAliveTooSlowFix)), Shared]
public sealed class WS1002KeepAliveTooSlowFix() : WebSocketsFix(WS1002KeepAliveTooSlow.Id, new SetKeepAliveInterval(SendInTime))
{
    internal const string SendInTime = "WS1002: Send the keep-alive in time";
}

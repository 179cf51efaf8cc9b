using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Client;

namespace WebSockets.Analyzers.CodeFixes.Rules.Client;

/// <summary>Sets an interval that comes before the idle limit.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS1001KeepAliveDisabledFix))]
public sealed class WS1001KeepAliveDisabledFix() : WebSocketsFix(WS1001KeepAliveDisabled.Id, new SetKeepAliveInterval(SetInterval, sparesComments: true))
{
    internal const string SetInterval = "WS1001: Send a keep-alive";
}

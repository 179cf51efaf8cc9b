using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Client;

namespace WebSockets.Analyzers.CodeFixes.Rules.Client;

/// <summary>Sets a value that works, or, second, switches the keep-alive off, which a huge interval may have been meant for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS1006KeepAliveOutOfRangeFix)), Shared]
public sealed class WS1006KeepAliveOutOfRangeFix() : WebSocketsFix(WS1006KeepAliveOutOfRange.Id, new SetKeepAliveInterval(InRange), new SwitchKeepAliveOff(Infinite))
{
    internal const string InRange = "WS1006: Set a value in range";
    internal const string Infinite = "WS1006: Switch it off (infinite)";
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.CodeFixes.Rules.Messages;

/// <summary>Reads complete messages.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS2002EndOfMessageIgnoredFix))]
public sealed class WS2002EndOfMessageIgnoredFix() : WebSocketsFix(WS2002EndOfMessageIgnored.Id, new Complete())
{
    internal const string FixTitle = "WS2002: Read the complete message";

    private sealed class Complete() : FixAction(FixTitle)
    {
        public override Task<Document?> ApplyAsync(FixTarget target) => Task.FromResult(CompleteMessage.Fix(target));
    }
}

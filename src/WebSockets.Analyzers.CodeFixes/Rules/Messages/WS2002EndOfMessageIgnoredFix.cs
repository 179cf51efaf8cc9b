using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.CodeFixes.Rules.Messages;

/// <summary>Reads complete messages.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS2002EndOfMessageIgnoredFix))]
public sealed class WS2002EndOfMessageIgnoredFix() : WebSocketsFix(WS2002EndOfMessageIgnored.Id, new Complete(), new Stream())
{
    internal const string FixTitle = "WS2002: Read the complete message";
    internal const string StreamTitle = "WS2002: Read the message as a stream";

    private sealed class Complete() : FixAction(FixTitle)
    {
        public override Task<Document?> ApplyAsync(FixTarget target) => Task.FromResult(CompleteMessage.Fix(target));
    }

    private sealed class Stream() : FixAction(StreamTitle)
    {
        public override Task<Document?> ApplyAsync(FixTarget target) => Task.FromResult(CompleteMessage.ReadStream(target));
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Rules.Kestrel;

namespace WebSockets.Analyzers.CodeFixes.Rules.Kestrel;

/// <summary>Lets an endpoint with TLS speak HTTP/1.1 as well.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS4001Http2OnlyEndpointFix))]
public sealed class WS4001Http2OnlyEndpointFix() : WebSocketsFix(WS4001Http2OnlyEndpoint.Id, new SpeakBoth())
{
    internal const string AllowHttp11 = "WS4001: Speak HTTP/1.1 as well";

    private sealed class SpeakBoth() : FixAction(AllowHttp11)
    {
        public override Task<Document?> ApplyAsync(FixTarget target) => Task.FromResult(
            target.Diagnostic.Properties.TryGetValue(Facts.Text, out var protocols) && protocols is not null && target.Node is AssignmentExpressionSyntax assignment
                ? target.Replace(assignment.Right, Code.Expression($"global::Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.{protocols}").WithTriviaFrom(assignment.Right))
                : null);
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Rules.Server;

namespace WebSockets.Analyzers.CodeFixes.Rules.Server;

/// <summary>Removes the second call; its options go to the first where that has none.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS3006UseWebSocketsTwiceFix))]
public sealed class WS3006UseWebSocketsTwiceFix() : WebSocketsFix(WS3006UseWebSocketsTwice.Id, new Merge())
{
    internal const string MergeCalls = "WS3006: Merge the calls of UseWebSockets";

    private sealed class Merge() : FixAction(MergeCalls)
    {
        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            if (target.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } second || Statements.CallAt(target, Facts.Before) is not { } first) return Task.FromResult<Document?>(null);
            var options = Options(second, target);
            if (options is null) return Task.FromResult(Statements.RemoveCall(target.Root, second) is { } shorter ? target.Document.WithSyntaxRoot(shorter) : null);
            if (first.Contains(second) || second.Contains(first)) return Task.FromResult<Document?>(null);
            if (Options(first, target) is { } own) return Task.FromResult(Together(target, own, options, second));
            var root = target.Root.TrackNodes(first, second);
            root = Statements.RemoveCall(root, root.GetCurrentNode(second)!);
            return Task.FromResult(root?.GetCurrentNode(first) is { } kept ? target.Document.WithSyntaxRoot(root.ReplaceNode(kept.ArgumentList, kept.ArgumentList.AddArguments(options))) : null);
        }

        /// <summary>Two initialisers become one where they set different things; which of two values is meant is for a person to say.</summary>
        private static Document? Together(FixTarget target, ArgumentSyntax first, ArgumentSyntax second, InvocationExpressionSyntax secondCall)
        {
            if (first.Expression is not BaseObjectCreationExpressionSyntax kept || second.Expression is not BaseObjectCreationExpressionSyntax { Initializer.Expressions: var added }) return null;
            var names = (kept.Initializer?.Expressions ?? []).Concat(added).Select(e => (e as AssignmentExpressionSyntax)?.Left.ToString()).ToList();
            if (names.Contains(null) || names.Distinct().Count() != names.Count) return null;
            var merged = kept;
            foreach (var assignment in added.Cast<AssignmentExpressionSyntax>())
                merged = Initializers.Add(merged, assignment.Left.ToString(), assignment.Right.WithoutTrivia());
            var root = target.Root.TrackNodes(kept, secondCall);
            root = root.ReplaceNode(root.GetCurrentNode(kept)!, merged);
            return Statements.RemoveCall(root, root.GetCurrentNode(secondCall)!) is { } result ? target.Document.WithSyntaxRoot(result) : null;
        }

        private static ArgumentSyntax? Options(InvocationExpressionSyntax use, FixTarget target) =>
            use.ArgumentList.Arguments.LastOrDefault() is { } last && target.Model.GetTypeInfo(last.Expression, target.Cancellation).ConvertedType?.Name == "WebSocketOptions" ? last : null;
    }
}

using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.Core;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <summary>
/// The method that computes the wait before a reconnect: exponential, capped, with full jitter. One for each type, or a local function in top-level code.
/// </summary>
internal static class Backoff
{
    public const string MethodName = "ReconnectDelay";

    /// <summary>
    /// The root with the method in it, near the node; null where the name is taken by something else. A method of that name and shape that stands there already is used.
    /// </summary>
    /// <param name="root">The root, changed already.</param>
    /// <param name="caller">A node of that root which calls the method.</param>
    /// <param name="original">The caller's place in the document before the change, to ask what its names mean.</param>
    /// <param name="target">The fix's target, whose facts carry the base and the cap.</param>
    public static SyntaxNode? AddMethod(SyntaxNode root, SyntaxNode caller, SyntaxNode original, FixTarget target)
    {
        if (target.Diagnostic.Properties.Duration(Facts.ReconnectBaseDelay) is not { } first || target.Diagnostic.Properties.Duration(Facts.ReconnectMaxDelay) is not { } cap) return null;
        var hasShared = target.Model.Compilation.GetTypesByMetadataName("System.Random").Any(r => r.GetMembers("Shared").Length > 0);
        if (caller.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
        {
            if (root is not CompilationUnitSyntax unit || caller.FirstAncestorOrSelf<GlobalStatementSyntax>() is null) return null;
            if (unit.Members.OfType<GlobalStatementSyntax>().Any(g => g.Statement is LocalFunctionStatementSyntax l && l.Identifier.ValueText == MethodName)) return root;
            var function = SyntaxFactory.GlobalStatement(SyntaxFactory.ParseStatement(Text("static", first, cap, hasShared)));
            return root.InsertNodesAfter(unit.Members.OfType<GlobalStatementSyntax>().Last(), [AfterBlankLine(function, SyntaxFactory.EndOfLine(Layout.LineEnd(target.Root)))]);
        }

        var members = type.Members.OfType<MethodDeclarationSyntax>().Where(m => m.Identifier.ValueText == MethodName).ToList();
        if (members.Count > 0) return members.Any(m => m.ParameterList.Parameters is [{ Type: PredefinedTypeSyntax }]) ? root : null;
        if (original.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration || target.Model.LookupSymbols(declaration.OpenBraceToken.Span.End, name: MethodName).Length > 0) return null;
        var method = (MethodDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(Text("private static", first, cap, hasShared))!;
        return root.InsertNodesAfter(type.Members.Last(), [AfterBlankLine(method, SyntaxFactory.ElasticCarriageReturnLineFeed)]);
    }

    private static T AfterBlankLine<T>(T node, SyntaxTrivia blankLine)
        where T : SyntaxNode => Code.Ready(node.WithLeadingTrivia(node.GetLeadingTrivia().Insert(0, blankLine)));

    private static string Text(string modifiers, TimeSpan first, TimeSpan cap, bool hasShared) => $$"""
        // Exponential backoff with full jitter: after an outage clients come back one by one, not all at once.
        {{modifiers}} global::System.TimeSpan {{MethodName}}(int failures)
        {
            const double baseMilliseconds = {{Number(first)}};
            const double maxMilliseconds = {{Number(cap)}};
            return global::System.TimeSpan.FromMilliseconds({{(hasShared ? "global::System.Random.Shared" : "new global::System.Random()")}}.NextDouble() * global::System.Math.Min(maxMilliseconds, baseMilliseconds * global::System.Math.Pow(2, failures)));
        }

        """;

    // 30_000: digits grouped as people read them.
    private static string Number(TimeSpan value) => value.TotalMilliseconds % 1 == 0
        ? value.TotalMilliseconds.ToString("#,0", CultureInfo.InvariantCulture).Replace(",", "_")
        : value.TotalMilliseconds.ToString("R", CultureInfo.InvariantCulture);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <summary>The SignalR retry policy that fixes write: capped exponential backoff with full jitter, which never gives up. Once a project.</summary>
internal static class RetryPolicy
{
    private const string Name = "ReconnectPolicy";

    /// <summary>The policy's class: one of the project, or the one to be added.</summary>
    /// <param name="Creation"><c>new ReconnectPolicy()</c>.</param>
    /// <param name="Declaration">The class to add; null when the project has it.</param>
    public sealed record Class(ExpressionSyntax Creation, MemberDeclarationSyntax? Declaration);

    public static Class? For(FixTarget target)
    {
        var types = new KnownTypes(target.Model.Compilation);
        if (types.Get(Api.IRetryPolicy) is null) return null;
        for (int i = 0; ; i++)
        {
            var name = i switch { 0 => Name, 1 => "Endless" + Name, _ => Name + i };
            var taken = target.Model.Compilation.GetSymbolsWithName(name, SymbolFilter.Type, target.Cancellation).OfType<INamedTypeSymbol>().ToList();
            if (taken.FirstOrDefault(t => IsPolicy(t, types)) is { } policy)
                return new(Code.Expression($"new {policy.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}()"), null);
            if (taken.Count > 0) continue;
            return new(Code.Expression($"new {name}()"), Declare(target, name, types));
        }
    }

    private static bool IsPolicy(INamedTypeSymbol type, KnownTypes types) =>
        types.IsOrInherits(type, Api.IRetryPolicy) && type is { IsAbstract: false, TypeKind: TypeKind.Class, ContainingType: null }
        && type.InstanceConstructors.Any(c => c.Parameters.IsEmpty && c.DeclaredAccessibility >= Accessibility.Internal);

    private static MemberDeclarationSyntax? Declare(FixTarget target, string name, KnownTypes types)
    {
        if (target.Diagnostic.Properties.Duration(Facts.ReconnectBaseDelay) is not { } baseDelay || target.Diagnostic.Properties.Duration(Facts.ReconnectMaxDelay) is not { } maxDelay) return null;
        bool shared = types.Get(Api.Random)?.GetMembers("Shared").IsEmpty == false;
        var random = shared ? "global::System.Random.Shared" : "_random";
        var text = $$"""
            /// <summary>Reconnects for as long as it takes. The delays grow up to a limit and are random below it, so that clients do not all come back at once.</summary>
            internal sealed class {{name}} : global::Microsoft.AspNetCore.SignalR.Client.IRetryPolicy
            {
                private static readonly global::System.TimeSpan BaseDelay = {{Code.Duration(baseDelay)}};
                private static readonly global::System.TimeSpan MaxDelay = {{Code.Duration(maxDelay)}};
            {{(shared ? "" : "    private readonly global::System.Random _random = new global::System.Random();\n")}}
                public global::System.TimeSpan? NextRetryDelay(global::Microsoft.AspNetCore.SignalR.Client.RetryContext retryContext)
                {
                    double ceiling = global::System.Math.Min(MaxDelay.TotalMilliseconds, BaseDelay.TotalMilliseconds * global::System.Math.Pow(2, retryContext.PreviousRetryCount));
                    return global::System.TimeSpan.FromMilliseconds({{random}}.NextDouble() * ceiling);
                }
            }
            """.Replace("\r\n", "\n");
        var lineEnd = LineEnd(target);
        return SyntaxFactory.ParseMemberDeclaration(text.Replace("\n", lineEnd)) is { } declaration ? Code.Ready(declaration) : null;
    }

    /// <summary>The root with the class behind everything else in the namespace of the node, or in the file.</summary>
    public static SyntaxNode Append(SyntaxNode root, SyntaxNode inside, MemberDeclarationSyntax declaration, string lineEnd)
    {
        var end = SyntaxFactory.EndOfLine(lineEnd);
        if (inside.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>() is { Members.Count: > 0 } space)
            return root.ReplaceNode(space, space.WithMembers(Behind(space.Members, declaration, end, closes: space is NamespaceDeclarationSyntax)));
        return root is CompilationUnitSyntax { Members.Count: > 0 } unit ? unit.WithMembers(Behind(unit.Members, declaration, end, closes: false)) : root;
    }

    public static string LineEnd(FixTarget target)
    {
        var line = target.Node.SyntaxTree.GetText(target.Cancellation).Lines[0];
        return line.EndIncludingLineBreak - line.End == 2 ? "\r\n" : "\n";
    }

    private static SyntaxList<MemberDeclarationSyntax> Behind(SyntaxList<MemberDeclarationSyntax> members, MemberDeclarationSyntax declaration, SyntaxTrivia end, bool closes)
    {
        var last = members[members.Count - 1];
        bool endsLine = last.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
        if (!endsLine) members = members.Replace(last, last.WithTrailingTrivia(last.GetTrailingTrivia().Add(end)));
        declaration = declaration.WithLeadingTrivia(declaration.GetLeadingTrivia().Insert(0, end));
        // A file that ends without a line break keeps doing so.
        return members.Add(endsLine || closes ? declaration.WithTrailingTrivia(end) : declaration.WithoutTrailingTrivia());
    }
}

using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.SignalR;

namespace WebSockets.Analyzers.CodeFixes.Rules.SignalR;

/// <summary>Inserts <c>WithAutomaticReconnect</c> before <c>Build</c>, with a retry policy that does not give up.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS5001NoAutomaticReconnectFix)), Shared]
public sealed class WS5001NoAutomaticReconnectFix() : WebSocketsFix(WS5001NoAutomaticReconnect.Id, new Reconnect())
{
    internal const string ReconnectWithBackoff = "WS5001: Reconnect automatically";

    private sealed class Reconnect() : FixAction(ReconnectWithBackoff)
    {
        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            var builds = Builds(target);
            if (builds.Count == 0 || RetryPolicy.For(target) is not { } policy) return Task.FromResult<Document?>(null);

            var mark = new SyntaxAnnotation();
            var root = target.Root.ReplaceNodes(builds, (_, build) => Insert(build, policy.Creation).WithAdditionalAnnotations(mark));
            if (policy.Declaration is { } declaration) root = RetryPolicy.Append(root, root.GetAnnotatedNodes(mark).First(), declaration, RetryPolicy.LineEnd(target));
            return Task.FromResult<Document?>(target.Document.WithSyntaxRoot(root));
        }

        /// <summary>The <c>Build</c> at the end of the chain that begins with the node, or those of the variable that the chain goes to.</summary>
        private static List<MemberAccessExpressionSyntax> Builds(FixTarget target)
        {
            if (Build(target.Node) is { } build) return [build];
            var chain = Chain(target.Node).Last();
            var variable = chain.Parent switch
            {
                EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } => target.Model.GetDeclaredSymbol(declarator, target.Cancellation),
                AssignmentExpressionSyntax assignment when assignment.Right == chain => target.Model.GetSymbolInfo(assignment.Left, target.Cancellation).Symbol,
                _ => null,
            };
            if (variable is not ILocalSymbol) return [];
            var scope = chain.Ancestors().FirstOrDefault(a => a is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax) ?? target.Root;
            return scope.DescendantNodes().OfType<IdentifierNameSyntax>()
                .Where(name => name.Identifier.ValueText == variable.Name && SymbolEqualityComparer.Default.Equals(target.Model.GetSymbolInfo(name, target.Cancellation).Symbol, variable))
                .Select(Build).OfType<MemberAccessExpressionSyntax>().ToList();
        }

        private static MemberAccessExpressionSyntax? Build(SyntaxNode start) =>
            Chain(start).Select(link => link.Parent).OfType<MemberAccessExpressionSyntax>()
                .FirstOrDefault(access => access.Name.Identifier.ValueText == "Build" && access.Parent is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 });

        /// <summary>The expression and each call in the chain on it.</summary>
        private static IEnumerable<SyntaxNode> Chain(SyntaxNode start)
        {
            yield return start;
            while (start.Parent is MemberAccessExpressionSyntax access && access.Expression == start && access.Parent is InvocationExpressionSyntax call || start.Parent is ParenthesizedExpressionSyntax)
                yield return start = start.Parent is ParenthesizedExpressionSyntax ? start.Parent : start.Parent!.Parent!;
        }

        /// <summary><c>.Build</c> becomes <c>.WithAutomaticReconnect(…).Build</c>, on a line of its own when <c>.Build</c> has one.</summary>
        private static MemberAccessExpressionSyntax Insert(MemberAccessExpressionSyntax build, ExpressionSyntax policy)
        {
            var expression = build.Expression;
            bool ownLine = expression.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
            var access = SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression, expression,
                SyntaxFactory.Token(SyntaxKind.DotToken).WithLeadingTrivia(ownLine ? build.OperatorToken.LeadingTrivia.Where(t => t.IsKind(SyntaxKind.WhitespaceTrivia)) : []),
                SyntaxFactory.IdentifierName("WithAutomaticReconnect"));
            var call = SyntaxFactory.InvocationExpression(access, SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(policy))));
            if (ownLine) call = call.WithTrailingTrivia(expression.GetTrailingTrivia().Last(t => t.IsKind(SyntaxKind.EndOfLineTrivia)));
            return build.WithExpression(call);
        }
    }
}

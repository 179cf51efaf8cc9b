using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <summary>
/// A receive as a statement that fixes can work with: <c>var result = await socket.ReceiveAsync(…);</c>, <c>result = await …;</c> or <c>await …;</c>.
/// </summary>
internal sealed class ReceiveCode
{
    private ReceiveCode(InvocationExpressionSyntax call, StatementSyntax statement, AwaitExpressionSyntax await, string? result, bool declares)
    {
        Call = call;
        Statement = statement;
        Await = await;
        Result = result;
        Declares = declares;
    }

    public InvocationExpressionSyntax Call { get; }

    public StatementSyntax Statement { get; }

    public AwaitExpressionSyntax Await { get; }

    /// <summary>The name of the result; null where it is dropped.</summary>
    public string? Result { get; }

    /// <summary>The statement declares the result.</summary>
    public bool Declares { get; }

    /// <summary>The expression of the socket, as text that can be repeated; null where that would do something twice.</summary>
    public string? Socket => Call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax or ThisExpressionSyntax or MemberAccessExpressionSyntax } access
        && access.Expression.DescendantNodesAndSelf().All(n => n is IdentifierNameSyntax or ThisExpressionSyntax or MemberAccessExpressionSyntax) ? access.Expression.ToString() : null;

    /// <summary>The token of the receive as text, where it is a plain name; otherwise none.</summary>
    public string Token => Call.ArgumentList.Arguments.LastOrDefault()?.Expression is { } token and (IdentifierNameSyntax or MemberAccessExpressionSyntax) && Call.ArgumentList.Arguments.Count > 1
        && token.DescendantNodesAndSelf().All(n => n is IdentifierNameSyntax or ThisExpressionSyntax or MemberAccessExpressionSyntax)
            ? token.ToString() : "global::System.Threading.CancellationToken.None";

    /// <summary>The first argument: the buffer.</summary>
    public ExpressionSyntax? Buffer => Call.ArgumentList.Arguments.FirstOrDefault()?.Expression;

    public static ReceiveCode? Of(InvocationExpressionSyntax? call)
    {
        if (call is null) return null;
        ExpressionSyntax value = call;
        while (value.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "AsTask" or "WaitAsync", Parent: InvocationExpressionSyntax next }) value = next;
        if (value.Parent is not AwaitExpressionSyntax await) return null;
        return await.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } statement } } declarator } =>
                new(call, statement, await, declarator.Identifier.ValueText, true),
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax { Identifier.ValueText: not "_" } left, Parent: ExpressionStatementSyntax statement } =>
                new(call, statement, await, left.Identifier.ValueText, false),
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Parent: ExpressionStatementSyntax statement } =>
                new(call, statement, await, null, false),
            ExpressionStatementSyntax statement => new(call, statement, await, null, false),
            _ => null,
        };
    }

    /// <summary>The receive whose member name the diagnostic marks.</summary>
    public static ReceiveCode? At(SyntaxNode node) => Of(node.FirstAncestorOrSelf<InvocationExpressionSyntax>());

    /// <summary>The receive that fills the buffer before the node: the nearest above it in the function, or the last one of a loop round it.</summary>
    public static ReceiveCode? Before(SyntaxNode node, string method = "ReceiveAsync")
    {
        var receives = Function(node).DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(i => i.Expression is MemberAccessExpressionSyntax m && m.Name.Identifier.ValueText == method || i.Expression is MemberBindingExpressionSyntax b && b.Name.Identifier.ValueText == method).ToList();
        return Of(receives.LastOrDefault(r => r.SpanStart < node.SpanStart) ?? receives.LastOrDefault());
    }

    public static SyntaxNode Function(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(a => a is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or AccessorDeclarationSyntax) ?? node.Ancestors().Last();

    /// <summary>The statement as a declaration with that name, for a result that was dropped; the same where it has one.</summary>
    public StatementSyntax Named(string name)
    {
        if (Result is not null) return Statement;
        var declaration = SyntaxFactory.LocalDeclarationStatement(SyntaxFactory.VariableDeclaration(
            SyntaxFactory.IdentifierName("var").WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.SingletonSeparatedList(SyntaxFactory.VariableDeclarator(SyntaxFactory.Identifier(name).WithTrailingTrivia(SyntaxFactory.Space), null,
                SyntaxFactory.EqualsValueClause(SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space), Await.WithoutTrivia())))));
        var semicolon = Statement is ExpressionStatementSyntax expression ? expression.SemicolonToken : declaration.SemicolonToken;
        return declaration.WithSemicolonToken(semicolon).WithLeadingTrivia(Statement.GetLeadingTrivia());
    }

    public string NameOr(string wanted) => Result ?? Code.FreeName(wanted, Function(Statement));
}

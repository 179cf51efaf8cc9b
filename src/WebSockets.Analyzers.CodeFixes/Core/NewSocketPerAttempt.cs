using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <summary>
/// Gives each attempt a socket of its own: moves the creation and configuration into the loop, or disposes of the used socket and creates a new one before the next attempt.
/// </summary>
internal sealed class NewSocketPerAttempt(string title) : FixAction(title)
{
    public override Task<Document?> ApplyAsync(FixTarget target) => Task.FromResult(Apply(target));

    private static Document? Apply(FixTarget target)
    {
        if (target.Node.FirstAncestorOrSelf<ObjectCreationExpressionSyntax>(c => c.ArgumentList?.Arguments.Count > 1) is { } client && client.Span == target.Node.Span) return FixFactory(target, client);
        if (target.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax access } connect
            || target.Model.GetSymbolInfo(access.Expression, target.Cancellation).Symbol is not { } holder
            || (holder as ILocalSymbol)?.Type.Name != "ClientWebSocket" && (holder as IFieldSymbol)?.Type.Name != "ClientWebSocket" && (holder as IPropertySymbol)?.Type.Name != "ClientWebSocket") return null;

        if (InSameFunction(connect).OfType<StatementSyntax>().FirstOrDefault(IsLoop) is { } loop)
            return holder is ILocalSymbol local ? MoveIntoLoop(target, local, loop) ?? RenewInHandler(target, holder, connect) : RenewInHandler(target, holder, connect);
        if (InSameFunction(connect).OfType<CatchClauseSyntax>().FirstOrDefault() is { } handler)
            return Renew(target, holder, handler.Block);
        if (Coalesce(target, holder, connect) is { } coalesce) return FixCoalesce(target, coalesce);
        return Partial(target, holder, connect) is { } condition ? FixCondition(target, condition) : RenewBefore(target, holder, connect);
    }

    private static IEnumerable<SyntaxNode> InSameFunction(SyntaxNode node) =>
        node.Ancestors().TakeWhile(a => a is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax));

    private static bool IsLoop(SyntaxNode node) => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or ForEachStatementSyntax;

    private static BlockSyntax? BodyOf(StatementSyntax loop) => loop switch
    {
        WhileStatementSyntax w => w.Statement,
        DoStatementSyntax d => d.Statement,
        ForStatementSyntax f => f.Statement,
        ForEachStatementSyntax e => e.Statement,
        _ => null,
    } as BlockSyntax;

    private static IReadOnlyList<SyntaxNode> UsesOf(ISymbol holder, SyntaxNode within, FixTarget target) =>
        within.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(n => n.Identifier.ValueText == holder.Name && SymbolEqualityComparer.Default.Equals(target.Model.GetSymbolInfo(n, target.Cancellation).Symbol, holder))
            .ToList<SyntaxNode>();

    /// <summary>The local is used for nothing but the loop: its declaration and the configuration behind it move to the loop's start.</summary>
    private static Document? MoveIntoLoop(FixTarget target, ILocalSymbol local, StatementSyntax loop)
    {
        if (BodyOf(loop) is not { Statements.Count: > 0 } body || Siblings(loop) is not { } siblings) return null;
        var index = siblings.IndexOf(loop);
        var declaration = siblings.FindIndex(s => s is LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: BaseObjectCreationExpressionSyntax } v] }
            && SymbolEqualityComparer.Default.Equals(target.Model.GetDeclaredSymbol(v, target.Cancellation), local));
        if (declaration < 0 || declaration > index) return null;
        var moved = new List<StatementSyntax> { siblings[declaration] };
        for (int i = declaration + 1; i < index; i++)
        {
            if (UsesOf(local, siblings[i], target).Count == 0) continue;
            if (!Configures(siblings[i], local, target)) return null;
            moved.Add(siblings[i]);
        }
        // The condition and what follows see the socket of the last attempt: then it must stay outside.
        if (siblings.Skip(index + 1).Any(s => UsesOf(local, s, target).Count > 0) || UsesOf(local, loop, target).Any(u => !body.Span.Contains(u.Span))) return null;

        var indentation = Layout.IndentationOf(loop);
        var inner = Layout.IndentationOf(body.Statements[0]);
        if (!inner.StartsWith(indentation, StringComparison.Ordinal)) return null;
        // A socket that outlives the attempt is disposed of when the attempt fails; any other at its end.
        bool escapes = UsesOf(local, body, target).Any(Escapes);
        var handlers = escapes ? HandlersOf(target.Node, loop) : [];
        if (escapes && handlers.Count == 0) return null;
        var shifted = moved.Select((s, i) => Layout.Shift(i > 0 ? s : Start(s, escapes), inner.Substring(indentation.Length))).ToList();
        var root = target.Root.TrackNodes(moved.Select(GlobalOrSelf).Concat(handlers).Append(body).Append(GlobalOrSelf(loop)));
        foreach (var handler in handlers)
        {
            var block = (BlockSyntax)root.GetCurrentNode<SyntaxNode>(handler)!;
            var dispose = Layout.Statements($"{local.Name}.Dispose();", handler.Statements.Count > 0 ? Layout.IndentationOf(handler.Statements[0]) : Layout.IndentationOf(handler) + Layout.Unit, Layout.LineEnd(target.Root));
            root = root.ReplaceNode(block, block.WithStatements(block.Statements.InsertRange(0, dispose)));
        }
        root = root.ReplaceNode(root.GetCurrentNode(body)!, root.GetCurrentNode(body)!.WithStatements(root.GetCurrentNode(body)!.Statements.InsertRange(0, shifted)));
        foreach (var statement in moved) root = root.RemoveNode(root.GetCurrentNode(GlobalOrSelf(statement))!, SyntaxRemoveOptions.KeepNoTrivia)!;
        // The blank line in front of the first moved statement now separates the loop from what is above it.
        var (blankLines, _) = Layout.SplitBlankLines(moved[0].GetLeadingTrivia());
        var current = root.GetCurrentNode(GlobalOrSelf(loop))!;
        var (own, others) = Layout.SplitBlankLines(current.GetLeadingTrivia());
        if (own.Count > 0 || blankLines.Count > 0) root = root.ReplaceNode(current, current.WithLeadingTrivia(blankLines.Concat(others)));
        return target.Document.WithSyntaxRoot(root);
    }

    private static StatementSyntax Start(StatementSyntax declaration, bool escapes)
    {
        var statement = declaration.WithLeadingTrivia(Layout.SplitBlankLines(declaration.GetLeadingTrivia()).Others);
        return escapes ? statement : AsUsing(statement);
    }

    /// <summary>The use hands the socket to something that may keep it.</summary>
    private static bool Escapes(SyntaxNode use) => use.Parent switch
    {
        MemberAccessExpressionSyntax => false,
        ArgumentSyntax argument => argument.FirstAncestorOrSelf<AwaitExpressionSyntax>() is null,
        _ => true,
    };

    /// <summary>The blocks of the handlers that take a failure of the attempt and stay in the loop.</summary>
    private static IReadOnlyList<BlockSyntax> HandlersOf(SyntaxNode connect, StatementSyntax loop) =>
        connect.Ancestors().TakeWhile(a => a != loop).OfType<TryStatementSyntax>().Where(t => t.Block.Span.Contains(connect.Span)).SelectMany(t => t.Catches).Select(c => c.Block).ToList();

    private static SyntaxNode GlobalOrSelf(StatementSyntax statement) => statement.Parent is GlobalStatementSyntax global ? global : statement;

    private static List<StatementSyntax>? Siblings(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements.ToList(),
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit.Members.OfType<GlobalStatementSyntax>().Select(g => g.Statement).ToList(),
        _ => null,
    };

    /// <summary><c>socket.Options.…</c>: an assignment or a call.</summary>
    private static bool Configures(StatementSyntax statement, ISymbol holder, FixTarget target)
    {
        if (statement is not ExpressionStatementSyntax expression) return false;
        var subject = expression.Expression is AssignmentExpressionSyntax assignment ? assignment.Left : (expression.Expression as InvocationExpressionSyntax)?.Expression;
        return subject is MemberAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Options" } options }
            && SymbolEqualityComparer.Default.Equals(target.Model.GetSymbolInfo(options.Expression, target.Cancellation).Symbol, holder);
    }

    // Each attempt has a socket of its own: without "using" each would leak one.
    private static StatementSyntax AsUsing(StatementSyntax statement) => statement is LocalDeclarationStatementSyntax declaration && declaration.UsingKeyword == default
        ? declaration.WithoutLeadingTrivia().WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space)).WithLeadingTrivia(declaration.GetLeadingTrivia())
        : statement;

    /// <summary>The socket lives longer than the loop: the handler of a failed attempt replaces it. Only where a success leaves the loop.</summary>
    private static Document? RenewInHandler(FixTarget target, ISymbol holder, InvocationExpressionSyntax connect)
    {
        var loop = InSameFunction(connect).OfType<StatementSyntax>().First(IsLoop);
        if (InSameFunction(connect).TakeWhile(a => a != loop).OfType<TryStatementSyntax>().FirstOrDefault(t => t.Block.Span.Contains(connect.Span)) is not { Catches: [var handler] }) return null;
        bool asksForState = loop is WhileStatementSyntax w && UsesOf(holder, w.Condition, target).Count > 0 || loop is DoStatementSyntax d && UsesOf(holder, d.Condition, target).Count > 0;
        var block = connect.FirstAncestorOrSelf<BlockSyntax>();
        bool leaves = block?.Statements.SkipWhile(s => s.SpanStart < connect.SpanStart).Any(s => s is BreakStatementSyntax or ReturnStatementSyntax) == true
            || block?.Statements.Last() is BreakStatementSyntax or ReturnStatementSyntax;
        return asksForState || leaves ? Renew(target, holder, handler.Block) : null;
    }

    /// <summary>Inserts disposal, creation and configuration at the start of a block.</summary>
    private static Document? Renew(FixTarget target, ISymbol holder, BlockSyntax block)
    {
        if (ConfigurationOf(target, holder) is not { } configuration || IsReadOnly(holder, target)) return null;
        var lineEnd = Layout.LineEnd(target.Root);
        var line = block.SyntaxTree.GetText().Lines.GetLineFromPosition(block.OpenBraceToken.SpanStart).ToString();
        var indentation = block.Statements.Count > 0 && !line.Contains('}') ? Layout.IndentationOf(block.Statements[0]) : line.Substring(0, line.Length - line.TrimStart().Length) + Layout.Unit;
        var fresh = Layout.Statements(Fresh(holder, configuration), indentation, lineEnd).ToList();
        var open = block.OpenBraceToken;
        if (!open.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)) return null;
        return target.Document.WithSyntaxRoot(target.Root.ReplaceNode(block, block.WithStatements(block.Statements.InsertRange(0, fresh))));
    }

    /// <summary>Before the connect of a method that is called again.</summary>
    private static Document? RenewBefore(FixTarget target, ISymbol holder, InvocationExpressionSyntax connect)
    {
        if (holder is ILocalSymbol || connect.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax } statement || ConfigurationOf(target, holder) is not { } configuration) return null;
        var fresh = Layout.Statements(Fresh(holder, configuration), Layout.IndentationOf(statement), Layout.LineEnd(target.Root));
        var declaration = ReadOnlyDeclaration(holder, target);
        if (IsReadOnly(holder, target) && declaration is null) return null;
        var root = declaration is null ? target.Root.TrackNodes<SyntaxNode>(statement) : target.Root.TrackNodes<SyntaxNode>(statement, declaration);
        root = root.InsertNodesBefore(root.GetCurrentNode(statement)!, fresh);
        if (declaration is not null)
        {
            var field = root.GetCurrentNode(declaration)!;
            var keyword = field.Modifiers.First(m => m.IsKind(SyntaxKind.ReadOnlyKeyword));
            var without = field.WithModifiers(field.Modifiers.Remove(keyword));
            root = root.ReplaceNode(field, field.Modifiers[0] == keyword ? without.WithLeadingTrivia(keyword.LeadingTrivia) : without);
        }
        return target.Document.WithSyntaxRoot(root);
    }

    private static string Fresh(ISymbol holder, IReadOnlyList<string> configuration) =>
        string.Join("\n", new[] { $"{holder.Name}{(holder is ILocalSymbol ? "" : "?")}.Dispose();", $"{holder.Name} = new global::System.Net.WebSockets.ClientWebSocket();" }.Concat(configuration));

    /// <summary>What configures the socket, as text; null when it is configured somewhere that cannot be repeated here.</summary>
    private static IReadOnlyList<string>? ConfigurationOf(FixTarget target, ISymbol holder)
    {
        var scopes = holder is ILocalSymbol
            ? [target.Node.Ancestors().First(a => a is BaseMethodDeclarationSyntax or CompilationUnitSyntax)]
            : holder.ContainingType.DeclaringSyntaxReferences.Select(r => r.GetSyntax(target.Cancellation)).ToList();
        if (scopes.Any(s => s.SyntaxTree != target.Root.SyntaxTree)) return null;
        // A creation with an initialiser or by a factory is more than "new ClientWebSocket()".
        if (scopes.SelectMany(s => ValuesOf(holder, s, target)).Any(v => v is not BaseObjectCreationExpressionSyntax { Initializer: null } && !v.IsKind(SyntaxKind.NullLiteralExpression))) return null;
        var result = new List<string>();
        foreach (var use in scopes.SelectMany(s => UsesOf(holder, s, target)))
        {
            if (use.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Options" }) continue;
            if (use.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || !Configures(statement, holder, target) || holder is not ILocalSymbol) return null;
            result.Add(statement.ToString());
        }
        return result;
    }

    /// <summary>What the variable is declared with or assigned.</summary>
    private static IEnumerable<ExpressionSyntax> ValuesOf(ISymbol holder, SyntaxNode scope, FixTarget target)
    {
        foreach (var node in scope.DescendantNodes())
        {
            if (node is VariableDeclaratorSyntax { Initializer.Value: { } initial } && SymbolEqualityComparer.Default.Equals(target.Model.GetDeclaredSymbol(node, target.Cancellation), holder)) yield return initial;
            else if (node is PropertyDeclarationSyntax { Initializer.Value: { } value } && SymbolEqualityComparer.Default.Equals(target.Model.GetDeclaredSymbol(node, target.Cancellation), holder)) yield return value;
            else if (node is AssignmentExpressionSyntax assignment && SymbolEqualityComparer.Default.Equals(target.Model.GetSymbolInfo(assignment.Left, target.Cancellation).Symbol, holder)) yield return assignment.Right;
        }
    }

    private static bool IsReadOnly(ISymbol holder, FixTarget target) => holder switch
    {
        ILocalSymbol local => local.IsUsing,
        IFieldSymbol field => field.IsReadOnly,
        IPropertySymbol property => property.SetMethod is null,
        _ => true,
    };

    private static FieldDeclarationSyntax? ReadOnlyDeclaration(ISymbol holder, FixTarget target) =>
        holder is IFieldSymbol { IsReadOnly: true } field && field.DeclaringSyntaxReferences is [var reference] && reference.SyntaxTree == target.Root.SyntaxTree
            ? reference.GetSyntax(target.Cancellation).FirstAncestorOrSelf<FieldDeclarationSyntax>()
            : null;

    private static ExpressionStatementSyntax? Coalesce(FixTarget target, ISymbol holder, InvocationExpressionSyntax connect) =>
        connect.Ancestors().First(a => a is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or CompilationUnitSyntax or AnonymousFunctionExpressionSyntax).DescendantNodes().OfType<ExpressionStatementSyntax>()
            .FirstOrDefault(s => s.Expression is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } a && SymbolEqualityComparer.Default.Equals(target.Model.GetSymbolInfo(a.Left, target.Cancellation).Symbol, holder));

    private static Document? FixCoalesce(FixTarget target, ExpressionStatementSyntax coalesce)
    {
        if (coalesce.Parent is not BlockSyntax) return null;
        var assignment = (AssignmentExpressionSyntax)coalesce.Expression;
        var dispose = Layout.Statements($"{assignment.Left}?.Dispose();", Layout.IndentationOf(coalesce), Layout.LineEnd(target.Root))[0].WithLeadingTrivia(coalesce.GetLeadingTrivia());
        var plain = coalesce.WithExpression(SyntaxFactory.AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, assignment.Left, SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTriviaFrom(assignment.OperatorToken), assignment.Right))
            .WithLeadingTrivia(SyntaxFactory.Whitespace(Layout.IndentationOf(coalesce)));
        return target.Document.WithSyntaxRoot(target.Root.ReplaceNode(coalesce, [dispose, plain]));
    }

    /// <summary>The condition that creates a new socket for <c>Closed</c> only.</summary>
    private static BinaryExpressionSyntax? Partial(FixTarget target, ISymbol holder, InvocationExpressionSyntax connect) =>
        connect.Ancestors().FirstOrDefault(a => a is BaseMethodDeclarationSyntax)?.DescendantNodes().OfType<IfStatementSyntax>()
            .Where(i => i.SpanStart < connect.SpanStart)
            .Select(i => i.Condition).OfType<BinaryExpressionSyntax>()
            .FirstOrDefault(b => b.IsKind(SyntaxKind.EqualsExpression) && b.Right is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Closed" } && UsesOf(holder, b, target).Count > 0);

    private static Document FixCondition(FixTarget target, BinaryExpressionSyntax condition)
    {
        var state = (MemberAccessExpressionSyntax)condition.Right;
        var open = state.WithName(SyntaxFactory.IdentifierName("Open").WithTriviaFrom(state.Name));
        return target.Replace(condition, SyntaxFactory.BinaryExpression(SyntaxKind.NotEqualsExpression, condition.Left, SyntaxFactory.Token(SyntaxKind.ExclamationEqualsToken).WithTriviaFrom(condition.OperatorToken), open));
    }

    /// <summary>The factory of a library client: it creates instead of returning what it captured. Only where the captured socket is not configured.</summary>
    private static Document? FixFactory(FixTarget target, ObjectCreationExpressionSyntax client)
    {
        if (client.ArgumentList!.Arguments.Select(a => a.Expression).OfType<AnonymousFunctionExpressionSyntax>().FirstOrDefault() is not { ExpressionBody: IdentifierNameSyntax captured }
            || target.Model.GetSymbolInfo(captured, target.Cancellation).Symbol is not { } holder || ConfigurationOf(target, holder) is not { Count: 0 }) return null;
        return target.Replace(captured, Code.Expression("new global::System.Net.WebSockets.ClientWebSocket()").WithTriviaFrom(captured));
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <summary>The statements of a session in the function that connects: from the socket's creation to the end of the function.</summary>
internal sealed class SessionCode
{
    private readonly InvocationExpressionSyntax _connect;
    private readonly ISymbol _holder;
    private readonly bool _createsInside;

    private SessionCode(InvocationExpressionSyntax connect, ISymbol holder, SyntaxNode function, IReadOnlyList<StatementSyntax> statements, string? token, bool createsInside)
    {
        _connect = connect;
        _holder = holder;
        _createsInside = createsInside;
        Function = function;
        Statements = statements;
        Token = token;
    }

    /// <summary>The method, or the compilation unit of top-level statements.</summary>
    public SyntaxNode Function { get; }

    public IReadOnlyList<StatementSyntax> Statements { get; }

    /// <summary>The expression of the cancellation token in scope; null where there is none.</summary>
    public string? Token { get; }

    /// <summary>A handler round the whole session takes every exception and stays.</summary>
    public bool SwallowsFailures => Statements is [TryStatementSyntax attempt] && attempt.Catches.Any(c =>
        (c.Declaration is null || c.Declaration.Type.ToString() is "Exception" or "System.Exception") && c.Filter is null
        && !c.Block.DescendantNodes().Any(n => n is ThrowStatementSyntax or ReturnStatementSyntax));

    public static SessionCode? Of(FixTarget target)
    {
        if (target.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } connect
            || connect.FirstAncestorOrSelf<AwaitExpressionSyntax>() is null
            || connect.Ancestors().Any(a => a is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
            || connect.Expression is not MemberAccessExpressionSyntax access
            || target.Model.GetSymbolInfo(access.Expression, target.Cancellation).Symbol is not { } holder) return null;

        SyntaxNode function;
        IReadOnlyList<StatementSyntax> all;
        if (connect.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { Body: { } body } method)
        {
            if (!method.Modifiers.Any(SyntaxKind.AsyncKeyword)) return null;
            // A result says that the caller waits for something; a loop that never ends would keep it waiting.
            if (target.Model.GetDeclaredSymbol(method, target.Cancellation) is not { } symbol || symbol.ReturnType is INamedTypeSymbol { TypeArguments.Length: > 0 }) return null;
            (function, all) = (method, body.Statements);
        }
        else if (connect.FirstAncestorOrSelf<GlobalStatementSyntax>() is not null && target.Root is CompilationUnitSyntax unit)
        {
            (function, all) = (unit, unit.Members.OfType<GlobalStatementSyntax>().Select(g => g.Statement).Where(s => s is not LocalFunctionStatementSyntax).ToList());
        }
        else
        {
            return null;
        }

        var connectIndex = IndexOf(all, connect);
        if (connectIndex < 0) return null;
        // The receive loop must be awaited behind the connect: otherwise the session's end cannot be seen here.
        if (!AwaitsReceive(connect, all, connectIndex)) return null;

        int start = connectIndex;
        bool createsInside = false;
        for (int i = 0; i <= connectIndex; i++)
        {
            if (!MentionsHolder(all[i], holder, target) || IsAfterSession(all[i], holder, target)) continue;
            start = Math.Min(start, i);
            createsInside |= Creates(all[i], holder, target);
        }
        var statements = all.Skip(start).ToList();

        switch (holder)
        {
            case ILocalSymbol:
                if (!createsInside) return null;
                break;
            case IFieldSymbol or IPropertySymbol { SetMethod: not null } when !createsInside:
                if (!CanRecreate(holder, function, target)) return null;
                break;
            case IFieldSymbol or IPropertySymbol:
                break;
            default:
                return null;
        }
        return new(connect, holder, function, statements, TokenOf(connect, function, statements, target), createsInside);
    }

    /// <summary>The session's statements with what the loop needs: the old socket disposed of, the failures reset, no way out that would end the loop. Null where that cannot be done.</summary>
    public IReadOnlyList<StatementSyntax>? Rewrite(string failures, FixTarget target, string lineEnd)
    {
        var rewriter = new Rewriter(this, failures, target, lineEnd);
        var rewritten = Statements.Select(rewriter.Rewrite).ToList();
        if (rewritten.Contains(null)) return null;
        var result = rewriter.Expand(rewritten!).ToList();
        if (_holder is not ILocalSymbol && !_createsInside)
        {
            var indentation = Layout.IndentationOf(Statements[0]);
            var name = _holder.Name;
            var fresh = Layout.Statements($"{name}?.Dispose();\n{name} = new global::System.Net.WebSockets.ClientWebSocket();", indentation, lineEnd);
            result.InsertRange(0, fresh);
        }
        return result;
    }

    /// <summary>The root with the session's statements replaced, and a readonly field made assignable.</summary>
    public SyntaxNode? ReplaceStatements(SyntaxNode root, IReadOnlyList<StatementSyntax> statements, FixTarget target)
    {
        var field = _holder is IFieldSymbol { IsReadOnly: true } f && !_createsInside
            ? f.DeclaringSyntaxReferences.Select(r => r.GetSyntax(target.Cancellation)).OfType<VariableDeclaratorSyntax>().FirstOrDefault()?.FirstAncestorOrSelf<FieldDeclarationSyntax>()
            : null;
        if (field is not null && field.SyntaxTree != root.SyntaxTree) return null;

        bool isTopLevel = Function is CompilationUnitSyntax;
        var old = Statements.Select(s => isTopLevel ? s.Parent! : s).ToList();
        root = root.TrackNodes(field is null ? old : old.Append(field));
        IEnumerable<SyntaxNode> added = isTopLevel ? statements.Select(SyntaxFactory.GlobalStatement) : statements;
        root = root.ReplaceNode(root.GetCurrentNode(old[0])!, added);
        foreach (var rest in old.Skip(1)) root = root.RemoveNode(root.GetCurrentNode(rest)!, SyntaxRemoveOptions.KeepNoTrivia)!;
        if (field is not null)
        {
            var current = root.GetCurrentNode(field)!;
            var keyword = current.Modifiers.First(m => m.IsKind(SyntaxKind.ReadOnlyKeyword));
            var without = current.WithModifiers(current.Modifiers.Remove(keyword));
            root = root.ReplaceNode(current, current.Modifiers[0] == keyword ? without.WithLeadingTrivia(keyword.LeadingTrivia) : without);
        }
        return root;
    }

    private static int IndexOf(IReadOnlyList<StatementSyntax> statements, SyntaxNode node)
    {
        for (int i = 0; i < statements.Count; i++) if (statements[i].Span.Contains(node.Span)) return i;
        return -1;
    }

    private static bool AwaitsReceive(InvocationExpressionSyntax connect, IReadOnlyList<StatementSyntax> all, int from) =>
        all.Skip(from).SelectMany(s => s.DescendantNodesAndSelf()).OfType<AwaitExpressionSyntax>().Any(a => a.SpanStart > connect.Span.End
            && (a.Ancestors().Any(n => n is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax)
                || a.Expression is InvocationExpressionSyntax call && !IsSocketCall(call)));

    private static bool IsSocketCall(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "SendAsync" or "CloseAsync" or "CloseOutputAsync" or "Delay" };

    private static bool MentionsHolder(SyntaxNode statement, ISymbol holder, FixTarget target) =>
        statement.DescendantNodesAndSelf().Any(n =>
            n is IdentifierNameSyntax name && name.Identifier.ValueText == holder.Name && SymbolEqualityComparer.Default.Equals(target.Model.GetSymbolInfo(name, target.Cancellation).Symbol, holder)
            || n is VariableDeclaratorSyntax declarator && SymbolEqualityComparer.Default.Equals(target.Model.GetDeclaredSymbol(declarator, target.Cancellation), holder));

    // What only looks at the holder before the session (a guard) stays outside the loop.
    private static bool IsAfterSession(StatementSyntax statement, ISymbol holder, FixTarget target) =>
        statement is IfStatementSyntax && !statement.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(a => SymbolEqualityComparer.Default.Equals(target.Model.GetSymbolInfo(a.Left, target.Cancellation).Symbol, holder));

    private static bool Creates(SyntaxNode statement, ISymbol holder, FixTarget target) =>
        statement.DescendantNodesAndSelf().Any(n => n switch
        {
            VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax } d => SymbolEqualityComparer.Default.Equals(target.Model.GetDeclaredSymbol(d, target.Cancellation), holder),
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: BaseObjectCreationExpressionSyntax } a => SymbolEqualityComparer.Default.Equals(target.Model.GetSymbolInfo(a.Left, target.Cancellation).Symbol, holder),
            _ => false,
        });

    /// <summary>A socket that is made and configured elsewhere can only be made anew here when it is not configured.</summary>
    private static bool CanRecreate(ISymbol holder, SyntaxNode function, FixTarget target)
    {
        if ((holder as IFieldSymbol)?.Type.Name != "ClientWebSocket" && (holder as IPropertySymbol)?.Type.Name != "ClientWebSocket") return false;
        foreach (var declaration in holder.ContainingType.DeclaringSyntaxReferences)
        {
            if (declaration.SyntaxTree != function.SyntaxTree) return false;
            var uses = declaration.GetSyntax(target.Cancellation).DescendantNodes().OfType<MemberAccessExpressionSyntax>().Where(m => m.Name.Identifier.ValueText == "Options");
            if (uses.Any(u => !function.Span.Contains(u.Span))) return false;
            // An initialiser in parentheses or braces, or a factory, makes something that is not known here.
            if (declaration.GetSyntax(target.Cancellation).DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(a => !function.Span.Contains(a.Span)
                && SymbolEqualityComparer.Default.Equals(target.Model.GetSymbolInfo(a.Left, target.Cancellation).Symbol, holder) && a.Right is not BaseObjectCreationExpressionSyntax and not LiteralExpressionSyntax)) return false;
        }
        return true;
    }

    private static string? TokenOf(InvocationExpressionSyntax connect, SyntaxNode function, IReadOnlyList<StatementSyntax> session, FixTarget target)
    {
        if (connect.ArgumentList.Arguments.LastOrDefault()?.Expression is { } argument and (IdentifierNameSyntax or MemberAccessExpressionSyntax)
            && target.Model.GetSymbolInfo(argument, target.Cancellation).Symbol is { IsStatic: false } symbol
            && target.Model.GetTypeInfo(argument, target.Cancellation).Type?.Name == "CancellationToken"
            // A token that the session makes for itself ends with the session.
            && !argument.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(n => target.Model.GetSymbolInfo(n, target.Cancellation).Symbol is ILocalSymbol l
                && l.DeclaringSyntaxReferences.Any(r => session.Any(s => s.Span.Contains(r.Span))))
            && symbol is not IMethodSymbol)
        {
            return argument.ToString();
        }
        return (function as MethodDeclarationSyntax)?.ParameterList.Parameters.FirstOrDefault(p => p.Type is not null && target.Model.GetTypeInfo(p.Type, target.Cancellation).Type?.Name == "CancellationToken")?.Identifier.ValueText;
    }

    private sealed class Rewriter(SessionCode session, string failures, FixTarget target, string lineEnd) : CSharpSyntaxRewriter
    {
        private bool _failed;

        public StatementSyntax? Rewrite(StatementSyntax statement)
        {
            var result = Visit(statement) as StatementSyntax;
            return _failed ? null : result;
        }

        public override SyntaxNode? VisitLocalDeclarationStatement(LocalDeclarationStatementSyntax node)
        {
            var visited = (LocalDeclarationStatementSyntax)base.VisitLocalDeclarationStatement(node)!;
            if (node.UsingKeyword != default || !node.Declaration.Variables.Any(v => SymbolEqualityComparer.Default.Equals(target.Model.GetDeclaredSymbol(v, target.Cancellation), session._holder))) return visited;
            // Each attempt has a socket of its own: without "using" each would leak one.
            return visited.WithoutLeadingTrivia().WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space)).WithLeadingTrivia(visited.GetLeadingTrivia());
        }

        public override SyntaxNode? VisitBlock(BlockSyntax node)
        {
            var visited = (BlockSyntax)base.VisitBlock(node)!;
            return visited.WithStatements(SyntaxFactory.List(Expand(visited.Statements)));
        }

        /// <summary>Adds what stands before or behind a statement of the session.</summary>
        public IEnumerable<StatementSyntax> Expand(IEnumerable<StatementSyntax> statements)
        {
            foreach (var statement in statements)
            {
                foreach (var before in statement.GetAnnotations(Before)) yield return Line(before.Data!, statement, takeLeading: true);
                yield return statement.GetAnnotations(Before).Any() ? statement.WithLeadingTrivia(Indentation(statement)) : statement;
                foreach (var after in statement.GetAnnotations(After)) yield return Line(after.Data!, statement, takeLeading: false);
            }
        }

        public override SyntaxNode? VisitExpressionStatement(ExpressionStatementSyntax node)
        {
            var visited = (ExpressionStatementSyntax)base.VisitExpressionStatement(node)!;
            if (node.Span.Contains(session._connect.Span)) visited = visited.WithAdditionalAnnotations(new SyntaxAnnotation(After, failures + " = 0;"));
            if (session._holder is not ILocalSymbol && node.Expression is AssignmentExpressionSyntax { Right: BaseObjectCreationExpressionSyntax } assignment
                && SymbolEqualityComparer.Default.Equals(target.Model.GetSymbolInfo(assignment.Left, target.Cancellation).Symbol, session._holder))
            {
                visited = visited.WithAdditionalAnnotations(new SyntaxAnnotation(Before, $"{assignment.Left}?.Dispose();"));
            }
            return visited;
        }

        public override SyntaxNode? VisitReturnStatement(ReturnStatementSyntax node)
        {
            if (node.Expression is not null) return Fail(node);
            // Leaving on cancellation is right.
            if (node.Ancestors().OfType<CatchClauseSyntax>().FirstOrDefault() is { } handler && Statement(node) is TryStatementSyntax)
            {
                if (handler.Declaration?.Type.ToString() is "OperationCanceledException" or "TaskCanceledException" or "System.OperationCanceledException" && (session.Token is null || handler.Filter is not null)) return node;
            }
            if (node.Ancestors().OfType<IfStatementSyntax>().Any(i => session.Token is { } token && i.Condition.ToString() == token + ".IsCancellationRequested")) return node;
            var breakable = node.Ancestors().FirstOrDefault(a => a is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or ForEachStatementSyntax or SwitchStatementSyntax);
            return breakable is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax && IsLast((StatementSyntax)breakable)
                ? SyntaxFactory.BreakStatement(SyntaxFactory.Token(SyntaxKind.BreakKeyword), node.SemicolonToken.WithLeadingTrivia()).WithTriviaFrom(node)
                : Fail(node);
        }

        public override SyntaxNode? VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node) => node;

        public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => node;

        public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => node;

        public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node) => node;

        private const string Before = nameof(Before);
        private const string After = nameof(After);

        private StatementSyntax? Statement(SyntaxNode node) => session.Statements.FirstOrDefault(s => s.Span.Contains(node.Span));

        /// <summary>Nothing of the session follows the statement: leaving it ends the session.</summary>
        private bool IsLast(StatementSyntax statement)
        {
            for (SyntaxNode node = statement; ;)
            {
                if (node is StatementSyntax top && session.Statements.Contains(top)) return session.Statements[session.Statements.Count - 1] == top;
                if (node.Parent is BlockSyntax block && block.Statements.Last() != node) return false;
                if (node.Parent is null) return false;
                node = node.Parent;
            }
        }

        private SyntaxNode Fail(SyntaxNode node)
        {
            _failed = true;
            return node;
        }

        private static SyntaxTriviaList Indentation(StatementSyntax statement) =>
            SyntaxFactory.TriviaList(statement.GetLeadingTrivia().Reverse().TakeWhile(t => t.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1));

        private StatementSyntax Line(string text, StatementSyntax beside, bool takeLeading) =>
            SyntaxFactory.ParseStatement(text).WithLeadingTrivia(takeLeading ? beside.GetLeadingTrivia() : Indentation(beside)).WithTrailingTrivia(SyntaxFactory.EndOfLine(lineEnd));
    }
}

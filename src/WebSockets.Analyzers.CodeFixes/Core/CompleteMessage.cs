using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <summary>
/// Turns one receive into a loop that puts the parts of a message together in a <c>MemoryStream</c>, and lets the code behind it use that instead of the buffer.
/// </summary>
internal sealed partial class CompleteMessage
{
    private readonly FixTarget _target;
    private readonly ReceiveCode _receive;
    private readonly IReadOnlyList<StatementSyntax> _following;
    private readonly HashSet<ISymbol> _buffers;
    private readonly string _message;
    private readonly string _result;

    private CompleteMessage(FixTarget target, ReceiveCode receive, IReadOnlyList<StatementSyntax> following, HashSet<ISymbol> buffers, string[] names)
    {
        _target = target;
        _receive = receive;
        _following = following;
        _buffers = buffers;
        _result = receive.NameOr("result");
        _message = names.FirstOrDefault(n => Code.FreeName(n, ReceiveCode.Function(receive.Statement)) == n) ?? Code.FreeName(names[0], ReceiveCode.Function(receive.Statement));
    }

    /// <summary>Puts the parts together.</summary>
    public static Document? Fix(FixTarget target) => Of(target, "message", "received", "content") is { } fix ? fix.MessageLoop is { } loop ? fix.MoveOut(loop) : fix.PutLoopRound() : null;

    private static CompleteMessage? Of(FixTarget target, params string[] names)
    {
        if (ReceiveCode.At(target.Node) is not { Buffer: { } buffer } receive || BuffersOf(buffer, receive, target) is not { Count: > 0 } buffers || Following(receive.Statement) is not { } following) return null;
        // What stands behind the next receive into the buffer is about that one, unless it looks at the bytes first.
        var own = following.TakeWhile(s => !Receives(s)).ToList();
        if (following.Skip(own.Count).FirstOrDefault() is { } next && next.DescendantNodes().FirstOrDefault(IsBuffer) is { } first && !first.Ancestors().TakeWhile(a => a != next).Any(IsReceive)) return null;
        return new(target, receive, own, buffers, names);

        bool IsBuffer(SyntaxNode node) => node is IdentifierNameSyntax && target.Model.GetSymbolInfo(node, target.Cancellation).Symbol is { } symbol && buffers.Contains(symbol);
        bool IsReceive(SyntaxNode node) => node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ReceiveAsync" } };
        bool Receives(SyntaxNode node) => node.DescendantNodes().Any(n => IsReceive(n) && n.DescendantNodes().Any(IsBuffer));
    }

    /// <summary>The loop round the receive that waits for the end of the message.</summary>
    private DoStatementSyntax? MessageLoop => _receive.Statement.Parent is BlockSyntax { Parent: DoStatementSyntax loop } && loop.Condition.ToString().Contains("EndOfMessage") ? loop : null;

    /// <summary>The receive gets a loop; the statements behind it use the whole message.</summary>
    private Document? PutLoopRound()
    {
        // Code elsewhere would still look at the buffer.
        if (UsesElsewhere()) return null;
        if (Type() is not { } type || WriteStatement() is not { } write) return null;
        var awaited = _receive.Await.WithoutTrivia().ToString();
        var declaration = _receive.Result is null || _receive.Declares ? $"{type} {_result};\n" : "";
        var text = $"{Using}var {_message} = new global::System.IO.MemoryStream();\n{declaration}do\n{{\n    {_result} = {awaited.Replace("\n", "\n    ")};\n    {write}\n}}\nwhile (!{_result}.EndOfMessage);";
        return Replaced(text.Replace("\r", ""), new Rewriter(this)) is { } root ? _target.Document.WithSyntaxRoot(root) : null;
    }

    /// <summary>The root with other statements in the place of the receive, and what follows rewritten.</summary>
    private SyntaxNode? Replaced(string text, Rewriter rewriter, SyntaxNode? tracked = null)
    {
        var instead = Layout.Statements(text, Layout.IndentationOf(_receive.Statement), Layout.LineEnd(_target.Root)).ToList();
        instead[0] = instead[0].WithLeadingTrivia(_receive.Statement.GetLeadingTrivia());
        instead[instead.Count - 1] = instead[instead.Count - 1].WithTrailingTrivia(_receive.Statement.GetTrailingTrivia());
        var replaced = new Dictionary<SyntaxNode, SyntaxNode>();
        foreach (var statement in _following)
            if (Rewrite(statement, rewriter) is { } changed) replaced[Outer(statement)] = Wrap(statement, changed);
            else return null;
        var root = _target.Root.TrackNodes(replaced.Keys.Append(Outer(_receive.Statement)).Concat(tracked is null ? [] : [tracked]));
        foreach (var pair in replaced) root = root.ReplaceNode(root.GetCurrentNode(pair.Key)!, pair.Value);
        var current = root.GetCurrentNode(Outer(_receive.Statement))!;
        return root.ReplaceNode(current, instead.Select(s => current is GlobalStatementSyntax ? (SyntaxNode)SyntaxFactory.GlobalStatement(s) : s));
    }

    /// <summary>The loop is there, but uses each part: what follows the receive in it moves behind it.</summary>
    private Document? MoveOut(DoStatementSyntax loop)
    {
        var block = (BlockSyntax)loop.Statement;
        if (_receive.Result is null || _receive.Declares || loop.Parent is not BlockSyntax || UsesElsewhere() || WriteStatement() is not { } write || _following.Count == 0) return null;
        // What stands before the receive is repeated with it; what jumps belongs to this loop.
        if (_following.SelectMany(s => s.DescendantNodesAndSelf(n => n is not (AnonymousFunctionExpressionSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax))).Any(n => n is BreakStatementSyntax or ContinueStatementSyntax)) return null;
        var lineEnd = Layout.LineEnd(_target.Root);
        var outer = Layout.IndentationOf(loop);
        var inner = Layout.IndentationOf(_receive.Statement);
        if (!inner.StartsWith(outer, StringComparison.Ordinal)) return null;
        var moved = new List<StatementSyntax>();
        foreach (var statement in _following)
        {
            if (Rewrite(statement, new Rewriter(this)) is not { } changed) return null;
            moved.Add(Unindent(changed, inner.Substring(outer.Length)));
        }
        var stays = block.Statements.Take(block.Statements.IndexOf(_receive.Statement) + 1).Concat(Layout.Statements(write, inner, lineEnd));
        var stream = Layout.Statements($"{Using}var {_message} = new global::System.IO.MemoryStream();", outer, lineEnd)[0];
        var (blank, others) = Layout.SplitBlankLines(loop.GetLeadingTrivia());
        var assembled = loop.WithStatement(block.WithStatements(SyntaxFactory.List(stays))).WithLeadingTrivia(others);
        stream = stream.WithLeadingTrivia(blank.AddRange(stream.GetLeadingTrivia()));
        return _target.Document.WithSyntaxRoot(_target.Root.ReplaceNode(loop, new[] { stream, assembled }.Concat(moved)));
    }

    private string Using => ((CSharpParseOptions)_target.Root.SyntaxTree.Options).LanguageVersion >= LanguageVersion.CSharp8 ? "using " : "";

    private string? Type() => _target.Model.GetTypeInfo(_receive.Await, _target.Cancellation).Type is { TypeKind: not TypeKind.Error } type
        ? type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) : null;

    /// <summary>Adds the part to the message.</summary>
    private string? WriteStatement()
    {
        var buffer = _receive.Buffer!;
        switch (buffer)
        {
            case BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [var only] }:
                buffer = only.Expression;
                break;
            case InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsMemory", Expression: var array } }:
                buffer = array;
                break;
        }
        if (!buffer.DescendantNodesAndSelf().All(n => n is IdentifierNameSyntax or MemberAccessExpressionSyntax or ThisExpressionSyntax)) return null;
        return _target.Model.GetTypeInfo(buffer, _target.Cancellation).Type switch
        {
            IArrayTypeSymbol => $"{_message}.Write({buffer}, 0, {_result}.Count);",
            { Name: "ArraySegment" } => $"{_message}.Write({buffer}.Array{(IsNullable ? "!" : "")}, {buffer}.Offset, {_result}.Count);",
            { Name: "Memory" } => $"{_message}.Write({buffer}.Span.Slice(0, {_result}.Count));",
            _ => null,
        };
    }

    private bool IsNullable => (_target.Model.GetNullableContext(_receive.Statement.SpanStart) & NullableContext.AnnotationsEnabled) != 0;

    private static StatementSyntax? Rewrite(StatementSyntax statement, Rewriter rewriter) =>
        rewriter.Visit(statement) is StatementSyntax changed && !rewriter.Failed ? Code.Simplifiable(changed) : null;

    private bool IsBuffer(SyntaxNode node) => node is IdentifierNameSyntax && _target.Model.GetSymbolInfo(node, _target.Cancellation).Symbol is { } symbol && _buffers.Contains(symbol);

    private bool IsResult(ExpressionSyntax node) => node is IdentifierNameSyntax name && name.Identifier.ValueText == _receive.Result;

    /// <summary>Do statements outside of what is rewritten use the bytes?</summary>
    private bool UsesElsewhere()
    {
        var function = ReceiveCode.Function(_receive.Statement);
        int end = _following.Count > 0 ? _following[_following.Count - 1].Span.End : _receive.Statement.Span.End;
        // Uses above belong to a receive above, unless a loop leads back to them.
        int start = _receive.Statement.Ancestors().TakeWhile(a => a != function).LastOrDefault(a => a is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax)?.SpanStart ?? _receive.Statement.SpanStart;
        return function.DescendantNodes().Any(n => IsBuffer(n) && !_receive.Statement.Span.Contains(n.Span) && !_following.Any(s => s.Span.Contains(n.Span)) && !IsHousekeeping(n)
            && (n.SpanStart >= start || n.Ancestors().Any(a => a is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax && a != function)) && (n.SpanStart < end || !IsBehindReceive(n)));
    }

    private bool IsBehindReceive(SyntaxNode node) => ReceiveCode.Before(node)?.Call is { } call && call != _receive.Call;

    /// <summary>Making, clearing or giving back the buffer, and asking for its size.</summary>
    private bool IsHousekeeping(SyntaxNode node)
    {
        for (var current = node; current is not (null or StatementSyntax); current = current.Parent)
        {
            switch (current.Parent)
            {
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "Count" } access when access.Expression == current:
                case AssignmentExpressionSyntax assignment when assignment.Left == current:
                    return true;
                // Another receive into it, before this one, does not change what this one does.
                case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Clear" or "Return" or "ReceiveAsync" or "Fill" or "ReturnBuffer" } } }:
                    return true;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose", Parent: InvocationExpressionSyntax }:
                    return true;
                case VariableDeclaratorSyntax declarator:
                    return _target.Model.GetDeclaredSymbol(declarator, _target.Cancellation) is { } symbol && _buffers.Contains(symbol);
            }
            if (current is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax owner }) return _target.Model.GetDeclaredSymbol(owner, _target.Cancellation) is { } local && _buffers.Contains(local);
        }
        return false;
    }

    /// <summary>The variables that name the bytes: those in the argument, and what they are made of or stand for.</summary>
    private static HashSet<ISymbol>? BuffersOf(ExpressionSyntax buffer, ReceiveCode receive, FixTarget target)
    {
        var result = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        if (Storage(buffer) is not { } first || target.Model.GetSymbolInfo(first, target.Cancellation).Symbol is not { } symbol || symbol is not (ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol)) return null;
        result.Add(symbol);
        foreach (var declarator in ReceiveCode.Function(receive.Statement).DescendantNodes().OfType<VariableDeclaratorSyntax>().Where(d => d.SpanStart < receive.Statement.SpanStart))
        {
            if (declarator.Initializer is not { Value: var value } || Storage(value) is not { } inner || target.Model.GetSymbolInfo(inner, target.Cancellation).Symbol is not { } source || target.Model.GetDeclaredSymbol(declarator, target.Cancellation) is not { } local) continue;
            if (result.Contains(local) || result.Contains(source))
            {
                result.Add(local);
                result.Add(source);
            }
        }
        return result;
    }

    private static ExpressionSyntax? Storage(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name,
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [var only], RawKind: var _ } creation when creation is ImplicitObjectCreationExpressionSyntax || ((ObjectCreationExpressionSyntax)creation).Type.ToString().Contains("ArraySegment") || ((ObjectCreationExpressionSyntax)creation).Type.ToString().Contains("Memory<") => Storage(only.Expression),
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsMemory", Expression: var array } } => Storage(array),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax name } => name,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Memory", Expression: var owner } => Storage(owner),
        _ => null,
    };

    private static IReadOnlyList<StatementSyntax>? Following(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements.SkipWhile(s => s != statement).Skip(1).ToList(),
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit.Members.OfType<GlobalStatementSyntax>().Select(g => g.Statement).SkipWhile(s => s != statement).Skip(1).ToList(),
        _ => null,
    };

    private static SyntaxNode Outer(StatementSyntax statement) => statement.Parent is GlobalStatementSyntax global ? global : statement;

    private static SyntaxNode Wrap(StatementSyntax original, StatementSyntax changed) => original.Parent is GlobalStatementSyntax global ? global.WithStatement(changed) : changed;

    private static StatementSyntax Unindent(StatementSyntax statement, string by) => (StatementSyntax)new Unindenter(by).Visit(statement);

    private sealed class Unindenter(string by) : CSharpSyntaxRewriter
    {
        public override SyntaxTrivia VisitTrivia(SyntaxTrivia trivia) =>
            trivia.IsKind(SyntaxKind.WhitespaceTrivia) && trivia.ToString().EndsWith(by, StringComparison.Ordinal) && trivia.ToString().Length >= by.Length && StandsAtLineStart(trivia)
                ? SyntaxFactory.Whitespace(trivia.ToString().Substring(by.Length)) : trivia;

        private static bool StandsAtLineStart(SyntaxTrivia trivia) => trivia.Token.LeadingTrivia.Contains(trivia);
    }

    /// <summary>The buffer becomes the message, and the count its length.</summary>
    private class Rewriter(CompleteMessage fix) : CSharpSyntaxRewriter
    {
        public bool Failed { get; protected set; }

        public override SyntaxNode? VisitMemberAccessExpression(MemberAccessExpressionSyntax node)
        {
            switch (node.Name.Identifier.ValueText)
            {
                case "Count" when fix.IsResult(node.Expression):
                    return Length.WithTriviaFrom(node);
                // (buffer, 0, buffer.Length): the whole message.
                case "Length" or "Count" when IsBuffer(node.Expression):
                    return node.Parent is ArgumentSyntax { Parent: ArgumentListSyntax list } && list.Arguments.Any(a => IsBuffer(a.Expression) && !fix.IsHousekeeping(a.Expression)) ? Length.WithTriviaFrom(node) : node;
                case "Array" when IsBuffer(node.Expression):
                    return (IsWhole(node) ? Copy : Bytes).WithTriviaFrom(node);
                case "Offset" when IsBuffer(node.Expression):
                    return SyntaxFactory.ParseExpression("0").WithTriviaFrom(node);
                case "Memory" when IsBuffer(node.Expression):
                    return SyntaxFactory.ParseExpression($"{fix._message}.GetBuffer().AsMemory({(IsWhole(node) ? "0, (int)" + fix._message + ".Length" : "")})").WithTriviaFrom(node);
            }
            return base.VisitMemberAccessExpression(node);
        }

        public override SyntaxNode? VisitPostfixUnaryExpression(PostfixUnaryExpressionSyntax node)
        {
            var visited = base.VisitPostfixUnaryExpression(node);
            // "segment.Array!" needs no "!" any more.
            return visited is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression, Operand: InvocationExpressionSyntax call } && node.Operand is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Array" } ? call.WithTriviaFrom(node) : visited;
        }

        public override SyntaxNode? VisitIdentifierName(IdentifierNameSyntax node)
        {
            if (!IsBuffer(node)) return node;
            if (fix.IsHousekeeping(node)) return node;
            if (node.Parent is AssignmentExpressionSyntax or RefExpressionSyntax || node.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 }) Failed = true;
            var type = fix._target.Model.GetTypeInfo(node, fix._target.Cancellation).Type;
            bool whole = IsWhole(node);
            ExpressionSyntax changed = type switch
            {
                IArrayTypeSymbol => whole ? Copy : Bytes,
                { Name: "Memory" } => SyntaxFactory.ParseExpression($"{fix._message}.GetBuffer().AsMemory({(whole ? "0, (int)" + fix._message + ".Length" : "")})"),
                { Name: "ArraySegment" } => Code.Ready(SyntaxFactory.ParseExpression($"new global::System.ArraySegment<byte>({fix._message}.GetBuffer(){(whole ? ", 0, (int)" + fix._message + ".Length" : "")})")),
                _ => node,
            };
            return changed.WithTriviaFrom(node);
        }

        private bool IsBuffer(ExpressionSyntax node) => fix.IsBuffer(node);

        private ExpressionSyntax Length => SyntaxFactory.ParseExpression($"(int){fix._message}.Length");

        private ExpressionSyntax Bytes => SyntaxFactory.ParseExpression($"{fix._message}.GetBuffer()");

        private ExpressionSyntax Copy => SyntaxFactory.ParseExpression($"{fix._message}.ToArray()");

        /// <summary>Nothing round the buffer names a length.</summary>
        private bool IsWhole(ExpressionSyntax node)
        {
            for (SyntaxNode current = node; current.Parent is { } parent && parent is not StatementSyntax; current = parent)
            {
                if (parent is ArgumentListSyntax list) return list.Arguments.Count == 1 && (list.Parent is not ObjectCreationExpressionSyntax and not ImplicitObjectCreationExpressionSyntax || !Limits(list)) || !Limits(list);
                if (parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == current)
                {
                    if (call.ArgumentList.Arguments.Count > 0) return false;
                }
                if (parent is ElementAccessExpressionSyntax) return false;
            }
            return true;
        }

        private bool Limits(ArgumentListSyntax list) => list.Arguments.Any(a => a.DescendantNodes().Any(n => n is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Count" } m && (m.Expression.ToString() == fix._receive.Result) || n is LiteralExpressionSyntax || n is CastExpressionSyntax)
            // (buffer, 0, buffer.Length)
            || a.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" } length && IsBuffer(length.Expression));
    }
}

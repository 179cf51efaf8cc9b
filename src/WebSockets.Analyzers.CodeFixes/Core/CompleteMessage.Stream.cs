using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <content>The other way, where the framework has it: a <c>WebSocketStream</c> reads the message, and no buffer is needed.</content>
internal sealed partial class CompleteMessage
{
    /// <summary>Reads the message as a stream. A close frame ends the stream too: that it is no empty message, only the socket tells.</summary>
    public static Document? ReadStream(FixTarget target)
    {
        var types = new KnownTypes(target.Model.Compilation);
        return types.Get(Api.WebSocketStream) is not null && Of(target, "content", "bytes") is { } fix && fix.IsOfSocket(types) ? fix.ReadStream() : null;
    }

    private Document? ReadStream()
    {
        if (MessageLoop is not null || Using.Length == 0 || !_receive.Declares || HasComment(_receive.Statement) || Buffer() is not { } buffer || UsesElsewhere() || Handlers().Any(IsMisled)) return null;
        if (_receive.Socket is not { } socket || !IsConstant(((MemberAccessExpressionSyntax)_receive.Call.Expression).Expression)) return null;
        var function = ReceiveCode.Function(_receive.Statement);
        if (function.DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => IsResult(n) && !_following.Any(s => s.Span.Contains(n.Span)))) return null;
        var stream = Code.FreeName("message", function);
        // A mere "default" would be a size of the buffer as well.
        var token = _receive.Call.ArgumentList.Arguments[1].Expression is var given && given.IsKind(SyntaxKind.DefaultLiteralExpression) ? "global::System.Threading.CancellationToken.None" : given.ToString();
        var text = $"using var {stream} = global::System.Net.WebSockets.WebSocketStream.CreateReadableMessageStream({socket});\nusing var {_message} = new global::System.IO.MemoryStream();\nawait {stream}.CopyToAsync({_message}, {token}){Configured()};";
        var rewriter = new StreamRewriter(this, socket);
        // Who does not ask for the close now would take it for an empty message.
        return Replaced(text, rewriter, buffer) is { } root && rewriter.AsksForClose && WithoutBuffer(root, buffer) is { } changed ? _target.Document.WithSyntaxRoot(changed) : null;
    }

    /// <summary>A wrapper's method may do more than to receive, and its task may be waited for in another way.</summary>
    private bool IsOfSocket(KnownTypes types) =>
        _receive.Call.ArgumentList.Arguments.Count == 2 && _receive.Call.ArgumentList.Arguments[0].NameColon is not { Name.Identifier.ValueText: not "buffer" }
        && (_receive.Await.Expression == _receive.Call || Configured().Length > 0)
        && _target.Model.GetSymbolInfo(_receive.Call, _target.Cancellation).Symbol is { } method && (types.IsMember(method, Api.WebSocket, "ReceiveAsync") || types.IsMember(method, Api.ClientWebSocket, "ReceiveAsync"));

    private string Configured() => _receive.Await.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } access } configured && access.Expression == _receive.Call
        ? ".ConfigureAwait" + configured.ArgumentList : "";

    /// <summary>The socket that is asked for its close must be the one that was read from: no field that a reconnect replaces.</summary>
    private bool IsConstant(ExpressionSyntax socket) => _target.Model.GetSymbolInfo(socket, _target.Cancellation).Symbol switch
    {
        ILocalSymbol or IParameterSymbol => socket is IdentifierNameSyntax,
        IFieldSymbol { IsReadOnly: true } => socket is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax },
        _ => false,
    };

    /// <summary>The declaration of the buffer: one that can go when nobody uses it any more.</summary>
    private SyntaxNode? Buffer()
    {
        if (_buffers.Count != 1 || _buffers.Single() is not ILocalSymbol { Type: IArrayTypeSymbol, DeclaringSyntaxReferences: [var reference] }
            || reference.GetSyntax(_target.Cancellation) is not VariableDeclaratorSyntax
            {
                Initializer.Value: ArrayCreationExpressionSyntax { Initializer: null, Type.RankSpecifiers: [{ Sizes: [var size] }] },
                Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } statement },
            }) return null;
        // A size that is computed does something, and a local for it would be left over.
        if (!size.DescendantNodesAndSelf().All(n => n is LiteralExpressionSyntax or BinaryExpressionSyntax or ParenthesizedExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax or PredefinedTypeSyntax)) return null;
        if (size.DescendantNodesAndSelf().Any(n => _target.Model.GetSymbolInfo(n, _target.Cancellation).Symbol is ILocalSymbol)) return null;
        return statement.Parent is BlockSyntax or GlobalStatementSyntax && !HasComment(statement) && !HasComment(statement.GetTrailingTrivia()) ? Outer(statement) : null;
    }

    /// <summary>The root without the buffer; with it, where another receive fills it; null where something else still looks at it.</summary>
    private SyntaxNode? WithoutBuffer(SyntaxNode root, SyntaxNode declaration)
    {
        var current = root.GetCurrentNode(declaration)!;
        var name = _buffers.Single().Name;
        var left = ReceiveCode.Function(current).DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == name).ToList();
        if (left.Count > 0) return left.Any(n => n.Ancestors().OfType<ArgumentListSyntax>().Any(a => a.Parent is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ReceiveAsync" } })) ? root : null;
        // A blank line parts what comes next from what stands above, if something does.
        var next = current.Parent!.ChildNodes().SkipWhile(n => n != current).Skip(1).FirstOrDefault();
        if (next is null || HasComment(current.GetLeadingTrivia())) return Statements.Remove(root, current);
        var (blank, others) = Layout.SplitBlankLines(next.GetLeadingTrivia());
        bool isFirst = current.Parent.ChildNodes().First() == current;
        var above = Layout.SplitBlankLines(current.GetLeadingTrivia()).BlankLines;
        root = root.ReplaceNode(next, next.WithLeadingTrivia((isFirst ? [] : blank.Any() ? blank : above).AddRange(others)));
        return Statements.Remove(root, root.GetCurrentNode(declaration)!);
    }

    private IEnumerable<TryStatementSyntax> Handlers() =>
        _receive.Statement.Ancestors().TakeWhile(a => a != ReceiveCode.Function(_receive.Statement)).OfType<TryStatementSyntax>().Where(t => t.Block.Span.Contains(_receive.Statement.Span));

    /// <summary>
    /// On a socket that is not open any more a stream throws ObjectDisposedException where ReceiveAsync throws WebSocketException: do the handlers tell them apart?
    /// And one inside a loop goes on with a dead socket unless it leaves, which is seen at a receive only.
    /// </summary>
    private bool IsMisled(TryStatementSyntax attempt)
    {
        var first = attempt.Catches.FirstOrDefault(c => Caught(c) is not null);
        return first is not null && (first.Filter is not null || Caught(first) is not ("Exception" or "SystemException")
            || attempt.Ancestors().TakeWhile(a => a != ReceiveCode.Function(attempt)).Any(a => a is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax));
    }

    /// <summary>What the clause catches, where that is one of the two or both.</summary>
    private string? Caught(CatchClauseSyntax clause)
    {
        if (clause.Declaration is not { Type: var type }) return "Exception";
        var name = _target.Model.GetTypeInfo(type, _target.Cancellation).Type?.Name;
        return name is "Exception" or "SystemException" or "WebSocketException" or "Win32Exception" or "ExternalException" or "ObjectDisposedException" or "InvalidOperationException" ? name : null;
    }

    /// <summary>Is there a comment inside, which would be lost?</summary>
    private static bool HasComment(SyntaxNode node) => HasComment(node.DescendantTrivia().Where(t => node.Span.Contains(t.Span)));

    private static bool HasComment(IEnumerable<SyntaxTrivia> trivia) => trivia.Any(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia) || t.IsDirective);

    /// <summary>The result goes: the socket says whether it was the close.</summary>
    private sealed class StreamRewriter(CompleteMessage fix, string socket) : Rewriter(fix)
    {
        private readonly CompleteMessage _fix = fix;

        public bool AsksForClose { get; private set; }

        public override SyntaxNode? VisitBinaryExpression(BinaryExpressionSyntax node) =>
            node.Kind() is SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression or SyntaxKind.IsExpression && (IsType(node.Left) && IsClose(node.Right) || IsClose(node.Left) && IsType(node.Right))
                ? Asked(node, !node.IsKind(SyntaxKind.NotEqualsExpression)) : base.VisitBinaryExpression(node);

        public override SyntaxNode? VisitIsPatternExpression(IsPatternExpressionSyntax node) => node.Pattern switch
        {
            ConstantPatternSyntax { Expression: var value } when IsType(node.Expression) && IsClose(value) => Asked(node, true),
            UnaryPatternSyntax { Pattern: ConstantPatternSyntax { Expression: var value } } when IsType(node.Expression) && IsClose(value) => Asked(node, false),
            _ => base.VisitIsPatternExpression(node),
        };

        public override SyntaxNode? VisitIdentifierName(IdentifierNameSyntax node)
        {
            if (_fix.IsResult(node)) Failed = true;
            return base.VisitIdentifierName(node);
        }

        private SyntaxNode Asked(ExpressionSyntax node, bool isClosed)
        {
            AsksForClose = true;
            bool hasNot = ((CSharpParseOptions)node.SyntaxTree.Options).LanguageVersion >= LanguageVersion.CSharp9;
            return SyntaxFactory.ParseExpression($"{socket}.CloseStatus {(isClosed ? hasNot ? "is not" : "!=" : hasNot ? "is" : "==")} null").WithTriviaFrom(node);
        }

        private bool IsType(ExpressionSyntax node) => node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "MessageType", Expression: var result } && _fix.IsResult(result);

        private bool IsClose(ExpressionSyntax node) => _fix._target.Model.GetSymbolInfo(node, _fix._target.Cancellation).Symbol is IFieldSymbol { Name: "Close", ContainingType.Name: "WebSocketMessageType" };
    }
}

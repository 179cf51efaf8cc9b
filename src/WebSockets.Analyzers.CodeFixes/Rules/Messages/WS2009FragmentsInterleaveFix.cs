using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.CodeFixes.Rules.Messages;

/// <summary>Lets one message go at a time.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS2009FragmentsInterleaveFix))]
public sealed class WS2009FragmentsInterleaveFix() : WebSocketsFix(WS2009FragmentsInterleave.Id, new Lock())
{
    internal const string FixTitle = "WS2009: Send one message at a time";

    private sealed class Lock() : FixAction(FixTitle)
    {
        public override Task<Document?> ApplyAsync(FixTarget target) => Task.FromResult(Fix(target));

        /// <summary>A field of the class, and the method's statements between its taking and giving back.</summary>
        private static Document? Fix(FixTarget target)
        {
            if (ReceiveCode.Function(target.Node) is not MethodDeclarationSyntax { Body: { Statements.Count: > 0 } body } method || !method.Modifiers.Any(SyntaxKind.AsyncKeyword) || method.Modifiers.Any(SyntaxKind.StaticKeyword)
                || method.Parent is not TypeDeclarationSyntax type || type.Members.Count == 0 || !type.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)) return null;
            var lineEnd = Layout.LineEnd(target.Root);
            var indentation = Layout.IndentationOf(body.Statements[0]);
            if (!body.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)) return null;
            var name = Code.FreeName("_sendLock", type);
            var frame = Layout.Statements($"await {name}.WaitAsync();\ntry\n{{\n}}\nfinally\n{{\n    {name}.Release();\n}}", indentation, lineEnd);
            var attempt = (TryStatementSyntax)frame[1];
            attempt = attempt.WithBlock(attempt.Block.WithStatements(SyntaxFactory.List(body.Statements.Select(s => Layout.Shift(s, Layout.Unit)))));
            var locked = method.WithBody(body.WithStatements(SyntaxFactory.List([frame[0], attempt])));
            var member = Layout.IndentationOf(type.Members[0]);
            var field = Code.Simplifiable(SyntaxFactory.ParseMemberDeclaration(
                $"{member}private readonly global::System.Threading.SemaphoreSlim {name} = new global::System.Threading.SemaphoreSlim(1, 1);{lineEnd}")!);
            var changed = type.ReplaceNode(method, locked);
            // Behind the fields that are there.
            int at = changed.Members.TakeWhile(m => m is FieldDeclarationSyntax).Count();
            if (at == 0) field = field.WithTrailingTrivia(field.GetTrailingTrivia().Add(SyntaxFactory.EndOfLine(lineEnd)));
            return target.Replace(type, changed.WithMembers(changed.Members.Insert(at, field)));
        }
    }
}

using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WebSockets.Analyzers.CodeFixes.Core;
using WebSockets.Analyzers.Rules.Messages;

namespace WebSockets.Analyzers.CodeFixes.Rules.Messages;

/// <summary>Writes arguments that may be sent.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WS2011CloseArgumentsInvalidFix))]
public sealed class WS2011CloseArgumentsInvalidFix() : WebSocketsFix(WS2011CloseArgumentsInvalid.Id, new Correct())
{
    internal const string FixTitle = "WS2011: Close with arguments that may be sent";

    private sealed class Correct() : FixAction(FixTitle)
    {
        private const int LongestDescription = 123;

        public override Task<Document?> ApplyAsync(FixTarget target)
        {
            var argument = target.Node.FirstAncestorOrSelf<ArgumentSyntax>();
            if (argument?.Parent?.Parent is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call) return Task.FromResult<Document?>(null);
            if (access.Name.Identifier.ValueText == "SendAsync") return Task.FromResult(CloseInstead(target, call, access));
            if (target.Model.GetTypeInfo(argument.Expression, target.Cancellation).ConvertedType?.SpecialType == SpecialType.System_String)
                return Task.FromResult(argument.Expression is LiteralExpressionSyntax literal ? target.Replace(literal, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(Cut(literal.Token.ValueText))).WithTriviaFrom(literal)) : null);
            // Abnormal ends become an error, everything else a normal end.
            var code = target.Model.GetConstantValue(argument.Expression, target.Cancellation).Value is 1006 or 1015 ? "InternalServerError" : "NormalClosure";
            return Task.FromResult<Document?>(target.Replace(argument.Expression, Code.Expression("global::System.Net.WebSockets.WebSocketCloseStatus." + code).WithTriviaFrom(argument.Expression)));
        }

        private static Document? CloseInstead(FixTarget target, InvocationExpressionSyntax send, MemberAccessExpressionSyntax access)
        {
            var token = send.ArgumentList.Arguments.Count > 3 ? send.ArgumentList.Arguments.Last().Expression.WithoutTrivia().ToString() : "global::System.Threading.CancellationToken.None";
            var arguments = Code.Simplifiable(SyntaxFactory.ParseArgumentList($"(global::System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, {token})"));
            return target.Replace(send, send.WithExpression(access.WithName(SyntaxFactory.IdentifierName("CloseOutputAsync").WithTriviaFrom(access.Name))).WithArgumentList(arguments.WithTriviaFrom(send.ArgumentList)));
        }

        private static string Cut(string text)
        {
            while (Encoding.UTF8.GetByteCount(text) > LongestDescription) text = text.Substring(0, text.Length - (char.IsLowSurrogate(text[text.Length - 1]) ? 2 : 1));
            return text;
        }
    }
}

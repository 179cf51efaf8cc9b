using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WebSockets.Analyzers.CodeFixes.Core;

/// <summary>How a handler refuses a request that asks for no WebSocket: the check, the answer and the way out, in the terms of the function in which a socket is accepted.</summary>
/// <param name="Check">The expression that tells: <c>context.WebSockets.IsWebSocketRequest</c>.</param>
/// <param name="Response">The expression of the response.</param>
/// <param name="Kind">How the function answers.</param>
/// <param name="Leave">The statement that leaves once the status is written.</param>
internal sealed record Refusal(string Check, string Response, RefusalKind Kind, string Leave)
{
    /// <summary>Null where the function answers in a way of its own.</summary>
    /// <param name="accept">The member that accepts or checks: <c>context.WebSockets.AcceptWebSocketAsync</c>.</param>
    /// <param name="model">The model of the file.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static Refusal? For(MemberAccessExpressionSyntax accept, SemanticModel model, CancellationToken cancellation)
    {
        if (accept is not { Expression: var manager } || !IsPlain(manager)) return null;
        if (accept.Ancestors().FirstOrDefault(a => a is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax) is not { } function) return null;
        if (model.GetTypeInfo(manager, cancellation).Type is { Name: "HttpListenerContext" })
        {
            var loop = accept.Ancestors().TakeWhile(a => a != function).FirstOrDefault(a => a is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax);
            return (loop is not null ? "continue;" : Way(function, model, cancellation)?.Leave) is { } leave ? new($"{manager}.Request.IsWebSocketRequest", $"{manager}.Response", RefusalKind.Listener, leave) : null;
        }
        if (Way(function, model, cancellation) is not { } way || Context(manager, function, model, cancellation) is not { } context) return null;
        return new($"{manager}.IsWebSocketRequest", $"{context}.Response", way.Kind, way.Leave);
    }

    /// <summary>The same, for a place where nothing follows that would have to be left.</summary>
    public Refusal AtEnd => this with { Leave = "" };

    /// <summary>The lines that answer 400 and leave.</summary>
    public string BadRequest => BadRequestLines.TrimEnd('\n');

    private string BadRequestLines => Kind switch
    {
        RefusalKind.Action => "return BadRequest();",
        RefusalKind.Result => "return global::Microsoft.AspNetCore.Http.Results.BadRequest();",
        RefusalKind.Listener => $"{Response}.StatusCode = 400;\n{Response}.Close();\n{Leave}",
        _ => $"{Response}.StatusCode = global::Microsoft.AspNetCore.Http.StatusCodes.Status400BadRequest;\n{Leave}",
    };

    /// <summary>The lines that answer 426 with the headers that go with it, and leave.</summary>
    public string UpgradeRequired(SemanticModel model)
    {
        bool hasTypedHeaders = model.Compilation.GetTypesByMetadataName("Microsoft.AspNetCore.Http.IHeaderDictionary").Any(t => !t.GetMembers("Upgrade").IsEmpty);
        var headers = Kind == RefusalKind.Listener || !hasTypedHeaders
            ? $"{Response}.Headers[\"Upgrade\"] = \"websocket\";\n{Response}.Headers[\"Connection\"] = \"Upgrade\";\n"
            : $"{Response}.Headers.Upgrade = \"websocket\";\n{Response}.Headers.Connection = \"Upgrade\";\n";
        return Kind switch
        {
            RefusalKind.Action => headers + "return StatusCode(global::Microsoft.AspNetCore.Http.StatusCodes.Status426UpgradeRequired);",
            RefusalKind.Result => headers + "return global::Microsoft.AspNetCore.Http.Results.StatusCode(global::Microsoft.AspNetCore.Http.StatusCodes.Status426UpgradeRequired);",
            RefusalKind.Listener => $"{Response}.StatusCode = 426;\n{headers}{Response}.Close();\n{Leave}",
            _ => $"{Response}.StatusCode = global::Microsoft.AspNetCore.Http.StatusCodes.Status426UpgradeRequired;\n{headers}{Leave}".TrimEnd('\n'),
        };
    }

    private static bool IsPlain(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax or ThisExpressionSyntax => true,
        MemberAccessExpressionSyntax access => IsPlain(access.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => IsPlain(suppressed.Operand),
        _ => false,
    };

    private static string? Context(ExpressionSyntax manager, SyntaxNode function, SemanticModel model, CancellationToken cancellation)
    {
        if (manager is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WebSockets", Expression: var context }) return context.ToString();
        foreach (var symbol in model.LookupSymbols(function.Span.End - 1))
            if (symbol is IParameterSymbol { Type.Name: "HttpContext" } parameter) return parameter.Name;
        _ = cancellation;
        return null;
    }

    private static (RefusalKind Kind, string Leave)? Way(SyntaxNode function, SemanticModel model, CancellationToken cancellation)
    {
        if (function is CompilationUnitSyntax) return (RefusalKind.Status, "return;");
        var symbol = function is AnonymousFunctionExpressionSyntax ? model.GetSymbolInfo(function, cancellation).Symbol as IMethodSymbol : model.GetDeclaredSymbol(function, cancellation) as IMethodSymbol;
        if (symbol is null) return null;
        if (symbol.ReturnsVoid) return (RefusalKind.Status, "return;");
        bool isTask = symbol.ReturnType is { Name: "Task" or "ValueTask" };
        if (isTask && symbol.ReturnType is INamedTypeSymbol { TypeArguments.Length: 0 })
            return (RefusalKind.Status, symbol.IsAsync ? "return;" : symbol.ReturnType.Name == "Task" ? "return global::System.Threading.Tasks.Task.CompletedTask;" : "return default;");
        var value = isTask ? symbol.IsAsync ? ((INamedTypeSymbol)symbol.ReturnType).TypeArguments[0] : null : symbol.ReturnType;
        return value switch
        {
            { Name: "IActionResult" or "ActionResult" } when IsIn("ControllerBase", symbol) => (RefusalKind.Action, "return new global::Microsoft.AspNetCore.Mvc.EmptyResult();"),
            { Name: "IResult" } => (RefusalKind.Result, "return global::Microsoft.AspNetCore.Http.Results.Empty;"),
            _ => null,
        };
    }

    private static bool IsIn(string baseType, IMethodSymbol method)
    {
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
            if (type.Name == baseType) return true;
        return false;
    }
}

/// <summary>How a function answers a request.</summary>
internal enum RefusalKind
{
    /// <summary>Writes the status into the response.</summary>
    Status,

    /// <summary>Returns a controller's result.</summary>
    Action,

    /// <summary>Returns a minimal API's result.</summary>
    Result,

    /// <summary>Writes the status and closes the response of an <c>HttpListener</c>.</summary>
    Listener,
}

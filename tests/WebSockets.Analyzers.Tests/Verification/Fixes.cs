using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis.CodeFixes;
using WebSockets.Analyzers.CodeFixes.Core;

namespace WebSockets.Analyzers.Tests.Verification;

/// <summary>The code fixes of the package by the id that they fix.</summary>
internal static class Fixes
{
    public static ImmutableArray<WebSocketsFix> All { get; } =
    [
        .. from type in typeof(WebSocketsFix).Assembly.GetTypes()
           where type.IsSubclassOf(typeof(WebSocketsFix)) && type.GetCustomAttribute<ExportCodeFixProviderAttribute>() is not null
           select (WebSocketsFix)Activator.CreateInstance(type)!,
    ];

    public static WebSocketsFix? For(string id) => All.SingleOrDefault(f => f.FixableDiagnosticIds.Contains(id));
}

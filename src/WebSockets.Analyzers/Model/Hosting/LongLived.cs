using Microsoft.CodeAnalysis;

namespace WebSockets.Analyzers.Model;

/// <summary>Which long-lived connections a program serves.</summary>
internal sealed class LongLived(CompilationModel model)
{
    private static readonly string[] Endpoints = ["MapHub", "MapBlazorHub", "MapReverseProxy", "MapForwarder"];

    /// <summary>Texts without all of which <see cref="IsServed"/> is false.</summary>
    public static readonly string[] Words = ["WebSocket", .. Endpoints];

    private bool? _serves;

    /// <summary>Does the program accept raw sockets, map hubs, or pass connections on as a proxy?</summary>
    public bool IsServed(CancellationToken cancellation) => _serves ??= model.Pipeline.AcceptsSockets(cancellation)
        || Endpoints.Any(name => model.Calls.Find(name, s => s is IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: true }, cancellation) is { Count: > 0 });
}

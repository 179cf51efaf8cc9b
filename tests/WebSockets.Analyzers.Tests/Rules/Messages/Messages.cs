namespace WebSockets.Analyzers.Tests.Rules.Messages;

/// <summary>Source for the tests of the group: members of a class, with the usual names imported.</summary>
internal static class Source
{
    public static string Class(string members) => $$"""
        using System;
        using System.Buffers;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Net.WebSockets;
        using System.Text;
        using System.Text.Json;
        using System.Threading;
        using System.Threading.Tasks;
        class Feed
        {
            {{members}}
        }
        """;

    /// <summary>The body of a method with a socket <c>ws</c>, a <c>handle</c>, a <c>raw</c> handler and a token <c>ct</c>.</summary>
    public static string Method(string body) => Class($"async Task M(WebSocket ws, Action<string?> handle, Action<byte[]> raw, CancellationToken ct) {{ {body} }}");
}

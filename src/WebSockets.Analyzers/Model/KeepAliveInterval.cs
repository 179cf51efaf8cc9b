using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;

namespace WebSockets.Analyzers.Model;

/// <summary>Who sends the keep-alive that an interval controls.</summary>
[Flags]
internal enum KeepAliveOwner
{
    /// <summary><c>ClientWebSocketOptions</c>: default 30 s.</summary>
    Client = 1,

    /// <summary><c>WebSocketCreationOptions</c> (default Zero: nothing is sent) and the interval argument of <c>WebSocket.CreateFromStream</c>.</summary>
    Stream = 2,

    /// <summary>The interval argument of <c>HttpListenerContext.AcceptWebSocketAsync</c>.</summary>
    HttpListener = 4,

    /// <summary><c>WebSocketOptions</c> of the ASP.NET Core middleware: default 2 minutes.</summary>
    ServerOptions = 8,

    /// <summary><c>WebSocketAcceptContext</c>, which overrides the middleware's options for one socket.</summary>
    AcceptContext = 16,

    Any = Client | Stream | HttpListener | ServerOptions | AcceptContext,
}

/// <summary>A place where a keep-alive interval is written.</summary>
/// <param name="Owner">Whose interval.</param>
/// <param name="Value">The expression of the interval.</param>
/// <param name="Interval">Its value; null when the code does not tell.</param>
/// <param name="Node">The assignment or the argument.</param>
internal sealed record KeepAliveSite(KeepAliveOwner Owner, IOperation Value, TimeSpan? Interval, SyntaxNode Node)
{
    public const string Property = "KeepAliveInterval";

    /// <summary>How long to wait for the answer to a ping; exists since .NET 9.</summary>
    public const string TimeoutProperty = "KeepAliveTimeout";

    private static readonly (KeepAliveOwner Owner, ApiType Type)[] Options =
    [
        (KeepAliveOwner.Client, Api.ClientWebSocketOptions),
        (KeepAliveOwner.Stream, Api.WebSocketCreationOptions),
        (KeepAliveOwner.ServerOptions, Api.WebSocketOptions),
        (KeepAliveOwner.AcceptContext, Api.WebSocketAcceptContext),
    ];

    private static readonly (KeepAliveOwner Owner, ApiType Type, string Method)[] Calls =
    [
        (KeepAliveOwner.Stream, Api.WebSocket, "CreateFromStream"),
        (KeepAliveOwner.Stream, Api.WebSocket, "CreateClientWebSocket"),
        (KeepAliveOwner.HttpListener, Api.HttpListenerContext, "AcceptWebSocketAsync"),
    ];

    /// <summary>Subscribes to every place where one of the owners' intervals is written.</summary>
    public static void Subscribe(Subscriptions on, KeepAliveOwner owners, Action<Candidate, KeepAliveSite> look)
    {
        SubscribeToProperty(on, owners, Property, look);
        foreach (var (owner, type, method) in Calls)
        {
            if ((owners & owner) == 0) continue;
            on.OnCall(type, method, (candidate, call) =>
            {
                if (call.Argument("keepAliveInterval") is { ArgumentKind: ArgumentKind.Explicit } argument)
                    look(candidate, new(owner, argument.Value, candidate.Model.Durations.Read(argument.Value, candidate.Cancellation), (argument.Syntax as ArgumentSyntax)?.Expression ?? argument.Syntax));
            });
        }
    }

    /// <summary>Subscribes to every place where one of the owners' timeouts is written: the site's interval is then the timeout.</summary>
    public static void SubscribeToTimeouts(Subscriptions on, KeepAliveOwner owners, Action<Candidate, KeepAliveSite> look) => SubscribeToProperty(on, owners, TimeoutProperty, look);

    private static void SubscribeToProperty(Subscriptions on, KeepAliveOwner owners, string property, Action<Candidate, KeepAliveSite> look)
    {
        foreach (var (owner, type) in Options)
        {
            if ((owners & owner) == 0) continue;
            on.OnAssign(type, property, (candidate, assignment) =>
                look(candidate, new(owner, assignment.Value, candidate.Model.Durations.Read(assignment.Value, candidate.Cancellation), assignment.Syntax)));
        }
    }

    /// <summary>Zero and infinite switch the keep-alive off, in every owner.</summary>
    public bool IsOff => Interval is { } i && (i == TimeSpan.Zero || i == Timeout.InfiniteTimeSpan);

    /// <summary>Below zero, but not the -1 ms that mean infinite.</summary>
    public bool IsNegative => Interval is { } i && i < TimeSpan.Zero && i != Timeout.InfiniteTimeSpan;

    /// <summary>Negative (but not -1 ms) or beyond what a timer takes: throws, or fails every connection.</summary>
    public bool IsOutOfRange => IsNegative || Interval is { } i && i.TotalMilliseconds > IdleLimit.MaxTimerMilliseconds;
}

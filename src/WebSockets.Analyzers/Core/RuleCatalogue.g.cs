// Generated: see "Generated files" in docs/adding-a-rule.md.
namespace WebSockets.Analyzers.Core;

/// <summary>Every rule of the package, by id.</summary>
internal static class RuleCatalogue
{
    public static Rule Create(string id) => id switch
    {
        "WS1001" => new Rules.Client.WS1001KeepAliveDisabled(),
        "WS1002" => new Rules.Client.WS1002KeepAliveTooSlow(),
        "WS1006" => new Rules.Client.WS1006KeepAliveOutOfRange(),
        "WS1008" => new Rules.Client.WS1008SocketReused(),
        "WS1010" => new Rules.Client.WS1010NoReconnect(),
        "WS1011" => new Rules.Client.WS1011ReconnectWithoutBackoff(),
        "WS2001" => new Rules.Messages.WS2001ReceivedCountIgnored(),
        "WS2002" => new Rules.Messages.WS2002EndOfMessageIgnored(),
        "WS2003" => new Rules.Messages.WS2003CloseIgnored(),
        "WS2004" => new Rules.Messages.WS2004ReceiveLoopSwallowsErrors(),
        "WS2005" => new Rules.Messages.WS2005CancelledReceiveReused(),
        "WS2006" => new Rules.Messages.WS2006CloseWithoutTimeout(),
        "WS2007" => new Rules.Messages.WS2007UnboundedMessage(),
        "WS2008" => new Rules.Messages.WS2008SendNotAwaited(),
        "WS2009" => new Rules.Messages.WS2009FragmentsInterleave(),
        "WS2010" => new Rules.Messages.WS2010ReceiveLoopErrorsLost(),
        "WS2011" => new Rules.Messages.WS2011CloseArgumentsInvalid(),
        "WS2012" => new Rules.Messages.WS2012SendAfterClose(),
        "WS2013" => new Rules.Messages.WS2013DisposeWithoutClose(),
        "WS3001" => new Rules.Server.WS3001ServerKeepAliveTooSlow(),
        "WS3002" => new Rules.Server.WS3002AcceptWithoutCheck(),
        "WS3003" => new Rules.Server.WS3003RefusalLooksLikeSuccess(),
        "WS3004" => new Rules.Server.WS3004UseWebSocketsMissing(),
        "WS3005" => new Rules.Server.WS3005UseWebSocketsTooLate(),
        "WS3006" => new Rules.Server.WS3006UseWebSocketsTwice(),
        "WS3007" => new Rules.Server.WS3007SocketOutlivesRequest(),
        "WS3008" => new Rules.Server.WS3008GetOnlyEndpoint(),
        "WS3009" => new Rules.Server.WS3009VerbCannotUpgrade(),
        "WS3010" => new Rules.Server.WS3010ResponseAfterUpgrade(),
        "WS3011" => new Rules.Server.WS3011SwitchingProtocolsByHand(),
        "WS3012" => new Rules.Server.WS3012OriginMalformed(),
        "WS3013" => new Rules.Server.WS3013OriginNotChecked(),
        "WS3014" => new Rules.Server.WS3014ShutdownIgnored(),
        "WS3015" => new Rules.Server.WS3015HandshakeHeaderStripped(),
        "WS3016" => new Rules.Server.WS3016SubProtocolNotOffered(),
        "WS3017" => new Rules.Server.WS3017RedirectBehindProxy(),
        "WS4001" => new Rules.Kestrel.WS4001Http2OnlyEndpoint(),
        "WS4002" => new Rules.Kestrel.WS4002UpgradesForbidden(),
        "WS4005" => new Rules.Kestrel.WS4005KeepAliveTimeoutIsNotForSockets(),
        "WS4006" => new Rules.Kestrel.WS4006PingTimeoutWithoutDelay(),
        "WS5001" => new Rules.SignalR.WS5001NoAutomaticReconnect(),
        "WS6001" => new Rules.Yarp.WS6001UpstreamHttp10(),
        "WS7001" => new Rules.Http.WS7001Http10Request(),
        "WS9002" => new Rules.Package.WS9002OptionInvalid(),
        _ => throw new ArgumentOutOfRangeException(nameof(id), id, "no rule"),
    };

    /// <summary>A row for each rule that warns: id, title, message, category, severity, on or off by default, description, tags.</summary>
    public const string WarningDescriptors =
        "WS1001\tThe keep-alive is switched off\tAn idle connection is closed by proxies, often after {0}: KeepAliveInterval is {1}, so no keep-alive is sent; set it to {2}\tWebSockets.Client\t2\ton\tWith KeepAliveInterval zero or infinite a WebSocket sends nothing while it is idle, and the first load balancer, proxy or NAT on the way closes it, most of them after 60 s. KeepAliveTimeout does not help: without an interval no ping is sent.\t" + "\n" +
        "WS1002\tThe keep-alive comes too late\tAn idle connection is closed after {1}, often by a proxy: the keep-alive is sent every {0} only, so it comes too late; set the interval to {2}\tWebSockets.Client\t2\ton\tLoad balancers, proxies and NATs close a connection that carries nothing for some time, most of them after 60 s. A keep-alive must come before that. The limit is the option websockets_analyzers.idle_timeout.\t" + "\n" +
        "WS1006\tThe keep-alive is out of range\tThis throws ArgumentOutOfRangeException: {0} of {1} is out of range (zero to 49.7 days, or -1 ms for infinite); set it to {2}\tWebSockets.Client\t2\ton\tA keep-alive interval may be zero to 49.7 days (4294967294 ms), or -1 ms, which means infinite. Anything else throws ArgumentOutOfRangeException: where it is set, when the socket connects, or, on a server, after the client has got its 101 Switching Protocols.\t" + "\n" +
        "WS1008\tA ClientWebSocket is connected more than once\tThe second ConnectAsync on '{0}' always throws ObjectDisposedException, or InvalidOperationException 'The WebSocket has already been started.': {1}; create a new ClientWebSocket for each attempt\tWebSockets.Client\t2\ton\tA ClientWebSocket is good for one connection. ConnectAsync after a failed attempt throws ObjectDisposedException, after a connection InvalidOperationException (\"The WebSocket has already been started.\"): a retry on the same instance can never succeed.\t" + "\n" +
        "WS1010\tThe client never reconnects\tAfter the first drop nothing is received any more: {0}; connect in a loop, with a new ClientWebSocket and a growing, jittered delay for each attempt\tWebSockets.Client\t2\ton\tEvery long-lived connection ends some day: deployments, proxies, Wi-Fi. A receive loop that follows a single ConnectAsync ends with it, and nothing starts the next one.\t" + "\n" +
        "WS1011\tReconnecting without backoff\tAfter an outage all clients reconnect at once, with no pause before the next attempt; wait a time that grows, is capped and is random\tWebSockets.Client\t2\ton\tWhen a server restarts, all its clients lose their connection in the same second. Clients that retry at once, or after a constant time, come back together, and keep coming together until the server is up, which they help to prevent. A delay that grows, is capped, and is random spreads them.\t" + "\n" +
        "WS2001\tThe whole receive buffer is used instead of the bytes that arrived\tA short message ends with bytes of the one before it: '{0}' is used whole, though ReceiveAsync filled only Count bytes of it; use the first Count bytes\tWebSockets.Messages\t2\ton\tReceiveAsync fills a part of the buffer and says with Count how large it is. Behind that part stand zeros, or what an earlier message left there: text gets a tail of \\0 characters or of old text, and JSON does not parse.\t" + "\n" +
        "WS2002\tA part of a message is taken for a whole message\tA message that is longer than {0}, or sent in fragments, arrives in pieces and each is taken for a message: EndOfMessage is never read; put the parts together until it is true\tWebSockets.Messages\t2\ton\tOne ReceiveAsync gives at most as many bytes as the buffer takes, and never more than one fragment. A message is complete when EndOfMessage is true; until then it must be put together.\t" + "\n" +
        "WS2003\tThe close of the other end is ignored\tThe other end never gets an answer to its close, and {0}: MessageType is never read; answer MessageType.Close with CloseOutputAsync and leave the loop\tWebSockets.Messages\t2\ton\tA close frame comes out of ReceiveAsync as a result with MessageType Close and no bytes. Who does not look at it takes it for an empty message, never answers the close handshake, and gets a WebSocketException from the next ReceiveAsync.\t" + "\n" +
        "WS2004\tThe receive loop swallows the end of the connection\tAfter the connection is lost this loop spins at 100 % of a processor: the handler takes the exception of ReceiveAsync and the loop calls it again, which throws at once; leave the loop\tWebSockets.Messages\t2\ton\tWhen a connection is lost, ReceiveAsync throws, and throws again at each further call: a socket never recovers. A handler that catches the exception inside the loop and goes on makes the loop endless, at full processor load.\t" + "\n" +
        "WS2005\tA socket is used after its receive was cancelled\tThe first timeout ends the connection: cancelling a pending {0} aborts the socket, and the handler goes on with it; wait with Task.WhenAny or WaitAsync on the task, or drop the socket\tWebSockets.Messages\t2\ton\tCancelling the token of a pending ReceiveAsync or SendAsync aborts the socket: no close frame is sent, and every later call fails. Cancellation is no timeout for one message, and it comes after the close, not before it.\t" + "\n" +
        "WS2006\tCloseAsync waits for the other end without a limit\tA peer that hangs keeps this CloseAsync waiting for ever: it has no timeout of its own, and its token is never cancelled; pass a token that ends it after some seconds\tWebSockets.Messages\t2\ton\tCloseAsync sends a close frame and waits until the other end answers, however long that takes, also while it goes on sending messages. Only its cancellation token ends the wait; the socket is then aborted.\t" + "\n" +
        "WS2008\tThe task of a send is dropped\tA message that cannot be sent is lost without a word: the task of SendAsync is dropped {0}; await it\tWebSockets.Messages\t2\ton\tThe error of a send is in its task. Who drops the task never learns that the connection is gone, goes on producing, and cannot know when the buffer may be used again. The compiler warns in async methods only (CS4014).\t" + "\n" +
        "WS2009\tThe fragments of concurrent messages mix\tThe other end gets one message made of parts of several: this fragment (endOfMessage: false) is sent in code that runs concurrently, {0}, and no lock keeps a message together; take a SemaphoreSlim for the whole message\tWebSockets.Messages\t2\ton\tA socket sends one frame at a time, so that whole messages may be sent concurrently. A message in fragments has no such protection: the frames of another one come in between, and the receiver takes them for its continuation.\t" + "\n" +
        "WS2010\tThe errors of socket code are lost where it is started\tWhen the connection fails nobody learns it: the task of StartNew is done at the first await of its async delegate, and the inner one is dropped; use Task.Run and keep the task\tWebSockets.Messages\t2\ton\tTask.Factory.StartNew with an async delegate gives a task that is done at the delegate's first await. An async delegate that returns void, and a task that a constructor or another synchronous method drops, give nobody their exception, or the whole process.\t" + "\n" +
        "WS2011\tThe arguments of a close are refused\tThis always throws ArgumentException and the connection stays open: the close status {0} must not be sent; use a code such as NormalClosure or InternalServerError\tWebSockets.Messages\t2\ton\tA close frame holds a status code that may be sent and a description of at most 123 bytes in UTF-8. The codes 1006 and 1015 are never sent, those below 1000 do not exist, and 1005 goes without a description. A close frame is sent by CloseAsync or CloseOutputAsync, not by SendAsync.\t" + "\n" +
        "WS2012\tA message is sent after the close\tThis always throws WebSocketException and the message is lost: {0} in line {1} has closed '{2}' for sending; send before the close\tWebSockets.Messages\t2\ton\tAfter CloseAsync or CloseOutputAsync nothing can be sent on a socket any more: the close frame is the last one. Only receiving goes on, until the other end has answered.\t" + "\n" +
        "WS3001\tThe server's keep-alive comes too late\tAn idle connection is closed after {1}, often by a proxy: the server sends its keep-alive every {0} by default, so it comes too late; set KeepAliveInterval to {2}\tWebSockets.Server\t2\ton\tASP.NET Core sends a keep-alive on an idle WebSocket every 2 minutes by default. Load balancers, proxies and NATs close a connection that carries nothing for some time, most of them after 60 s. The limit is the option websockets_analyzers.idle_timeout.\t" + "\n" +
        "WS3002\tA socket is accepted without a check of the request\tA plain request gets 500 (\"Not a WebSocket request.\") instead of 400: the socket is accepted without a check of IsWebSocketRequest; check it first and refuse the others\tWebSockets.Server\t2\ton\tAcceptWebSocketAsync throws on a request that is no WebSocket handshake: a browser, a health check or a proxy that drops the Upgrade header then gets 500 and an error stands in the log. Ask IsWebSocketRequest first and refuse with 400 or 426.\t" + "\n" +
        "WS3004\tUseWebSockets is missing\tEvery handshake is refused or fails with 500 (\"WebSockets are not supported\"): IsWebSocketRequest is always false, since the program never calls UseWebSockets; add app.UseWebSockets()\tWebSockets.Server\t2\ton\tWithout the middleware of UseWebSockets, IsWebSocketRequest is false for every request and AcceptWebSocketAsync throws NotSupportedException. SignalR brings its own.\t" + "\n" +
        "WS3005\tUseWebSockets comes too late\tEvery handshake is refused or fails with 500: {0} accepts the socket before UseWebSockets is reached, so IsWebSocketRequest is still false there; move UseWebSockets above it\tWebSockets.Server\t2\ton\tMiddleware runs in the order in which it is added. What accepts sockets in a handler, a branch or UseEndpoints above UseWebSockets never sees them. Endpoints that are mapped on a WebApplication run last, wherever they stand.\t" + "\n" +
        "WS3006\tWebSocket options are ignored\tThe keep-alive and the AllowedOrigins of this call are ignored: an earlier UseWebSockets of the pipeline handles every request; merge the two\tWebSockets.Server\t2\ton\tThe first UseWebSockets of a pipeline handles the request: keep-alive and AllowedOrigins of a second one have no effect. Options that are given to UseWebSockets replace those of AddWebSockets and Configure<WebSocketOptions>.\t" + "\n" +
        "WS3007\tThe socket outlives its request\tThe connection is cut at once (the client sees ConnectionClosedPrematurely, the log nothing): the socket is handed to {0}, and the handler ends without waiting; await what uses the socket\tWebSockets.Server\t2\ton\tThe connection belongs to the request: it is closed when the handler ends, without a close frame and without a line in the log. A handler that hands the socket to something else must wait until that is done.\t" + "\n" +
        "WS3008\tA WebSocket endpoint does not take CONNECT\tA WebSocket over HTTP/2 gets 405 Method Not Allowed: it begins with CONNECT, and this endpoint takes {0} only; take CONNECT as well\tWebSockets.Server\t2\ton\tOver HTTP/1.1 a WebSocket begins with GET, over HTTP/2 with CONNECT. Browsers and YARP use HTTP/2 where the connection has it, which Kestrel offers under TLS by default; an endpoint that is mapped for GET alone refuses them, and the client does not fall back.\t" + "\n" +
        "WS3009\tA WebSocket endpoint takes the wrong verb\tNo WebSocket ever gets here, the handshake is refused with 405 Method Not Allowed: it is a GET, or a CONNECT over HTTP/2, and this endpoint takes {0}; take GET and CONNECT\tWebSockets.Server\t2\ton\tA WebSocket begins with GET over HTTP/1.1 and with CONNECT over HTTP/2. For any other verb IsWebSocketRequest is false, even with all the headers of a handshake.\t" + "\n" +
        "WS3010\tThe response is written beside the upgrade\tEach connection ends with an InvalidOperationException in the log: {0} writes into a response that AcceptWebSocketAsync has sent; return nothing here, or an empty result\tWebSockets.Server\t2\ton\tThe accept answers the request. What writes a status, a header, a body or a result after it throws InvalidOperationException; a body that is written before it makes the accept throw.\t" + "\n" +
        "WS3011\tThe status 101 is written by hand\tThe handshake fails: Kestrel sends this 101 without Sec-WebSocket-Accept and closes the connection, and nothing is logged; call AcceptWebSocketAsync, which answers the handshake\tWebSockets.Server\t2\ton\tA 101 that a program writes into the status has none of the headers of a handshake, and no socket comes of it. AcceptWebSocketAsync writes the whole answer.\t" + "\n" +
        "WS3012\tAn allowed origin is malformed\tEvery browser from there is refused with 403: \"{0}\" {1}, and no Origin header looks like that; write {2}\tWebSockets.Server\t2\ton\tAllowedOrigins are compared as whole texts with the Origin header: a scheme, a host and a port that is not the scheme's own, nothing behind them and no wildcard. An entry in another form never matches, and one of * turns the check off.\t" + "\n" +
        "WS3015\tA handshake header is taken from the request\tEvery WebSocket handshake is refused behind this, or passed on as a plain request: {0} is taken from the request; leave it there for WebSockets\tWebSockets.Server\t2\ton\tWithout Upgrade, Connection, Sec-WebSocket-Key or Sec-WebSocket-Version a request is no handshake, for the WebSocket middleware, for SignalR and for YARP alike.\t" + "\n" +
        "WS3016\tA sub-protocol is chosen that was not offered\tA client that does not ask for \"{0}\" fails to connect: the server chooses it without a look at WebSocketRequestedProtocols; choose it only when it is offered\tWebSockets.Server\t2\ton\tA server may choose only one of the sub-protocols that the client offers (RFC 6455, section 4.2.2). A client that gets another one must close the connection, and does.\t" + "\n" +
        "WS4001\tThe endpoint refuses HTTP/1.1\tWebSocket handshakes over HTTP/1.1 get 400 (\"An HTTP/1.x request was sent to an HTTP/2 only endpoint.\"): Protocols is {0}; without TLS an endpoint speaks one version, so give the sockets one of their own with Http1\tWebSockets.Kestrel\t2\ton\tMost WebSocket clients, browsers on a new connection among them, begin with an HTTP/1.1 request. An endpoint that speaks HTTP/2 only refuses it. Under TLS an endpoint can speak both; without TLS it speaks one, and the sockets need an endpoint of their own.\t" + "\n" +
        "WS4002\tUpgraded connections are forbidden\tEvery WebSocket over HTTP/1.1 fails with 500 (\"the server has already opened the maximum number of upgraded connections\"): MaxConcurrentUpgradedConnections is 0, and unlimited is null; remove it or set a limit\tWebSockets.Kestrel\t2\ton\tMaxConcurrentUpgradedConnections limits the WebSockets over HTTP/1.1. Null, the default, means no limit; 0 means none.\t" + "\n" +
        "WS4006\tThe HTTP/2 ping is off\tA dead HTTP/2 connection is never noticed: KeepAlivePingTimeout is the wait for the answer to a ping, and none is sent, as KeepAlivePingDelay is off by default; set it to {0}\tWebSockets.Kestrel\t2\ton\tKeepAlivePingDelay says after which silence an HTTP/2 ping is sent, and is infinite by default, in Kestrel and in SocketsHttpHandler. KeepAlivePingTimeout alone does nothing.\t" + "\n" +
        "WS5001\tThe hub connection does not reconnect\tAfter the first network failure the HubConnection is Closed and stays so: it is built without WithAutomaticReconnect, and no Closed handler starts it again; add WithAutomaticReconnect with a policy that does not give up\tWebSockets.SignalR\t2\ton\tA HubConnection does not reconnect by itself. Without WithAutomaticReconnect a lost connection goes to Closed at once, and no message arrives any more. The parameterless WithAutomaticReconnect gives up after 42 s; a retry policy that never returns null does not.\t" + "\n" +
        "WS6001\tYARP speaks HTTP/1.0 to the destination\tUploads of unknown length fail with 502 (\"HTTP 1.0 does not support chunking.\") and every request opens a new connection: YARP sends requests to this destination as HTTP/1.0; use HttpVersion.Version11\tWebSockets.Yarp\t2\ton\tWith Version 1.0 YARP sends ordinary requests as HTTP/1.0: chunked uploads fail with 502 and no connection is used twice, which exhausts ports under load. WebSockets are not affected, since YARP upgrades over HTTP/1.1 whatever the version says.\t" + "\n" +
        "WS7001\tThe request goes out as HTTP/1.0\tA body of unknown length throws NotSupportedException (\"HTTP 1.0 does not support chunking.\") and the connection is closed after the response: this request goes out as HTTP/1.0; use HttpVersion.Version11\tWebSockets.Http\t2\ton\tHTTP/1.0 has no chunked bodies, so a body of unknown length throws NotSupportedException (\"HTTP 1.0 does not support chunking.\"); it closes the connection after each response; and it has no upgrade to a WebSocket. Hardly any server needs it today.\t" + "\n" +
        "WS9002\tThe option has no effect\tThe default {2} is in force, because '{1}' is no value for {0}; write {3}\tWebSockets.Package\t2\ton\tAn option of this package whose value cannot be read counts as not set, and one with an unknown name is read by nobody: the rules then work with the default.\tCompilationEnd";

    public const string SuggestionDescriptors =
        "WS2007\tA message may grow without a limit\tA peer that never ends its message takes all the memory: the parts are collected until EndOfMessage, however many they are; refuse what is longer than a limit with the close status MessageTooBig\tWebSockets.Messages\t1\ton\tA WebSocket message has no maximal length. Who collects its parts in memory until EndOfMessage lets the other end decide how much memory that takes.\t" + "\n" +
        "WS2013\tThe socket is disposed of without a close\tThe other end gets a WebSocketException instead of a close: '{0}' is disposed of at the end of its scope and nobody closes it before; call CloseOutputAsync when the work is done\tWebSockets.Messages\t1\ton\tDispose ends the connection without a close frame. The other end cannot tell a program that is done from one that has crashed: its ReceiveAsync throws a WebSocketException (ConnectionClosedPrematurely).\t" + "\n" +
        "WS3003\tA refused request looks like success\tA plain request gets 200 OK without a body, as if all were well: nothing answers it when IsWebSocketRequest is false; refuse it with 400 or 426\tWebSockets.Server\t1\ton\tA handler that ends without an answer ends with 200 OK. A client whose handshake lost its Upgrade header on the way then sees \"status code '200' when status code '101' was expected\", and a health check takes a broken endpoint for a working one.\t" + "\n" +
        "WS3013\tThe origin of sockets is not checked\tA page of any origin can open a WebSocket in the name of its visitor (cross-site WebSocket hijacking): {0} signs users in by cookie, which browsers send along, and nobody asks the Origin; set AllowedOrigins\tWebSockets.Server\t1\ton\tBrowsers open WebSockets to other sites without asking, with the cookies of that site; CORS does not concern them. AllowedOrigins of the WebSocketOptions refuses the origins that are not listed.\t" + "\n" +
        "WS3014\tAn open socket holds up the shutdown\tEach shutdown waits 30 s for the open sockets and then cuts them: this loop receives under {0}, which is not cancelled when the program stops; link ApplicationStopping\tWebSockets.Server\t1\ton\tWhen the host stops, Kestrel waits for the open requests until the shutdown time-out (30 s by default). RequestAborted is cancelled only then; IHostApplicationLifetime.ApplicationStopping at once.\t" + "\n" +
        "WS3017\tA handshake behind a TLS proxy is redirected\tEvery handshake through {0} (line {1}) fails, redirected with 307 to where it came from: the proxy takes TLS off, and UseHttpsRedirection sees http; add UseForwardedHeaders above it\tWebSockets.Server\t1\ton\tUseHttpsRedirection looks at the scheme of the request as it comes to the program. Behind a proxy that takes TLS off this is http, until UseForwardedHeaders has read X-Forwarded-Proto. Browsers refuse a handshake that is redirected; .NET follows in a circle, fifty times, and fails then.\t" + "\n" +
        "WS4005\tKeepAliveTimeout does not concern WebSockets\tIdle WebSockets are closed as before: Kestrel's KeepAliveTimeout of {0} is for HTTP connections between two requests and does not touch an upgraded one; set KeepAliveInterval of the WebSocketOptions\tWebSockets.Kestrel\t1\ton\tKestrel's Limits.KeepAliveTimeout (130 s by default) ends HTTP connections that wait for their next request. An open WebSocket is not one of them; what ends it when it idles is a proxy or a NAT, against which a keep-alive helps.\t";

    /// <summary>Where a rule has something to look at: its id, and groups of words, of each of which the texts contain one; the words of a group are parted by bars. One of its rows must hold.</summary>
    public const string WarningUses =
        "WS1001\tWebSocket" + "\n" +
        "WS1002\tWebSocket AcceptWebSocketAsync" + "\n" +
        "WS1002\tWebSocket CreateClientWebSocket" + "\n" +
        "WS1002\tWebSocket CreateFromStream" + "\n" +
        "WS1002\tWebSocket KeepAliveInterval" + "\n" +
        "WS1006\tWebSocket AcceptWebSocketAsync" + "\n" +
        "WS1006\tWebSocket CreateClientWebSocket" + "\n" +
        "WS1006\tWebSocket CreateFromStream" + "\n" +
        "WS1006\tWebSocket KeepAliveInterval" + "\n" +
        "WS1006\tWebSocket KeepAliveTimeout" + "\n" +
        "WS1008\tWebSocket ConnectAsync" + "\n" +
        "WS1008\tWebsocket" + "\n" +
        "WS1010\tWebSocket ConnectAsync" + "\n" +
        "WS1011\tSignalR StartAsync" + "\n" +
        "WS1011\tWebSocket ConnectAsync" + "\n" +
        "WS2001\tWebSocket ReceiveAsync" + "\n" +
        "WS2001\tWebSocket SendAsync" + "\n" +
        "WS2002\tWebSocket ReceiveAsync" + "\n" +
        "WS2003\tWebSocket ReceiveAsync" + "\n" +
        "WS2003\tWebSocket State" + "\n" +
        "WS2004\tWebSocket ReceiveAsync" + "\n" +
        "WS2005\tWebSocket CloseAsync" + "\n" +
        "WS2005\tWebSocket CloseOutputAsync" + "\n" +
        "WS2005\tWebSocket ReceiveAsync" + "\n" +
        "WS2005\tWebSocket SendAsync" + "\n" +
        "WS2006\tWebSocket CloseAsync" + "\n" +
        "WS2008\tWebSocket SendAsync" + "\n" +
        "WS2009\tWebSocket SendAsync" + "\n" +
        "WS2010\tWebSocket CloseAsync" + "\n" +
        "WS2010\tWebSocket CloseOutputAsync" + "\n" +
        "WS2010\tWebSocket ConnectAsync" + "\n" +
        "WS2010\tWebSocket ReceiveAsync" + "\n" +
        "WS2010\tWebSocket SendAsync" + "\n" +
        "WS2011\tWebSocket CloseAsync" + "\n" +
        "WS2011\tWebSocket CloseOutputAsync" + "\n" +
        "WS2011\tWebSocket SendAsync" + "\n" +
        "WS2012\tWebSocket SendAsync" + "\n" +
        "WS3001\tWebSocket KeepAliveInterval" + "\n" +
        "WS3001\tWebSocket UseWebSockets" + "\n" +
        "WS3002\tWebSocket AcceptWebSocketAsync" + "\n" +
        "WS3004\tWebSocket AcceptWebSocketAsync" + "\n" +
        "WS3005\tWebSocket UseWebSockets" + "\n" +
        "WS3006\tWebSocket AddWebSockets" + "\n" +
        "WS3006\tWebSocket UseWebSockets" + "\n" +
        "WS3007\tWebSocket AcceptWebSocketAsync" + "\n" +
        "WS3008\tWebSocket AcceptWebSocketAsync" + "\n" +
        "WS3009\tWebSocket AcceptWebSocketAsync" + "\n" +
        "WS3010\tWebSocket AcceptWebSocketAsync" + "\n" +
        "WS3011\t101|SwitchingProtocols StatusCode" + "\n" +
        "WS3011\t101|SwitchingProtocols StatusCodeResult" + "\n" +
        "WS3012\tWebSocket AllowedOrigins" + "\n" +
        "WS3015\tWebSocket|MapHub|MapBlazorHub|MapReverseProxy|MapForwarder" + "\n" +
        "WS3016\tWebSocket AcceptWebSocketAsync" + "\n" +
        "WS3016\tWebSocket SubProtocol" + "\n" +
        "WS4001\tWebSocket|MapHub|MapBlazorHub|MapReverseProxy|MapForwarder Protocols" + "\n" +
        "WS4002\tLimits MaxConcurrentUpgradedConnections" + "\n" +
        "WS4006\tHttp2 KeepAlivePingTimeout" + "\n" +
        "WS4006\tSocketsHttpHandler KeepAlivePingTimeout" + "\n" +
        "WS5001\tSignalR" + "\n" +
        "WS6001\tYarp Version" + "\n" +
        "WS7001\tHttpClient DefaultRequestVersion" + "\n" +
        "WS7001\tHttpRequestMessage Version" + "\n" +
        "WS7001\tWebRequest ProtocolVersion" + "\n" +
        "WS9002\t";

    public const string SuggestionUses =
        "WS2007\tWebSocket ReceiveAsync" + "\n" +
        "WS2013\tWebSocket" + "\n" +
        "WS3003\tWebSocket AcceptWebSocketAsync" + "\n" +
        "WS3013\tWebSocket UseWebSockets" + "\n" +
        "WS3014\tWebSocket ReceiveAsync" + "\n" +
        "WS3017\tWebSocket|MapHub|MapBlazorHub|MapReverseProxy|MapForwarder UseHttpsRedirection" + "\n" +
        "WS4005\tLimits KeepAliveTimeout";
}

namespace WebSockets.Analyzers.Model;

/// <summary>A type of a library that rules look at, by its metadata name.</summary>
internal sealed class ApiType(string metadataName, string? mention = null)
{
    public string MetadataName { get; } = metadataName;

    /// <summary>
    /// A text without which no program uses the type: a part of its name, of its namespace or of the members through which it is reached.
    /// Null for types of every program, which matter only beside one that has such a text.
    /// </summary>
    public string? Mention { get; } = mention;
}

/// <summary>The one table of names. A test resolves each of them against the real assemblies.</summary>
internal static class Api
{
    // System.Net.WebSockets
    public static readonly ApiType WebSocket = new("System.Net.WebSockets.WebSocket", "WebSocket");
    public static readonly ApiType ClientWebSocket = new("System.Net.WebSockets.ClientWebSocket", "WebSocket");
    public static readonly ApiType ClientWebSocketOptions = new("System.Net.WebSockets.ClientWebSocketOptions", "WebSocket");
    public static readonly ApiType WebSocketCreationOptions = new("System.Net.WebSockets.WebSocketCreationOptions", "WebSocket");
    public static readonly ApiType WebSocketState = new("System.Net.WebSockets.WebSocketState", "WebSocket");
    public static readonly ApiType WebSocketMessageType = new("System.Net.WebSockets.WebSocketMessageType", "WebSocket");
    public static readonly ApiType WebSocketReceiveResult = new("System.Net.WebSockets.WebSocketReceiveResult", "WebSocket");
    public static readonly ApiType ValueWebSocketReceiveResult = new("System.Net.WebSockets.ValueWebSocketReceiveResult", "WebSocket");
    public static readonly ApiType WebSocketStream = new("System.Net.WebSockets.WebSocketStream", "WebSocket");
    public static readonly ApiType HttpListenerContext = new("System.Net.HttpListenerContext", "WebSocket");
    public static readonly ApiType HttpListenerRequest = new("System.Net.HttpListenerRequest", "WebSocket");

    // ASP.NET Core
    public static readonly ApiType WebSocketManager = new("Microsoft.AspNetCore.Http.WebSocketManager", "WebSocket");
    public static readonly ApiType WebSocketAcceptContext = new("Microsoft.AspNetCore.Http.WebSocketAcceptContext", "WebSocket");
    public static readonly ApiType WebSocketOptions = new("Microsoft.AspNetCore.Builder.WebSocketOptions", "WebSocket");
    public static readonly ApiType WebSocketMiddlewareExtensions = new("Microsoft.AspNetCore.Builder.WebSocketMiddlewareExtensions", "WebSocket");
    public static readonly ApiType WebSocketMiddleware = new("Microsoft.AspNetCore.WebSockets.WebSocketMiddleware", "WebSocket");
    public static readonly ApiType WebSocketsDependencyInjectionExtensions = new("Microsoft.AspNetCore.WebSockets.WebSocketsDependencyInjectionExtensions", "WebSocket");
    public static readonly ApiType IHttpWebSocketFeature = new("Microsoft.AspNetCore.Http.Features.IHttpWebSocketFeature", "WebSocket");
    public static readonly ApiType HttpContext = new("Microsoft.AspNetCore.Http.HttpContext");
    public static readonly ApiType HttpRequest = new("Microsoft.AspNetCore.Http.HttpRequest");
    public static readonly ApiType HttpResponse = new("Microsoft.AspNetCore.Http.HttpResponse");
    public static readonly ApiType RequestDelegate = new("Microsoft.AspNetCore.Http.RequestDelegate");
    public static readonly ApiType IMiddleware = new("Microsoft.AspNetCore.Http.IMiddleware");
    public static readonly ApiType IHeaderDictionary = new("Microsoft.AspNetCore.Http.IHeaderDictionary");
    public static readonly ApiType IResult = new("Microsoft.AspNetCore.Http.IResult");
    public static readonly ApiType IApplicationBuilder = new("Microsoft.AspNetCore.Builder.IApplicationBuilder");
    public static readonly ApiType WebApplication = new("Microsoft.AspNetCore.Builder.WebApplication");
    public static readonly ApiType HttpsPolicyBuilderExtensions = new("Microsoft.AspNetCore.Builder.HttpsPolicyBuilderExtensions", "UseHttpsRedirection");
    public static readonly ApiType HttpsRedirectionOptions = new("Microsoft.AspNetCore.HttpsPolicy.HttpsRedirectionOptions");
    public static readonly ApiType ListenOptionsHttpsExtensions = new("Microsoft.AspNetCore.Hosting.ListenOptionsHttpsExtensions");
    public static readonly ApiType WebHostBuilderExtensions = new("Microsoft.AspNetCore.Hosting.WebHostBuilderExtensions");
    public static readonly ApiType HttpMethods = new("Microsoft.AspNetCore.Http.HttpMethods");
    public static readonly ApiType HostingAbstractionsWebHostBuilderExtensions = new("Microsoft.AspNetCore.Hosting.HostingAbstractionsWebHostBuilderExtensions");
    public static readonly ApiType IWebHostBuilder = new("Microsoft.AspNetCore.Hosting.IWebHostBuilder");
    public static readonly ApiType HostEnvironmentEnvExtensions = new("Microsoft.Extensions.Hosting.HostEnvironmentEnvExtensions");
    public static readonly ApiType EndpointRouteBuilderExtensions = new("Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions");
    public static readonly ApiType IEndpointRouteBuilder = new("Microsoft.AspNetCore.Routing.IEndpointRouteBuilder");
    public static readonly ApiType MapWhenExtensions = new("Microsoft.AspNetCore.Builder.MapWhenExtensions");
    public static readonly ApiType UseWhenExtensions = new("Microsoft.AspNetCore.Builder.UseWhenExtensions");
    public static readonly ApiType ControllerBase = new("Microsoft.AspNetCore.Mvc.ControllerBase");
    public static readonly ApiType ControllerAttribute = new("Microsoft.AspNetCore.Mvc.ControllerAttribute");
    public static readonly ApiType NonActionAttribute = new("Microsoft.AspNetCore.Mvc.NonActionAttribute");
    public static readonly ApiType IActionResult = new("Microsoft.AspNetCore.Mvc.IActionResult");
    public static readonly ApiType IFilterMetadata = new("Microsoft.AspNetCore.Mvc.Filters.IFilterMetadata");
    public static readonly ApiType IHttpExtendedConnectFeature = new("Microsoft.AspNetCore.Http.Features.IHttpExtendedConnectFeature");
    public static readonly ApiType IHttpUpgradeFeature = new("Microsoft.AspNetCore.Http.Features.IHttpUpgradeFeature");
    public static readonly ApiType HttpMethodAttribute = new("Microsoft.AspNetCore.Mvc.Routing.HttpMethodAttribute");
    public static readonly ApiType HttpGetAttribute = new("Microsoft.AspNetCore.Mvc.HttpGetAttribute");
    public static readonly ApiType HttpPostAttribute = new("Microsoft.AspNetCore.Mvc.HttpPostAttribute");
    public static readonly ApiType HttpPutAttribute = new("Microsoft.AspNetCore.Mvc.HttpPutAttribute");
    public static readonly ApiType HttpDeleteAttribute = new("Microsoft.AspNetCore.Mvc.HttpDeleteAttribute");
    public static readonly ApiType HttpPatchAttribute = new("Microsoft.AspNetCore.Mvc.HttpPatchAttribute");
    public static readonly ApiType AcceptVerbsAttribute = new("Microsoft.AspNetCore.Mvc.AcceptVerbsAttribute");
    public static readonly ApiType HttpProtocols = new("Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols");
    public static readonly ApiType Results = new("Microsoft.AspNetCore.Http.Results");
    public static readonly ApiType TypedResults = new("Microsoft.AspNetCore.Http.TypedResults");
    public static readonly ApiType StatusCodeResult = new("Microsoft.AspNetCore.Mvc.StatusCodeResult", "StatusCodeResult");
    public static readonly ApiType EmptyResult = new("Microsoft.AspNetCore.Mvc.EmptyResult");
    public static readonly ApiType ICollectionOfT = new("System.Collections.Generic.ICollection`1");
    public static readonly ApiType ChannelWriterOfT = new("System.Threading.Channels.ChannelWriter`1");
    public static readonly ApiType ListenOptions = new("Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions", "Protocols");
    public static readonly ApiType KestrelServerOptions = new("Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions", "Kestrel");
    public static readonly ApiType KestrelServerLimits = new("Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerLimits", "Limits");
    public static readonly ApiType Http2Limits = new("Microsoft.AspNetCore.Server.Kestrel.Core.Http2Limits", "Http2");
    public static readonly ApiType SocketsHttpHandler = new("System.Net.Http.SocketsHttpHandler", "SocketsHttpHandler");
    public static readonly ApiType IDictionaryOfTT = new("System.Collections.Generic.IDictionary`2");
    public static readonly ApiType OptionsServiceCollectionExtensions = new("Microsoft.Extensions.DependencyInjection.OptionsServiceCollectionExtensions");

    // SignalR client
    public static readonly ApiType HubConnectionBuilder = new("Microsoft.AspNetCore.SignalR.Client.HubConnectionBuilder", "SignalR");
    public static readonly ApiType IHubConnectionBuilder = new("Microsoft.AspNetCore.SignalR.Client.IHubConnectionBuilder", "SignalR");
    public static readonly ApiType HubConnectionBuilderExtensions = new("Microsoft.AspNetCore.SignalR.Client.HubConnectionBuilderExtensions", "SignalR");
    public static readonly ApiType HubConnection = new("Microsoft.AspNetCore.SignalR.Client.HubConnection", "SignalR");
    public static readonly ApiType IRetryPolicy = new("Microsoft.AspNetCore.SignalR.Client.IRetryPolicy", "SignalR");

    // YARP
    public static readonly ApiType ForwarderRequestConfig = new("Yarp.ReverseProxy.Forwarder.ForwarderRequestConfig", "Yarp");

    // HTTP
    public static readonly ApiType HttpVersion = new("System.Net.HttpVersion");
    public static readonly ApiType HttpClient = new("System.Net.Http.HttpClient", "HttpClient");
    public static readonly ApiType HttpRequestMessage = new("System.Net.Http.HttpRequestMessage", "HttpRequestMessage");
    public static readonly ApiType HttpWebRequest = new("System.Net.HttpWebRequest", "WebRequest");
    public static readonly ApiType Version = new("System.Version");

    // Client libraries
    public static readonly ApiType WebsocketClient = new("Websocket.Client.WebsocketClient", "Websocket");
    public static readonly ApiType PollyResiliencePipeline = new("Polly.ResiliencePipeline");

    // What bytes are made into
    public static readonly ApiType Encoding = new("System.Text.Encoding");
    public static readonly ApiType Utf8Encoding = new("System.Text.UTF8Encoding");
    public static readonly ApiType AsciiEncoding = new("System.Text.ASCIIEncoding");
    public static readonly ApiType Convert = new("System.Convert");
    public static readonly ApiType BitConverter = new("System.BitConverter");
    public static readonly ApiType JsonSerializer = new("System.Text.Json.JsonSerializer");
    public static readonly ApiType JsonDocument = new("System.Text.Json.JsonDocument");
    public static readonly ApiType JsonNode = new("System.Text.Json.Nodes.JsonNode");
    public static readonly ApiType Utf8JsonReader = new("System.Text.Json.Utf8JsonReader");
    public static readonly ApiType Stream = new("System.IO.Stream");
    public static readonly ApiType MemoryStream = new("System.IO.MemoryStream");
    public static readonly ApiType FileStream = new("System.IO.FileStream");
    public static readonly ApiType File = new("System.IO.File");
    public static readonly ApiType ListOfT = new("System.Collections.Generic.List`1");
    public static readonly ApiType Enumerable = new("System.Linq.Enumerable");
    public static readonly ApiType ArraySegmentOfT = new("System.ArraySegment`1");
    public static readonly ApiType MemoryOfT = new("System.Memory`1");
    public static readonly ApiType SpanOfT = new("System.Span`1");

    // Time
    public static readonly ApiType TimeSpan = new("System.TimeSpan");
    public static readonly ApiType Timeout = new("System.Threading.Timeout");
    public static readonly ApiType Timer = new("System.Threading.Timer");
    public static readonly ApiType TimersTimer = new("System.Timers.Timer");
    public static readonly ApiType PeriodicTimer = new("System.Threading.PeriodicTimer");
    public static readonly ApiType Random = new("System.Random");

    // Tasks and threads
    public static readonly ApiType Task = new("System.Threading.Tasks.Task");
    public static readonly ApiType TaskFactory = new("System.Threading.Tasks.TaskFactory");
    public static readonly ApiType Thread = new("System.Threading.Thread");
    public static readonly ApiType ThreadPool = new("System.Threading.ThreadPool");
    public static readonly ApiType SemaphoreSlim = new("System.Threading.SemaphoreSlim");
    public static readonly ApiType WaitHandle = new("System.Threading.WaitHandle");
    public static readonly ApiType CancellationToken = new("System.Threading.CancellationToken");
    public static readonly ApiType CancellationTokenSource = new("System.Threading.CancellationTokenSource");
    public static readonly ApiType TaskCompletionSource = new("System.Threading.Tasks.TaskCompletionSource");
    public static readonly ApiType TaskCompletionSourceOfT = new("System.Threading.Tasks.TaskCompletionSource`1");

    // Hosting
    public static readonly ApiType BackgroundService = new("Microsoft.Extensions.Hosting.BackgroundService");
    public static readonly ApiType IHostedService = new("Microsoft.Extensions.Hosting.IHostedService");
    public static readonly ApiType IHostApplicationLifetime = new("Microsoft.Extensions.Hosting.IHostApplicationLifetime");
    public static readonly ApiType Console = new("System.Console");
    public static readonly ApiType Environment = new("System.Environment");

    // Test frameworks
    public static readonly ApiType XunitFact = new("Xunit.FactAttribute");
    public static readonly ApiType NUnitTest = new("NUnit.Framework.TestAttribute");
    public static readonly ApiType MSTestTestMethod = new("Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute");
    public static readonly ApiType TUnitTest = new("TUnit.Core.TestAttribute");
}

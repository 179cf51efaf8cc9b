namespace WebSockets.Analyzers.Model;

/// <summary>A type of a library that rules look at, by its metadata name.</summary>
internal sealed class ApiType(string metadataName)
{
    public string MetadataName { get; } = metadataName;
}

/// <summary>The one table of names. A test resolves each of them against the real assemblies.</summary>
internal static class Api
{
    // System.Net.WebSockets
    public static readonly ApiType WebSocket = new("System.Net.WebSockets.WebSocket");
    public static readonly ApiType ClientWebSocket = new("System.Net.WebSockets.ClientWebSocket");
    public static readonly ApiType ClientWebSocketOptions = new("System.Net.WebSockets.ClientWebSocketOptions");
    public static readonly ApiType WebSocketCreationOptions = new("System.Net.WebSockets.WebSocketCreationOptions");
    public static readonly ApiType WebSocketState = new("System.Net.WebSockets.WebSocketState");
    public static readonly ApiType WebSocketMessageType = new("System.Net.WebSockets.WebSocketMessageType");
    public static readonly ApiType WebSocketReceiveResult = new("System.Net.WebSockets.WebSocketReceiveResult");
    public static readonly ApiType ValueWebSocketReceiveResult = new("System.Net.WebSockets.ValueWebSocketReceiveResult");
    public static readonly ApiType HttpListenerContext = new("System.Net.HttpListenerContext");

    // ASP.NET Core
    public static readonly ApiType WebSocketManager = new("Microsoft.AspNetCore.Http.WebSocketManager");
    public static readonly ApiType WebSocketAcceptContext = new("Microsoft.AspNetCore.Http.WebSocketAcceptContext");
    public static readonly ApiType WebSocketOptions = new("Microsoft.AspNetCore.Builder.WebSocketOptions");
    public static readonly ApiType WebSocketMiddlewareExtensions = new("Microsoft.AspNetCore.Builder.WebSocketMiddlewareExtensions");
    public static readonly ApiType WebSocketsDependencyInjectionExtensions = new("Microsoft.AspNetCore.WebSockets.WebSocketsDependencyInjectionExtensions");
    public static readonly ApiType OptionsServiceCollectionExtensions = new("Microsoft.Extensions.DependencyInjection.OptionsServiceCollectionExtensions");

    // SignalR client
    public static readonly ApiType HubConnectionBuilder = new("Microsoft.AspNetCore.SignalR.Client.HubConnectionBuilder");
    public static readonly ApiType IHubConnectionBuilder = new("Microsoft.AspNetCore.SignalR.Client.IHubConnectionBuilder");
    public static readonly ApiType HubConnectionBuilderExtensions = new("Microsoft.AspNetCore.SignalR.Client.HubConnectionBuilderExtensions");
    public static readonly ApiType HubConnection = new("Microsoft.AspNetCore.SignalR.Client.HubConnection");
    public static readonly ApiType IRetryPolicy = new("Microsoft.AspNetCore.SignalR.Client.IRetryPolicy");

    // YARP
    public static readonly ApiType ForwarderRequestConfig = new("Yarp.ReverseProxy.Forwarder.ForwarderRequestConfig");

    // HTTP
    public static readonly ApiType HttpVersion = new("System.Net.HttpVersion");
    public static readonly ApiType HttpClient = new("System.Net.Http.HttpClient");
    public static readonly ApiType HttpRequestMessage = new("System.Net.Http.HttpRequestMessage");
    public static readonly ApiType HttpWebRequest = new("System.Net.HttpWebRequest");
    public static readonly ApiType Version = new("System.Version");

    // Client libraries
    public static readonly ApiType WebsocketClient = new("Websocket.Client.WebsocketClient");
    public static readonly ApiType PollyResiliencePipeline = new("Polly.ResiliencePipeline");

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

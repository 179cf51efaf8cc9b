namespace WebSockets.Analyzers.Core;

/// <summary>The categories of the package: one for each group of rules, named as the folder that holds them.</summary>
internal static class Category
{
    public const string Client = "WebSockets.Client";
    public const string Server = "WebSockets.Server";
    public const string Kestrel = "WebSockets.Kestrel";
    public const string SignalR = "WebSockets.SignalR";
    public const string Yarp = "WebSockets.Yarp";
    public const string Http = "WebSockets.Http";
    public const string Package = "WebSockets.Package";
}

namespace WebSockets.Analyzers.Core;

/// <summary>Says why a rule has no code fix. A rule has either a fix or this attribute.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class NoCodeFixAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}

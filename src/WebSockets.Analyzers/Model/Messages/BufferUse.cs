using Microsoft.CodeAnalysis;

namespace WebSockets.Analyzers.Model.Messages;

/// <summary>What a piece of code does with the bytes of a receive buffer.</summary>
internal enum BufferUseKind
{
    /// <summary>Made into text, an object or a copy: <c>GetString</c>, <c>Deserialize</c>, <c>ToArray</c>, <c>new MemoryStream(buffer)</c>.</summary>
    Decoded,

    /// <summary>Added to something that grows: a stream, a list, another buffer, a builder.</summary>
    Collected,

    /// <summary>Sent on by a socket or written to a stream that leads elsewhere.</summary>
    Forwarded,

    /// <summary>Given to a delegate, an event or another method, or kept.</summary>
    Passed,
}

/// <summary>One use of the bytes.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Reference">The buffer, where it is named.</param>
/// <param name="Bytes">The expression that reaches the consumer: the buffer with its slices and conversions.</param>
/// <param name="Consumer">The call or creation that takes them; null where they are kept.</param>
/// <param name="IsWhole">Nothing limits the use to the bytes that arrived.</param>
internal sealed record BufferUse(BufferUseKind Kind, IOperation Reference, IOperation Bytes, IOperation? Consumer, bool IsWhole)
{
    private readonly IOperation? _site;

    /// <summary>Where it is decided how many of the bytes are used: the consumer, or the call that copies them before.</summary>
    public IOperation Site
    {
        get => _site ?? Consumer ?? Bytes;
        init => _site = value;
    }
}

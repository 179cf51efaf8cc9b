using System.IO.Pipelines;

namespace WebSockets.Analyzers.Proofs.Rig;

/// <summary>Streams that programs upload from.</summary>
internal static class Streams
{
    /// <summary>A stream whose length nobody knows before its end, as one from a socket, a compressor or a camera.</summary>
    public static async Task<Stream> OfUnknownLengthAsync(string text)
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));
        await pipe.Writer.CompleteAsync();
        return pipe.Reader.AsStream();
    }
}

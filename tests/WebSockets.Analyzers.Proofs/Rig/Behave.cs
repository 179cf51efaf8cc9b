namespace WebSockets.Analyzers.Proofs.Rig;

/// <summary>The behaviours of a <see cref="Peer"/>: one that is well, and the faults of real networks.</summary>
internal static class Behave
{
    /// <summary>Well: sends messages back, answers pings and the close.</summary>
    public static async Task Well(Connection connection, CancellationToken stop)
    {
        await connection.ShakeHandsAsync(stop);
        while (await connection.ReceiveAsync(stop) is { } frame)
        {
            switch (frame.Opcode)
            {
                case Opcode.Ping:
                    await connection.SendAsync(Opcode.Pong, frame.Payload, true, stop);
                    break;
                case Opcode.Close:
                    await connection.SendAsync(Opcode.Close, frame.Payload, true, stop);
                    connection.Finish();
                    break;
                case Opcode.Text or Opcode.Binary or Opcode.Continuation:
                    await connection.SendAsync(frame.Opcode, frame.Payload, frame.IsFinal, stop);
                    break;
            }
        }
    }

    /// <summary>
    /// Turns the client away with a 503, as a load balancer without a server does. An answer it must be: a connection that ends before the first byte of one .NET's handler
    /// replaces by itself, up to three times at once, so that one attempt of the program would show as several.
    /// </summary>
    public static Behaviour Refuse { get; } = Answer("503 Service Unavailable");

    /// <summary>Answers the handshake with another status than 101.</summary>
    public static Behaviour Answer(string status) => async (connection, stop) =>
    {
        await connection.ReadRequestAsync(stop);
        await connection.WriteAsync($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", stop);
        connection.Finish();
    };

    /// <summary>Accepts the connection and never answers the handshake.</summary>
    public static async Task IgnoreHandshake(Connection connection, CancellationToken stop)
    {
        await connection.ReadRequestAsync(stop);
        await Task.Delay(Timeout.Infinite, stop);
    }

    /// <summary>Sends that many messages, then ends the connection without a close frame, and waits for the client to let go of it.</summary>
    public static Behaviour DropAfter(int messages, TimeSpan pause = default) => async (connection, stop) =>
    {
        await connection.ShakeHandsAsync(stop);
        for (int i = 0; i < messages; i++) await connection.SendAsync($"message {i}", stop);
        await Task.Delay(pause, stop);
        connection.Finish();
        while (await connection.ReceiveAsync(stop) is not null) { }
    };

    /// <summary>Completes the handshake, then neither reads nor writes: a machine that hangs, a cable that was pulled.</summary>
    public static async Task GoSilent(Connection connection, CancellationToken stop)
    {
        await connection.ShakeHandsAsync(stop);
        await Task.Delay(Timeout.Infinite, stop);
    }

    /// <summary>Like <see cref="GoSilent"/>, until something on the way resets the connection.</summary>
    public static Behaviour GoSilentUntilReset(TimeSpan after) => async (connection, stop) =>
    {
        await connection.ShakeHandsAsync(stop);
        await Task.Delay(after, stop);
        connection.Reset();
    };

    /// <summary>Sends one message in so many fragments and a close frame, and waits for the client to answer or to go.</summary>
    public static Behaviour Fragment(string message, int pieces) => async (connection, stop) =>
    {
        await connection.ShakeHandsAsync(stop);
        var bytes = System.Text.Encoding.UTF8.GetBytes(message);
        var size = (bytes.Length + pieces - 1) / pieces;
        for (int i = 0; i < pieces; i++)
            await connection.SendAsync(i == 0 ? Opcode.Text : Opcode.Continuation, bytes[(i * size)..Math.Min(bytes.Length, (i + 1) * size)], i == pieces - 1, stop);
        await CloseAsync(connection, stop);
    };

    /// <summary>Sends these messages and a close frame, and waits for the client to answer or to go.</summary>
    public static Behaviour SendAndClose(params string[] messages) => async (connection, stop) =>
    {
        await connection.ShakeHandsAsync(stop);
        foreach (var message in messages) await connection.SendAsync(message, stop);
        await CloseAsync(connection, stop);
    };

    private static async Task CloseAsync(Connection connection, CancellationToken stop)
    {
        // The code 1000, normal closure.
        await connection.SendAsync(Opcode.Close, [3, 232], isFinal: true, stop);
        while (await connection.ReceiveAsync(stop) is { } frame)
            if (frame.Opcode == Opcode.Close) connection.Finish();
    }

    /// <summary>Reads everything and never answers a close.</summary>
    public static async Task IgnoreClose(Connection connection, CancellationToken stop)
    {
        await connection.ShakeHandsAsync(stop);
        while (await connection.ReceiveAsync(stop) is not null) { }
    }
}

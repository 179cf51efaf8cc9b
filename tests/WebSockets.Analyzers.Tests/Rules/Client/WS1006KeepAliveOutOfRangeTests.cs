using WebSockets.Analyzers.CodeFixes.Rules.Client;
using WebSockets.Analyzers.Rules.Client;

namespace WebSockets.Analyzers.Tests.Rules.Client;

public class WS1006KeepAliveOutOfRangeTests
{
    [Theory]
    [InlineData("TimeSpan.FromSeconds(-5)")]
    [InlineData("-TimeSpan.FromSeconds(5)")]
    [InlineData("TimeSpan.FromMilliseconds(-2)")]
    [InlineData("TimeSpan.MinValue")]
    [InlineData("TimeSpan.MaxValue")]
    [InlineData("TimeSpan.FromDays(50)")]
    [InlineData("TimeSpan.FromMilliseconds(4294967295)")]
    [InlineData("Never")]
    public Task Client_options(string value) => Verify<WS1006KeepAliveOutOfRange>.ReportsAsync($$"""
        using System;
        using System.Net.WebSockets;
        class C
        {
            static readonly TimeSpan Never = TimeSpan.FromDays(365);
            void M(ClientWebSocket socket) => [|socket.Options.KeepAliveInterval = {{value}}|];
        }
        """);

    [Theory]
    [InlineData("socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(-5)", "This throws ArgumentOutOfRangeException: KeepAliveInterval of -5 s is")]
    [InlineData("socket.Options.KeepAliveInterval = TimeSpan.FromDays(60)", "Every ConnectAsync fails with \"Unable to connect to the remote server\" (ArgumentOutOfRangeException, dueTime): KeepAliveInterval of 60 days is")]
    [InlineData("creation.KeepAliveInterval = TimeSpan.FromSeconds(-5)", "This throws ArgumentOutOfRangeException: KeepAliveInterval of -5 s is")]
    [InlineData("creation.KeepAliveInterval = TimeSpan.FromDays(60)", "WebSocket.CreateFromStream throws ArgumentOutOfRangeException (dueTime): KeepAliveInterval of 60 days is")]
    [InlineData("server.KeepAliveInterval = TimeSpan.FromSeconds(-5)", "Every client gets 101 Switching Protocols and then a closed connection, while the server logs ArgumentOutOfRangeException: KeepAliveInterval of -5 s is")]
    [InlineData("accept.KeepAliveInterval = TimeSpan.FromDays(60)", "Every client gets 101 Switching Protocols and then a closed connection, while the server logs ArgumentOutOfRangeException: KeepAliveInterval of 60 days is")]
    [InlineData("accept.KeepAliveTimeout = TimeSpan.FromSeconds(-5)", "This throws ArgumentOutOfRangeException: KeepAliveTimeout of -5 s is")]
    public Task Says_what_happens(string assignment, string message) => Verify<WS1006KeepAliveOutOfRange>.SaysAsync($$"""
        using System;
        using System.Net.WebSockets;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        class C
        {
            void M(ClientWebSocket socket, WebSocketCreationOptions creation, WebSocketOptions server, WebSocketAcceptContext accept) => {|#0:{{assignment}}|};
        }
        """, message + " out of range (zero to 49.7 days, or -1 ms for infinite); set it to 30 s");

    [Fact]
    public Task Every_owner_of_an_interval_or_a_timeout() => Verify<WS1006KeepAliveOutOfRange>.ReportsAsync("""
        using System;
        using System.IO;
        using System.Net;
        using System.Net.WebSockets;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        class C
        {
            async Task M(Stream stream, HttpListenerContext listener, ClientWebSocket socket)
            {
                var server = new WebSocketOptions { [|KeepAliveInterval = TimeSpan.MaxValue|], [|KeepAliveTimeout = TimeSpan.FromSeconds(-3)|] };
                var accept = new WebSocketAcceptContext { [|KeepAliveInterval = TimeSpan.FromSeconds(-3)|], [|KeepAliveTimeout = TimeSpan.FromSeconds(-3)|] };
                WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { [|KeepAliveInterval = TimeSpan.MaxValue|], [|KeepAliveTimeout = TimeSpan.FromSeconds(-3)|] });
                WebSocket.CreateFromStream(stream, true, null, [|TimeSpan.MaxValue|]);
                await listener.AcceptWebSocketAsync(null, [|TimeSpan.FromSeconds(-3)|]);
                [|socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(-3)|];
            }
        }
        """);

    [Fact]
    public Task Silent_on_values_in_range_or_unknown() => Verify<WS1006KeepAliveOutOfRange>.SilentAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        class C
        {
            void M(ClientWebSocket socket, TimeSpan value)
            {
                socket.Options.KeepAliveInterval = value;
                socket.Options.KeepAliveInterval = -value;
                socket.Options.KeepAliveInterval = TimeSpan.Zero;
                socket.Options.KeepAliveInterval = TimeSpan.FromMilliseconds(-1);
                socket.Options.KeepAliveInterval = TimeSpan.FromMilliseconds(4294967294);
                socket.Options.KeepAliveInterval = TimeSpan.FromHours(2);
                socket.Options.KeepAliveTimeout = Timeout.InfiniteTimeSpan;
                socket.Options.KeepAliveTimeout = TimeSpan.Zero;
                socket.Options.KeepAliveTimeout = TimeSpan.MaxValue;
            }
        }
        """);

    [Fact]
    public Task Silent_in_tests() => Verify<WS1006KeepAliveOutOfRange>.SilentAsync("""
        using System;
        using System.Net.WebSockets;
        class TestAttribute : Attribute { }
        class C
        {
            [Test] void M() { using var s = new ClientWebSocket(); s.Options.KeepAliveInterval = TimeSpan.MaxValue; }
        }
        """);

    [Fact]
    public Task Silent_on_a_look_alike() => Verify<WS1006KeepAliveOutOfRange>.SilentAsync("""
        using System;
        class WebSocketOptions { public TimeSpan KeepAliveInterval { get; set; } public TimeSpan KeepAliveTimeout { get; set; } }
        class C
        {
            WebSocketOptions M() => new WebSocketOptions { KeepAliveInterval = TimeSpan.MaxValue, KeepAliveTimeout = TimeSpan.MinValue };
        }
        """);

    [Fact]
    public Task Half_typed_code() => Verify<WS1006KeepAliveOutOfRange>.SilentAsync("""
        using System;
        using System.Net.WebSockets;
        class C
        {
            void M(ClientWebSocket socket)
            {
                socket.Options.KeepAliveInterval = -;
                socket.Options.KeepAliveInterval = TimeSpan.FromDays(1e300);
                socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(-
        """, new() { Compiles = false });

    private const string Before = """
        using System;
        using System.IO;
        using System.Net.WebSockets;
        using Microsoft.AspNetCore.Builder;
        class C
        {
            void M(ClientWebSocket socket, Stream stream)
            {
                // never ping
                [|socket.Options.KeepAliveInterval = TimeSpan.MaxValue|]; // never
                WebSocket.CreateFromStream(stream, false, null, [|TimeSpan.FromSeconds(-30)|]);
                var server = new WebSocketOptions { [|KeepAliveInterval = TimeSpan.FromDays(100)|] };
            }
        }
        """;

    [Fact]
    public Task Fix_sets_an_interval() => Verify<WS1006KeepAliveOutOfRange>.FixesAsync(Before, """
        using System;
        using System.IO;
        using System.Net.WebSockets;
        using Microsoft.AspNetCore.Builder;
        class C
        {
            void M(ClientWebSocket socket, Stream stream)
            {
                // never ping
                socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(30); // never
                WebSocket.CreateFromStream(stream, false, null, TimeSpan.FromSeconds(30));
                var server = new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(30) };
            }
        }
        """, WS1006KeepAliveOutOfRangeFix.InRange);

    [Fact]
    public Task Second_action_switches_it_off() => Verify<WS1006KeepAliveOutOfRange>.FixesAsync(Before, """
        using System;
        using System.IO;
        using System.Net.WebSockets;
        using Microsoft.AspNetCore.Builder;
        class C
        {
            void M(ClientWebSocket socket, Stream stream)
            {
                // never ping
                socket.Options.KeepAliveInterval = System.Threading.Timeout.InfiniteTimeSpan; // never
                WebSocket.CreateFromStream(stream, false, null, System.Threading.Timeout.InfiniteTimeSpan);
                var server = new WebSocketOptions { KeepAliveInterval = System.Threading.Timeout.InfiniteTimeSpan };
            }
        }
        """, WS1006KeepAliveOutOfRangeFix.Infinite);

    [Fact]
    public Task Without_the_newer_properties_and_libraries() => Verify<WS1006KeepAliveOutOfRange>.FixesAsync("""
        class C
        {
            void M(System.Net.WebSockets.ClientWebSocket socket) => [|socket.Options.KeepAliveInterval = System.TimeSpan.MaxValue|];
        }
        """, """
        class C
        {
            void M(System.Net.WebSockets.ClientWebSocket socket) => socket.Options.KeepAliveInterval = System.TimeSpan.FromSeconds(30);
        }
        """, setup: Setup.Net8);
}

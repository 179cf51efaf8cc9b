using WebSockets.Analyzers.Rules.Client;

namespace WebSockets.Analyzers.Tests.Rules.Client;

public class WS1002KeepAliveTooSlowTests
{
    [Theory]
    [InlineData("TimeSpan.FromSeconds(60)")]
    [InlineData("TimeSpan.FromMinutes(2)")]
    [InlineData("new TimeSpan(0, 5, 0)")]
    [InlineData("TimeSpan.Parse(\"00:01:00\")")]
    [InlineData("TimeSpan.FromSeconds(Seconds)")]
    [InlineData("Slow")]
    [InlineData("2 * Slow")]
    public Task At_or_above_the_limit(string value) => Verify<WS1002KeepAliveTooSlow>.ReportsAsync($$"""
        using System;
        using System.Net.WebSockets;
        class C
        {
            const int Seconds = 90;
            static readonly TimeSpan Slow = TimeSpan.FromSeconds(60);
            void M(ClientWebSocket socket) => [|socket.Options.KeepAliveInterval = {{value}}|];
        }
        """);

    [Fact]
    public Task Every_owner_that_is_not_the_server_pipeline() => Verify<WS1002KeepAliveTooSlow>.ReportsAsync("""
        using System;
        using System.IO;
        using System.Net;
        using System.Net.WebSockets;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        class C
        {
            async Task M(Stream stream, HttpListenerContext listener)
            {
                WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, [|KeepAliveInterval = TimeSpan.FromMinutes(2)|] });
                WebSocket.CreateFromStream(stream, true, null, [|TimeSpan.FromMinutes(2)|]);
                await listener.AcceptWebSocketAsync(null, keepAliveInterval: [|TimeSpan.FromMinutes(2)|]);
                var server = new WebSocketOptions { KeepAliveInterval = TimeSpan.FromMinutes(2) };
                var accept = new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.FromMinutes(2) };
            }
        }
        """);

    [Fact]
    public Task Silent_below_the_limit_and_on_what_other_rules_report() => Verify<WS1002KeepAliveTooSlow>.SilentAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        class C
        {
            void M(ClientWebSocket socket, TimeSpan value, bool slow)
            {
                socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(59);
                socket.Options.KeepAliveInterval = TimeSpan.Zero;
                socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
                socket.Options.KeepAliveInterval = TimeSpan.MaxValue;
                socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(-5);
                socket.Options.KeepAliveInterval = value;
                socket.Options.KeepAliveInterval = slow ? TimeSpan.FromMinutes(2) : TimeSpan.FromSeconds(20);
            }
        }
        """);

    [Fact]
    public Task The_option_moves_the_limit() => Verify<WS1002KeepAliveTooSlow>.ReportsAsync("""
        using System;
        using System.Net.WebSockets;
        class C
        {
            void M(ClientWebSocket socket)
            {
                socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(60);
                [|socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(90)|];
            }
        }
        """, new() { Options = "websockets_analyzers.idle_timeout = 90s" });

    [Fact]
    public Task Silent_with_a_heartbeat_of_the_application() => Verify<WS1002KeepAliveTooSlow>.SilentAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            readonly ClientWebSocket _socket = new();
            C() => _socket.Options.KeepAliveInterval = TimeSpan.FromMinutes(2);
            async Task Beat(CancellationToken token)
            {
                while (true)
                {
                    await Task.Delay(20_000, token);
                    await _socket.SendAsync(new byte[] { 1 }, WebSocketMessageType.Text, true, token);
                }
            }
        }
        """);

    [Fact]
    public Task Silent_in_tests() => Verify<WS1002KeepAliveTooSlow>.SilentAsync("""
        using System;
        using System.Net.WebSockets;
        class TestMethodAttribute : Attribute { }
        class C
        {
            [TestMethod] void M() { using var s = new ClientWebSocket(); s.Options.KeepAliveInterval = TimeSpan.FromMinutes(2); }
        }
        """);

    [Fact]
    public Task Silent_on_a_look_alike() => Verify<WS1002KeepAliveTooSlow>.SilentAsync("""
        using System;
        class ClientWebSocketOptions { public TimeSpan KeepAliveInterval { get; set; } }
        class WebSocketCreationOptions { public TimeSpan KeepAliveInterval { get; set; } }
        class C
        {
            WebSocketCreationOptions M(ClientWebSocketOptions options)
            {
                options.KeepAliveInterval = TimeSpan.FromMinutes(2);
                return new WebSocketCreationOptions { KeepAliveInterval = TimeSpan.FromMinutes(2) };
            }
        }
        """);

    [Fact]
    public Task Half_typed_code() => Verify<WS1002KeepAliveTooSlow>.SilentAsync("""
        using System;
        using System.Net.WebSockets;
        class C
        {
            void M(ClientWebSocket socket)
            {
                socket.Options.KeepAliveInterval = TimeSpan.FromMinutes();
                socket.Options.KeepAliveInterval = TimeSpan.FromMinutes(
        """, new() { Compiles = false });

    [Fact]
    public Task Fix_writes_an_interval_in_time_and_keeps_comments() => Verify<WS1002KeepAliveTooSlow>.FixesAsync("""
        using System;
        using System.IO;
        using System.Net;
        using System.Net.WebSockets;
        class C
        {
            void M(ClientWebSocket socket, Stream stream, HttpListenerContext listener)
            {
                [|socket.Options.KeepAliveInterval = /* often enough */ TimeSpan.FromMinutes(2)|]; // two minutes
                WebSocket.CreateFromStream(stream, false, null, [|TimeSpan.FromMinutes(2)|]);
                WebSocket.CreateFromStream(stream, new WebSocketCreationOptions
                {
                    [|KeepAliveInterval = new TimeSpan(0, 5, 0)|], // five minutes
                    IsServer = true,
                });
                listener.AcceptWebSocketAsync(null, keepAliveInterval: [|TimeSpan.FromMinutes(2)|]);
            }
        }
        """, """
        using System;
        using System.IO;
        using System.Net;
        using System.Net.WebSockets;
        class C
        {
            void M(ClientWebSocket socket, Stream stream, HttpListenerContext listener)
            {
                socket.Options.KeepAliveInterval = /* often enough */ TimeSpan.FromSeconds(30); // two minutes
                WebSocket.CreateFromStream(stream, false, null, TimeSpan.FromSeconds(30));
                WebSocket.CreateFromStream(stream, new WebSocketCreationOptions
                {
                    KeepAliveInterval = TimeSpan.FromSeconds(30), // five minutes
                    IsServer = true,
                });
                listener.AcceptWebSocketAsync(null, keepAliveInterval: TimeSpan.FromSeconds(30));
            }
        }
        """);

    [Fact]
    public Task Fix_on_a_framework_of_old_with_a_short_limit() => Verify<WS1002KeepAliveTooSlow>.FixesAsync("""
        class C
        {
            void M(System.Net.WebSockets.ClientWebSocket socket) => [|socket.Options.KeepAliveInterval = System.TimeSpan.FromSeconds(30)|];
        }
        """, """
        class C
        {
            void M(System.Net.WebSockets.ClientWebSocket socket) => socket.Options.KeepAliveInterval = System.TimeSpan.FromMilliseconds(500);
        }
        """, setup: Setup.Net8 with { Options = "websockets_analyzers.idle_timeout = 1s" });
}

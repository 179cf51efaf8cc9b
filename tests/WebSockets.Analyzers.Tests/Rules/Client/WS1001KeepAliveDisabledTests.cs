using WebSockets.Analyzers.Rules.Client;

namespace WebSockets.Analyzers.Tests.Rules.Client;

public class WS1001KeepAliveDisabledTests
{
    [Theory]
    [InlineData("TimeSpan.Zero")]
    [InlineData("Timeout.InfiniteTimeSpan")]
    [InlineData("TimeSpan.FromSeconds(0)")]
    [InlineData("new TimeSpan(0, 0, 0)")]
    [InlineData("default(TimeSpan)")]
    [InlineData("default")]
    [InlineData("TimeSpan.FromMilliseconds(-1)")]
    [InlineData("TimeSpan.FromMilliseconds(Timeout.Infinite)")]
    [InlineData("Off")]
    [InlineData("OffReadonly")]
    public Task Client_options(string value) => Verify<WS1001KeepAliveDisabled>.ReportsAsync($$"""
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        class C
        {
            static readonly TimeSpan OffReadonly = TimeSpan.Zero;
            static TimeSpan Off => Timeout.InfiniteTimeSpan;
            void M(ClientWebSocket socket)
            {
                [|socket.Options.KeepAliveInterval = {{value}}|];
            }
        }
        """);

    [Fact]
    public Task Every_owner_of_an_interval() => Verify<WS1001KeepAliveDisabled>.ReportsAsync("""
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
                var server = new WebSocketOptions { [|KeepAliveInterval = TimeSpan.Zero|] };
                var accept = new WebSocketAcceptContext { [|KeepAliveInterval = TimeSpan.Zero|] };
                WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, [|KeepAliveInterval = TimeSpan.Zero|] });
                WebSocket.CreateFromStream(stream, true, null, [|TimeSpan.Zero|]);
                await listener.AcceptWebSocketAsync(null, [|TimeSpan.Zero|]);
                WebSocket.CreateFromStream(stream, [|new WebSocketCreationOptions { IsServer = true }|]);
                var late = new WebSocketCreationOptions();
                late.KeepAliveInterval = TimeSpan.FromSeconds(20);
                WebSocket.CreateFromStream(stream, late);
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_value_from_elsewhere() => Verify<WS1001KeepAliveDisabled>.SilentAsync("""
        using System;
        using System.Net.WebSockets;
        class C
        {
            static TimeSpan s_mutable = TimeSpan.Zero;
            void M(ClientWebSocket socket, TimeSpan value, WebSocketCreationOptions creation)
            {
                socket.Options.KeepAliveInterval = value;
                socket.Options.KeepAliveInterval = s_mutable;
                socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(30);
            }
            WebSocketCreationOptions Make() => new WebSocketCreationOptions();
        }
        """);

    [Fact]
    public Task Silent_with_a_heartbeat_of_the_application() => Verify<WS1001KeepAliveDisabled>.SilentAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            readonly ClientWebSocket _socket = new();
            C() => _socket.Options.KeepAliveInterval = TimeSpan.Zero;
            async Task Beat(CancellationToken token)
            {
                using var timer = new PeriodicTimer(TimeSpan.FromSeconds(20));
                while (await timer.WaitForNextTickAsync(token)) await Send(new byte[] { 1 }, token);
            }
            Task Send(byte[] data, CancellationToken token) => _socket.SendAsync(data, WebSocketMessageType.Text, true, token);
        }
        """);

    [Fact]
    public Task A_reconnect_loop_that_subscribes_is_no_heartbeat() => Verify<WS1001KeepAliveDisabled>.ReportsAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            async Task RunAsync(Uri uri, CancellationToken token)
            {
                for (int failures = 0; ; failures++)
                {
                    try
                    {
                        using var socket = new ClientWebSocket();
                        [|socket.Options.KeepAliveInterval = TimeSpan.Zero|];
                        await socket.ConnectAsync(uri, token);
                        await socket.SendAsync(new byte[] { 1 }, WebSocketMessageType.Text, true, token);
                        while (socket.State == WebSocketState.Open) await socket.ReceiveAsync(new byte[9], token);
                    }
                    catch (WebSocketException) { }
                    await Task.Delay(failures * 1000, token);
                }
            }
        }
        """);

    [Fact]
    public Task Silent_in_tests() => Verify<WS1001KeepAliveDisabled>.SilentAsync("""
        using System;
        using System.Net.WebSockets;
        class FactAttribute : Attribute { }
        class C
        {
            [Fact] void M() { using var s = new ClientWebSocket(); s.Options.KeepAliveInterval = TimeSpan.Zero; }
        }
        """);

    [Fact]
    public Task Silent_on_a_look_alike() => Verify<WS1001KeepAliveDisabled>.SilentAsync("""
        using System;
        class ClientWebSocketOptions { public TimeSpan KeepAliveInterval { get; set; } }
        class C
        {
            void M(ClientWebSocketOptions options) => options.KeepAliveInterval = TimeSpan.Zero;
        }
        """);

    [Fact]
    public Task Half_typed_code() => Verify<WS1001KeepAliveDisabled>.SilentAsync("""
        using System;
        using System.Net.WebSockets;
        class C
        {
            void M(ClientWebSocket socket)
            {
                socket.Options.KeepAliveInterval = ;
                socket.Options.KeepAliveInterval = TimeSpan.
                socket.Options.
        """, new() { Compiles = false });

    [Fact]
    public Task Fix_writes_half_the_idle_timeout() => Verify<WS1001KeepAliveDisabled>.FixesAsync("""
        using System;
        using System.IO;
        using System.Net.WebSockets;
        class C
        {
            void M(ClientWebSocket socket, Stream stream)
            {
                [|socket.Options.KeepAliveInterval = TimeSpan.Zero|];
                WebSocket.CreateFromStream(stream, false, null, [|TimeSpan.Zero|]);
                WebSocket.CreateFromStream(stream, [|new WebSocketCreationOptions()|]);
                WebSocket.CreateFromStream(stream, [|new WebSocketCreationOptions { IsServer = true }|]);
                WebSocket.CreateFromStream(stream, [|new WebSocketCreationOptions
                {
                    // The other end asked for it.
                    IsServer = true,
                    SubProtocol = "chat" // ours
                }|]);
            }
        }
        """, """
        using System;
        using System.IO;
        using System.Net.WebSockets;
        class C
        {
            void M(ClientWebSocket socket, Stream stream)
            {
                socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(20);
                WebSocket.CreateFromStream(stream, false, null, TimeSpan.FromSeconds(20));
                WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { KeepAliveInterval = TimeSpan.FromSeconds(20) });
                WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.FromSeconds(20) });
                WebSocket.CreateFromStream(stream, new WebSocketCreationOptions
                {
                    // The other end asked for it.
                    IsServer = true,
                    SubProtocol = "chat", // ours
                    KeepAliveInterval = TimeSpan.FromSeconds(20)
                });
            }
        }
        """, setup: new() { Options = "websockets_analyzers.idle_timeout = 40s" });

    [Fact]
    public Task Fix_All_leaves_a_commented_value_to_a_person() => Verify<WS1001KeepAliveDisabled>.FixesAsync("""
        class C
        {
            void M(System.Net.WebSockets.ClientWebSocket a, System.Net.WebSockets.ClientWebSocket b)
            {
                [|a.Options.KeepAliveInterval = System.TimeSpan.Zero|]; // the gateway counts pongs as traffic
                [|b.Options.KeepAliveInterval = System.TimeSpan.Zero|];
            }
        }
        """, """
        class C
        {
            void M(System.Net.WebSockets.ClientWebSocket a, System.Net.WebSockets.ClientWebSocket b)
            {
                a.Options.KeepAliveInterval = System.TimeSpan.FromSeconds(30); // the gateway counts pongs as traffic
                b.Options.KeepAliveInterval = System.TimeSpan.FromSeconds(30);
            }
        }
        """, setup: new()
    {
        AfterFixAll = """
        class C
        {
            void M(System.Net.WebSockets.ClientWebSocket a, System.Net.WebSockets.ClientWebSocket b)
            {
                [|a.Options.KeepAliveInterval = System.TimeSpan.Zero|]; // the gateway counts pongs as traffic
                b.Options.KeepAliveInterval = System.TimeSpan.FromSeconds(30);
            }
        }
        """,
    });
}

using WebSockets.Analyzers.Rules.Client;

namespace WebSockets.Analyzers.Tests.Rules.Client;

public class WS1008SocketReusedTests
{
    private static string Class(string members) => $$"""
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        class Feed
        {
            {{members}}
        }
        """;

    [Theory]
    // A loop round one instance.
    [InlineData("async Task M(Uri u) { var s = new ClientWebSocket(); while (true) { try { await s.[|ConnectAsync|](u, default); break; } catch (WebSocketException) { } } }")]
    [InlineData("async Task M(Uri u) { var s = new ClientWebSocket(); for (int i = 0; i < 3; i++) { try { await s.[|ConnectAsync|](u, default); return; } catch (Exception) { await Task.Delay(i * 100); } } }")]
    [InlineData("async Task M(Uri[] us) { using var s = new ClientWebSocket(); foreach (var u in us) { try { await s.[|ConnectAsync|](u, default); break; } catch (WebSocketException) { } } }")]
    [InlineData("async Task M(Uri u) { var s = new ClientWebSocket(); while (s.State != WebSocketState.Open) { try { await s.[|ConnectAsync|](u, default); } catch (WebSocketException) { } } }")]
    [InlineData("async Task M(Uri u) { var s = new ClientWebSocket(); while (true) { await s.[|ConnectAsync|](u, default); await s.ReceiveAsync(new byte[10], default); } }")]
    [InlineData("readonly ClientWebSocket _s = new(); async Task M(Uri u) { do { try { await _s.[|ConnectAsync|](u, default); } catch (WebSocketException) { continue; } } while (true); }")]
    // A fallback host.
    [InlineData("async Task M(Uri a, Uri b) { var s = new ClientWebSocket(); try { await s.ConnectAsync(a, default); } catch (WebSocketException) { await s.[|ConnectAsync|](b, default); } }")]
    // A retry helper of the compilation.
    [InlineData("async Task M(Uri u) { var s = new ClientWebSocket(); await Retry(() => s.[|ConnectAsync|](u, default)); } static async Task Retry(Func<Task> action) { while (true) { try { await action(); return; } catch (Exception) { } } }")]
    // Created once.
    [InlineData("ClientWebSocket? _s; async Task M(Uri u) { _s ??= new ClientWebSocket(); await _s.[|ConnectAsync|](u, default); }")]
    // Created anew for one state only.
    [InlineData("ClientWebSocket _s = new(); async Task M(Uri u) { if (_s.State == WebSocketState.Closed) _s = new ClientWebSocket(); await _s.[|ConnectAsync|](u, default); }")]
    [InlineData("ClientWebSocket _s = new(); async Task M(Uri u) { if (_s.State is WebSocketState.Closed or WebSocketState.None) { _s = new ClientWebSocket(); } await _s.[|ConnectAsync|](u, default); }")]
    // Called again because the state is asked for.
    [InlineData("readonly ClientWebSocket _s = new(); public async Task M(Uri u) { if (_s.State == WebSocketState.Open) return; await _s.[|ConnectAsync|](u, default); }")]
    [InlineData("readonly ClientWebSocket _s = new(); bool IsOpen => _s.State == WebSocketState.Open; public async Task M(Uri u) { if (!IsOpen) { await Open(u); } } async Task Open(Uri u) { await _s.[|ConnectAsync|](u, default); Console.WriteLine(); }")]
    // One after the other.
    [InlineData("async Task M(Uri u) { var s = new ClientWebSocket(); await s.ConnectAsync(u, default); await s.CloseAsync(default, null, default); await s.[|ConnectAsync|](u, default); }")]
    [InlineData("async Task M(Uri a, Uri b) { var s = new ClientWebSocket(); try { await s.ConnectAsync(a, default); } catch (WebSocketException) { } if (s.State != WebSocketState.Open) await s.[|ConnectAsync|](b, default); }")]
    // The method calls itself.
    [InlineData("readonly ClientWebSocket _s = new(); async Task M(Uri u) { try { await _s.[|ConnectAsync|](u, default); } catch (WebSocketException) { await Task.Delay(99); await M(u); } }")]
    // Another method of the object calls it in a loop.
    [InlineData("readonly ClientWebSocket _s = new(); public async Task M(Uri u) { try { await _s.[|ConnectAsync|](u, default); } catch (WebSocketException) { Console.WriteLine(); } } async Task Again(Uri u) { int n = 0; while (n < 5) { n++; await Task.Delay(1000); await M(u); } }")]
    [InlineData("readonly ClientWebSocket _s; public Feed() { _s = new(); } public async Task M(Uri u) { await _s.[|ConnectAsync|](u, default); Console.WriteLine(); } async Task Run(Uri u) { while (true) { try { await M(u); await _s.ReceiveAsync(new byte[9], default); } catch (WebSocketException) { } } }")]
    public Task Reports(string members) => Verify<WS1008SocketReused>.ReportsAsync(Class(members));

    [Theory]
    [InlineData("async Task M(Uri u) { while (true) { var s = new ClientWebSocket(); try { await s.ConnectAsync(u, default); } catch (WebSocketException) { } } }")]
    [InlineData("async Task M(Uri u) { var s = new ClientWebSocket(); while (true) { try { await s.ConnectAsync(u, default); } catch (WebSocketException) { s.Dispose(); s = new ClientWebSocket(); } } }")]
    [InlineData("ClientWebSocket _s = new(); void Renew() => _s = new ClientWebSocket(); async Task M(Uri u) { while (true) { try { await _s.ConnectAsync(u, default); } catch (WebSocketException) { Renew(); } } }")]
    [InlineData("async Task M(Uri u) { var s = new ClientWebSocket(); while (true) { await s.ConnectAsync(u, default); break; } }")]
    [InlineData("async Task M(Uri u) { var s = new ClientWebSocket(); while (true) { try { await s.ConnectAsync(u, default); return; } catch (WebSocketException) { throw; } } }")]
    [InlineData("async Task M(Uri u, ClientWebSocket[] all) { foreach (var s in all) await s.ConnectAsync(u, default); }")]
    [InlineData("async Task M(Uri a, Uri b) { var s = new ClientWebSocket(); try { await s.ConnectAsync(a, default); } catch (WebSocketException) { s = new ClientWebSocket(); await s.ConnectAsync(b, default); } }")]
    [InlineData("async Task M(Uri u) { await Retry(async () => { var s = new ClientWebSocket(); await s.ConnectAsync(u, default); }); } static async Task Retry(Func<Task> action) { while (true) { try { await action(); return; } catch (Exception) { } } }")]
    [InlineData("ClientWebSocket? _s; async Task M(Uri u) { _s ??= new ClientWebSocket(); await _s.ConnectAsync(u, default); } void Lost() => _s = null;")]
    [InlineData("ClientWebSocket _s = new(); async Task M(Uri u) { if (_s.State != WebSocketState.Open) _s = new ClientWebSocket(); await _s.ConnectAsync(u, default); }")]
    [InlineData("ClientWebSocket _s = new(); async Task M(Uri u) { if (_s.State is WebSocketState.Closed or WebSocketState.Aborted) _s = new ClientWebSocket(); await _s.ConnectAsync(u, default); }")]
    [InlineData("readonly ClientWebSocket _s = new(); public Task ConnectAsync(Uri u, CancellationToken t) => _s.ConnectAsync(u, t);")]
    [InlineData("readonly ClientWebSocket _s = new(); public async Task M(Uri u) { await _s.ConnectAsync(u, default); Console.WriteLine(); }")]
    [InlineData("ClientWebSocket _s = new(); public async Task M(Uri u) { if (_s.State == WebSocketState.Open) return; await _s.ConnectAsync(u, default); } async Task Loop() { try { await _s.ReceiveAsync(new byte[1], default); } finally { _s = new ClientWebSocket(); } }")]
    [InlineData("async Task M(Uri u) { var s = new ClientWebSocket(); await s.ConnectAsync(u, default); s.Dispose(); s = new ClientWebSocket(); await s.ConnectAsync(u, default); }")]
    [InlineData("ClientWebSocket _s = new(); void Renew() => _s = new(); async Task M(Uri u) { await _s.ConnectAsync(u, default); Renew(); await _s.ConnectAsync(u, default); Renew(); await _s.ConnectAsync(u, default); }")]
    [InlineData("async Task M(Uri a, Uri b, bool c) { var s = new ClientWebSocket(); if (c) await s.ConnectAsync(a, default); else await s.ConnectAsync(b, default); }")]
    [InlineData("ClientWebSocket New => new(); async Task M(Uri u) { await New.ConnectAsync(u, default); await New.ConnectAsync(u, default); }")]
    [InlineData("async Task M(Uri a, Uri b) { var s = new ClientWebSocket(); try { await s.ConnectAsync(a, default); } catch (WebSocketException) { s = new(); } if (s.State != WebSocketState.Open) await s.ConnectAsync(b, default); }")]
    [InlineData("ClientWebSocket _s = new(); async Task M(Uri u) { _s = new(); try { await _s.ConnectAsync(u, default); } catch (WebSocketException) { await Task.Delay(99); await M(u); } }")]
    [InlineData("ClientWebSocket _s = new(); public async Task M(Uri u) { await _s.ConnectAsync(u, default); Console.WriteLine(); } async Task Run(Uri u) { while (true) { try { await M(u); } catch (WebSocketException) { _s = new(); } } }")]
    [InlineData("readonly ClientWebSocket _s = new(); public async Task M(Uri u) { await _s.ConnectAsync(u, default); Console.WriteLine(); } static async Task Run(Feed[] all, Uri u) { foreach (var a in all) await a.M(u); }")]
    [InlineData("readonly ClientWebSocket _s = new(); public async Task M(Uri u) { await _s.ConnectAsync(u, default); Console.WriteLine(); } async Task Run(Uri u) { while (true) { await M(u); break; } }")]
    [InlineData("bool _started; readonly ClientWebSocket _s = new(); public async Task M(Uri u) { if (_started) return; _started = true; await _s.ConnectAsync(u, default); } async Task Run(Uri u) { while (true) { await M(u); await Task.Delay(99); } }")]
    [InlineData("bool _started; readonly ClientWebSocket _s = new(); public async Task M(Uri u) { if (!_started) { _started = true; await _s.ConnectAsync(u, default); } } async Task Run(Uri u) { while (true) { await M(u); await Task.Delay(99); } }")]
    public Task Silent(string members) => Verify<WS1008SocketReused>.SilentAsync(Class(members));

    [Fact]
    public Task A_wrapper_is_connected_again() => Verify<WS1008SocketReused>.ReportsAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        interface ISocket { WebSocketState State { get; } Task ConnectAsync(Uri uri, CancellationToken token); }
        class Wrapper : ISocket
        {
            readonly ClientWebSocket _inner = new();
            public WebSocketState State => _inner.State;
            public Task ConnectAsync(Uri uri, CancellationToken token) => _inner.ConnectAsync(uri, token);
        }
        class Client
        {
            readonly ISocket _socket = new Wrapper();
            public async Task OpenAsync(Uri uri)
            {
                if (_socket.State != WebSocketState.Open)
                {
                    await _socket.[|ConnectAsync|](uri, CancellationToken.None);
                    Console.WriteLine("open");
                }
            }
        }
        """);

    [Fact]
    public Task A_factory_that_returns_what_it_captured() => Verify<WS1008SocketReused>.FixesAsync("""
        using System;
        using System.Net.WebSockets;
        using Websocket.Client;
        class C
        {
            void M(Uri uri)
            {
                var inner = new ClientWebSocket();
                using var client = [|new WebsocketClient(uri, () => inner)|];
            }
        }
        """, """
        using System;
        using System.Net.WebSockets;
        using Websocket.Client;
        class C
        {
            void M(Uri uri)
            {
                var inner = new ClientWebSocket();
                using var client = new WebsocketClient(uri, () => new ClientWebSocket());
            }
        }
        """);

    [Fact]
    public Task A_client_that_derives_from_the_library_s() => Verify<WS1008SocketReused>.SilentAsync("""
        using System;
        using System.Net.WebSockets;
        using Websocket.Client;
        class Client : WebsocketClient
        {
            public Client(Uri uri) : base(uri, () => new ClientWebSocket()) { }
            public Client() : this(new Uri("wss://example.com")) { }
        }
        """);

    [Fact]
    public Task A_factory_that_creates() => Verify<WS1008SocketReused>.SilentAsync("""
        using System;
        using System.Net.WebSockets;
        using Websocket.Client;
        class C
        {
            void M(Uri uri)
            {
                using var client = new WebsocketClient(uri, () => new ClientWebSocket());
                using var other = new WebsocketClient(uri, () => { var s = new ClientWebSocket(); s.Options.KeepAliveInterval = TimeSpan.FromSeconds(5); return s; });
            }
        }
        """);

    [Fact]
    public Task Polly() => Verify<WS1008SocketReused>.ReportsAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        using Polly;
        class C
        {
            async Task Wrong(ResiliencePipeline pipeline, Uri uri, CancellationToken token)
            {
                var socket = new ClientWebSocket();
                await pipeline.ExecuteAsync(async t => await socket.[|ConnectAsync|](uri, t), token);
            }
            async Task Right(ResiliencePipeline pipeline, Uri uri, CancellationToken token) =>
                await pipeline.ExecuteAsync(async t => { using var socket = new ClientWebSocket(); await socket.ConnectAsync(uri, t); }, token);
        }
        """, new() { References = References.Net10WithPolly });

    [Fact]
    public Task Silent_in_tests() => Verify<WS1008SocketReused>.SilentAsync(Class("""
        class FactAttribute : Attribute { }
        readonly ClientWebSocket _s = new();
        [Fact] public async Task M() { while (true) { try { await _s.ConnectAsync(null!, default); } catch (Exception) { } } }
        """));

    [Fact]
    public Task Silent_on_a_look_alike() => Verify<WS1008SocketReused>.SilentAsync("""
        using System;
        using System.Threading.Tasks;
        class ClientWebSocket { public Task ConnectAsync(Uri uri) => Task.CompletedTask; }
        class C { async Task M(ClientWebSocket s, Uri u) { while (true) { try { await s.ConnectAsync(u); } catch (Exception) { } } } }
        """);

    [Fact]
    public Task Half_typed_code() => Verify<WS1008SocketReused>.SilentAsync("""
        using System.Net.WebSockets;
        class C
        {
            async void M(ClientWebSocket s)
            {
                while (true) { try { await s.ConnectAsync( } catch { s. }
                s = ;
        """, new() { Compiles = false });

    [Fact]
    public Task Fix_for_a_socket_of_the_loop() => Verify<WS1008SocketReused>.FixesAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading.Tasks;
        class C
        {
            async Task M(Uri uri)
            {
                // One for all.
                var socket = new ClientWebSocket();
                socket.Options.SetRequestHeader("X-Key", "1"); // ours

                while (true)
                {
                    try
                    {
                        await socket.[|ConnectAsync|](uri, default);
                        await socket.ReceiveAsync(new byte[10], default);
                    }
                    catch (WebSocketException) { }
                }
            }
        }
        """, """
        using System;
        using System.Net.WebSockets;
        using System.Threading.Tasks;
        class C
        {
            async Task M(Uri uri)
            {
                while (true)
                {
                    // One for all.
                    using var socket = new ClientWebSocket();
                    socket.Options.SetRequestHeader("X-Key", "1"); // ours
                    try
                    {
                        await socket.ConnectAsync(uri, default);
                        await socket.ReceiveAsync(new byte[10], default);
                    }
                    catch (WebSocketException) { }
                }
            }
        }
        """);

    [Fact]
    public Task Fix_for_a_socket_that_is_used_after_the_loop() => Verify<WS1008SocketReused>.FixesAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading.Tasks;
        class C
        {
            async Task M(Uri uri)
            {
                var socket = new ClientWebSocket();
                socket.Options.AddSubProtocol("chat");
                while (socket.State != WebSocketState.Open)
                {
                    try
                    {
                        await socket.[|ConnectAsync|](uri, default);
                    }
                    catch (WebSocketException)
                    {
                        Console.WriteLine("again");
                    }
                }
                await socket.ReceiveAsync(new byte[10], default);
            }
        }
        """, """
        using System;
        using System.Net.WebSockets;
        using System.Threading.Tasks;
        class C
        {
            async Task M(Uri uri)
            {
                var socket = new ClientWebSocket();
                socket.Options.AddSubProtocol("chat");
                while (socket.State != WebSocketState.Open)
                {
                    try
                    {
                        await socket.ConnectAsync(uri, default);
                    }
                    catch (WebSocketException)
                    {
                        socket.Dispose();
                        socket = new ClientWebSocket();
                        socket.Options.AddSubProtocol("chat");
                        Console.WriteLine("again");
                    }
                }
                await socket.ReceiveAsync(new byte[10], default);
            }
        }
        """);

    [Fact]
    public Task Fix_for_fields() => Verify<WS1008SocketReused>.FixesAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading.Tasks;
        class A
        {
            ClientWebSocket? _socket;
            async Task M(Uri uri)
            {
                // Lazily.
                _socket ??= new ClientWebSocket();
                await _socket.[|ConnectAsync|](uri, default);
            }
        }
        class B
        {
            private readonly ClientWebSocket _socket = new();
            public async Task M(Uri uri)
            {
                if (_socket.State == WebSocketState.Open) return;
                await _socket.[|ConnectAsync|](uri, default);
            }
        }
        class C
        {
            ClientWebSocket _socket = new();
            async Task M(Uri uri)
            {
                if (_socket.State == WebSocketState.Closed) _socket = new ClientWebSocket();
                await _socket.[|ConnectAsync|](uri, default);
            }
        }
        class D
        {
            private readonly ClientWebSocket _socket = new();
            public async Task M(Uri uri)
            {
                try
                {
                    await _socket.[|ConnectAsync|](uri, default);
                }
                catch (WebSocketException) { }
            }
            async Task Again(Uri uri)
            {
                while (_socket.State != WebSocketState.Open) await M(uri);
            }
        }
        """, """
        using System;
        using System.Net.WebSockets;
        using System.Threading.Tasks;
        class A
        {
            ClientWebSocket? _socket;
            async Task M(Uri uri)
            {
                // Lazily.
                _socket?.Dispose();
                _socket = new ClientWebSocket();
                await _socket.ConnectAsync(uri, default);
            }
        }
        class B
        {
            private ClientWebSocket _socket = new();
            public async Task M(Uri uri)
            {
                if (_socket.State == WebSocketState.Open) return;
                _socket?.Dispose();
                _socket = new ClientWebSocket();
                await _socket.ConnectAsync(uri, default);
            }
        }
        class C
        {
            ClientWebSocket _socket = new();
            async Task M(Uri uri)
            {
                if (_socket.State != WebSocketState.Open) _socket = new ClientWebSocket();
                await _socket.ConnectAsync(uri, default);
            }
        }
        class D
        {
            private ClientWebSocket _socket = new();
            public async Task M(Uri uri)
            {
                try
                {
                    _socket?.Dispose();
                    _socket = new ClientWebSocket();
                    await _socket.ConnectAsync(uri, default);
                }
                catch (WebSocketException) { }
            }
            async Task Again(Uri uri)
            {
                while (_socket.State != WebSocketState.Open) await M(uri);
            }
        }
        """);

    [Fact]
    public Task Not_fixable_where_the_configuration_is_elsewhere() => Verify<WS1008SocketReused>.NotFixableAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading.Tasks;
        class B
        {
            private readonly ClientWebSocket _socket = new();
            public B() => _socket.Options.AddSubProtocol("chat");
            public async Task M(Uri uri)
            {
                if (_socket.State == WebSocketState.Open) return;
                await _socket.[|ConnectAsync|](uri, default);
            }
        }
        """);

    [Fact]
    public Task Not_fixable_where_the_creation_configures() => Verify<WS1008SocketReused>.NotFixableAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading.Tasks;
        class B
        {
            private ClientWebSocket _socket = new() { Options = { KeepAliveInterval = TimeSpan.FromSeconds(9) } };
            public async Task M(Uri uri)
            {
                if (_socket.State == WebSocketState.Open) return;
                await _socket.[|ConnectAsync|](uri, default);
            }
        }
        """);

    [Fact]
    public Task Fix_for_a_method_that_calls_itself() => Verify<WS1008SocketReused>.FixesAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading.Tasks;
        class C
        {
            private ClientWebSocket _socket = new();
            public async Task M(Uri uri)
            {
                try
                {
                    // The first attempt, or the next.
                    await _socket.[|ConnectAsync|](uri, default);
                }
                catch (WebSocketException)
                {
                    await Task.Delay(99);
                    await M(uri);
                }
            }
        }
        """, """
        using System;
        using System.Net.WebSockets;
        using System.Threading.Tasks;
        class C
        {
            private ClientWebSocket _socket = new();
            public async Task M(Uri uri)
            {
                try
                {
                    _socket?.Dispose();
                    _socket = new ClientWebSocket();
                    // The first attempt, or the next.
                    await _socket.ConnectAsync(uri, default);
                }
                catch (WebSocketException)
                {
                    await Task.Delay(99);
                    await M(uri);
                }
            }
        }
        """);
}

using WebSockets.Analyzers.Rules.Client;

namespace WebSockets.Analyzers.Tests.Rules.Client;

public class WS1011ReconnectWithoutBackoffTests
{
    private static string Loop(string pause, string members = "", string inLoop = "") => $$"""
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        class Feed
        {
            const int RetrySeconds = 5;
            static readonly TimeSpan Retry = TimeSpan.FromSeconds(RetrySeconds);
            readonly SemaphoreSlim _gate = new(0);
            readonly ManualResetEvent _stop = new(false);
            {{members}}
            async Task RunAsync(Uri uri, TimeSpan given, CancellationToken token)
            {
                int attempt = 0;
                while (true)
                {
                    try
                    {
                        using var socket = new ClientWebSocket();
                        await socket.{{(pause.Length == 0 ? "[|ConnectAsync|]" : "ConnectAsync")}}(uri, token);
                        while (socket.State == WebSocketState.Open) { await socket.ReceiveAsync(new byte[100], token); await Task.Delay(20); }
                    }
                    catch (Exception e)
                    {
                        attempt++;
                        Console.WriteLine(e);
                    }
                    {{inLoop}}
                    {{pause}}
                }
            }
        }
        """;

    [Theory]
    [InlineData("")]
    [InlineData("await [|Task.Delay(5000, token)|];")]
    [InlineData("await [|Task.Delay(Retry)|].ConfigureAwait(false);")]
    [InlineData("await [|Task.Delay(RetrySeconds * 1000)|];")]
    [InlineData("await [|Task.Delay(5)|];")]
    [InlineData("[|Thread.Sleep(3000)|];")]
    [InlineData("await [|_gate.WaitAsync(2000)|];")]
    [InlineData("[|_stop.WaitOne(TimeSpan.FromSeconds(2))|];")]
    public Task Reports(string pause) => Verify<WS1011ReconnectWithoutBackoff>.ReportsAsync(Loop(pause));

    [Theory]
    [InlineData("await Task.Delay(given);")]
    [InlineData("await Task.Delay(attempt * 1000);")]
    [InlineData("await Task.Delay(1000 + Random.Shared.Next(1000));")]
    [InlineData("await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt)));")]
    [InlineData("await Task.Delay(TimeSpan.FromMinutes(1));")]
    [InlineData("if (attempt > 5) return; await Task.Delay(Table[attempt]);")]
    [InlineData("await Wait();")]
    [InlineData("await Backoff(attempt);")]
    public Task Silent(string pause) => Verify<WS1011ReconnectWithoutBackoff>.SilentAsync(Loop(pause, """
        static readonly TimeSpan[] Table = { TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5) };
        Func<Task> Wait = () => Task.CompletedTask;
        static Task Backoff(int attempt) => Task.Delay(TimeSpan.FromSeconds(attempt));
        """));

    [Fact]
    public Task Reports_through_methods_of_the_type() => Verify<WS1011ReconnectWithoutBackoff>.ReportsAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        class Feed
        {
            async Task RunAsync(CancellationToken token)
            {
                while (!token.IsCancellationRequested)
                {
                    await SessionAsync(token);
                    await [|Task.Delay(TimeSpan.FromSeconds(10), token)|];
                }
            }
            async Task SessionAsync(CancellationToken token)
            {
                try
                {
                    using var socket = new ClientWebSocket();
                    await socket.ConnectAsync(new Uri("wss://example.com"), token);
                }
                catch (WebSocketException) { }
            }
        }
        """);

    [Fact]
    public Task Fixes_a_wait_in_the_condition() => Verify<WS1011ReconnectWithoutBackoff>.FixesAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        class Feed
        {
            readonly ManualResetEvent _stop = new(false);
            void Run(Uri uri)
            {
                do
                {
                    try { using var socket = new ClientWebSocket(); socket.ConnectAsync(uri, default).Wait(); }
                    catch (AggregateException) { }
                }
                while (![|_stop.WaitOne(10 * 1000)|]);
            }
        }
        """, """
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        class Feed
        {
            readonly ManualResetEvent _stop = new(false);
            void Run(Uri uri)
            {
                var failures = 0;
                do
                {
                    try { using var socket = new ClientWebSocket(); socket.ConnectAsync(uri, default).Wait(); failures = 0; }
                    catch (AggregateException) { }
                }
                while (!_stop.WaitOne(ReconnectDelay(failures++)));
            }

            // Exponential backoff with full jitter: after an outage clients come back one by one, not all at once.
            private static TimeSpan ReconnectDelay(int failures)
            {
                const double baseMilliseconds = 1_000;
                const double maxMilliseconds = 30_000;
                return TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(maxMilliseconds, baseMilliseconds * Math.Pow(2, failures)));
            }
        }
        """);

    [Fact]
    public Task Reports_recursion_in_the_handler() => Verify<WS1011ReconnectWithoutBackoff>.ReportsAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        class Feed
        {
            async Task ConnectAsync(Uri uri)
            {
                try
                {
                    var socket = new ClientWebSocket();
                    await socket.ConnectAsync(uri, CancellationToken.None);
                }
                catch (WebSocketException)
                {
                    await [|Task.Delay(5000)|];
                    await ConnectAsync(uri);
                }
            }
        }
        """);

    [Fact]
    public Task Reports_a_closed_handler() => Verify<WS1011ReconnectWithoutBackoff>.ReportsAsync("""
        using System.Threading.Tasks;
        using System;
        using Microsoft.AspNetCore.SignalR.Client;
        class Feed
        {
            void Constant(HubConnection connection) => connection.Closed += async _ => { await [|Task.Delay(5000)|]; await connection.StartAsync(); };
            void None(HubConnection connection) => connection.Closed += async _ => await connection.[|StartAsync|]();
            void Jitter(HubConnection connection) => connection.Closed += async _ => { await Task.Delay(new Random().Next(0, 5) * 1000); await connection.StartAsync(); };
        }
        """);

    [Fact]
    public Task Silent_on_bounded_attempts_watchdogs_lists_and_loops_that_a_failure_leaves() => Verify<WS1011ReconnectWithoutBackoff>.SilentAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;
        class Feed
        {
            async Task Bounded(Uri uri, CancellationToken token)
            {
                for (int i = 0; i < 3; i++)
                {
                    try { using var s = new ClientWebSocket(); await s.ConnectAsync(uri, token); return; }
                    catch (WebSocketException) { await Task.Delay(1000, token); }
                }
            }
            async Task Counted(Uri uri, CancellationToken token)
            {
                var attempt = 0;
                while (true)
                {
                    try { using var s = new ClientWebSocket(); await s.ConnectAsync(uri, token); return; }
                    catch (WebSocketException) { if (++attempt > 5) throw; }
                    await Task.Delay(1000, token);
                }
            }
            async Task Watchdog(Uri uri, ClientWebSocket socket, CancellationToken token)
            {
                while (true)
                {
                    try { if (socket.State != WebSocketState.Open) { socket = new ClientWebSocket(); await socket.ConnectAsync(uri, token); } }
                    catch (WebSocketException) { }
                    await Task.Delay(5000, token);
                }
            }
            async Task List(Uri[] uris, CancellationToken token)
            {
                foreach (var uri in uris)
                {
                    try { using var s = new ClientWebSocket(); await s.ConnectAsync(uri, token); }
                    catch (WebSocketException) { }
                    await Task.Delay(1000, token);
                }
            }
            async Task Leaves(Uri uri, CancellationToken token)
            {
                while (true)
                {
                    using var s = new ClientWebSocket();
                    await s.ConnectAsync(uri, token);
                    await Task.Delay(1000, token);
                }
            }
        }
        """);

    [Fact]
    public Task Silent_in_tests_and_on_look_alikes() => Verify<WS1011ReconnectWithoutBackoff>.SilentAsync("""
        using System;
        using System.Threading.Tasks;
        class ClientWebSocket { public Task ConnectAsync(Uri uri) => Task.CompletedTask; }
        class Feed
        {
            async Task RunAsync(Uri uri)
            {
                while (true)
                {
                    try { await new ClientWebSocket().ConnectAsync(uri); } catch (Exception) { }
                    await Task.Delay(1000);
                }
            }
        }
        """);

    [Fact]
    public Task Half_typed_code() => Verify<WS1011ReconnectWithoutBackoff>.SilentAsync("""
        using System.Net.WebSockets;
        using System.Threading.Tasks;
        class Feed
        {
            async Task RunAsync(ClientWebSocket s)
            {
                while ()
                {
                    try { await s.ConnectAsync(; } catch
                    await Task.Delay(
        """, new() { Compiles = false });

    [Fact]
    public Task Fix_inserts_a_delay_where_there_is_none() => Verify<WS1011ReconnectWithoutBackoff>.FixesAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;

        class Feed
        {
            async Task RunAsync(Uri uri, CancellationToken token)
            {
                while (!token.IsCancellationRequested)
                {
                    try
                    {
                        using var socket = new ClientWebSocket();
                        await socket.[|ConnectAsync|](uri, token); // one attempt
                        while (socket.State == WebSocketState.Open) await socket.ReceiveAsync(new byte[100], token);
                    }
                    catch (WebSocketException)
                    {
                        // try again
                    }
                }
            }
        }
        """, """
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;

        class Feed
        {
            async Task RunAsync(Uri uri, CancellationToken token)
            {
                var failures = 0;
                while (!token.IsCancellationRequested)
                {
                    try
                    {
                        using var socket = new ClientWebSocket();
                        await socket.ConnectAsync(uri, token); // one attempt
                        failures = 0;
                        while (socket.State == WebSocketState.Open) await socket.ReceiveAsync(new byte[100], token);
                    }
                    catch (WebSocketException)
                    {
                        // try again
                    }
                    await Task.Delay(ReconnectDelay(failures++), token);
                }
            }

            // Exponential backoff with full jitter: after an outage clients come back one by one, not all at once.
            private static TimeSpan ReconnectDelay(int failures)
            {
                const double baseMilliseconds = 2_000;
                const double maxMilliseconds = 60_000;
                return TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(maxMilliseconds, baseMilliseconds * Math.Pow(2, failures)));
            }
        }
        """, setup: new() { Options = "websockets_analyzers.reconnect_base_delay = 2s\nwebsockets_analyzers.reconnect_max_delay = 1m" });

    [Fact]
    public Task Fix_All_writes_the_method_once_and_keeps_names_apart() => Verify<WS1011ReconnectWithoutBackoff>.FixesAsync("""
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;

        class Feed
        {
            async Task FirstAsync(Uri uri, int failures)
            {
                while (true)
                {
                    try
                    {
                        using var s = new ClientWebSocket();
                        await s.ConnectAsync(uri, CancellationToken.None);
                    }
                    catch (WebSocketException) { }
                    [|Thread.Sleep(2000)|];
                }
            }

            async Task SecondAsync(Uri uri)
            {
                while (true)
                {
                    try
                    {
                        using var s = new ClientWebSocket();
                        await s.ConnectAsync(uri, CancellationToken.None);
                    }
                    catch (WebSocketException) { }
                    await [|Task.Delay(millisecondsDelay: 2000)|]; // be patient
                }
            }
        }
        """, """
        using System;
        using System.Net.WebSockets;
        using System.Threading;
        using System.Threading.Tasks;

        class Feed
        {
            async Task FirstAsync(Uri uri, int failures)
            {
                var failures2 = 0;
                while (true)
                {
                    try
                    {
                        using var s = new ClientWebSocket();
                        await s.ConnectAsync(uri, CancellationToken.None);
                        failures2 = 0;
                    }
                    catch (WebSocketException) { }
                    Thread.Sleep(ReconnectDelay(failures2++));
                }
            }

            async Task SecondAsync(Uri uri)
            {
                var failures = 0;
                while (true)
                {
                    try
                    {
                        using var s = new ClientWebSocket();
                        await s.ConnectAsync(uri, CancellationToken.None);
                        failures = 0;
                    }
                    catch (WebSocketException) { }
                    await Task.Delay(ReconnectDelay(failures++)); // be patient
                }
            }

            // Exponential backoff with full jitter: after an outage clients come back one by one, not all at once.
            private static TimeSpan ReconnectDelay(int failures)
            {
                const double baseMilliseconds = 1_000;
                const double maxMilliseconds = 30_000;
                return TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(maxMilliseconds, baseMilliseconds * Math.Pow(2, failures)));
            }
        }
        """);
}

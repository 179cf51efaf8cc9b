using WebSockets.Analyzers.Rules.SignalR;

namespace WebSockets.Analyzers.Tests.Rules.SignalR;

public class WS5001NoAutomaticReconnectTests
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.SignalR.Client;
        using Microsoft.Extensions.DependencyInjection;

        """;

    private const string Create = """[|new HubConnectionBuilder()|].WithUrl("https://example.org/hub").Build()""";

    [Theory]
    [InlineData($"HubConnection Make() => {Create};")]
    [InlineData($"readonly HubConnection _hub = {Create};")]
    [InlineData($"HubConnection Hub {{ get; }} = {Create};")]
    [InlineData($"HubConnection? _hub; void Init() => _hub ??= {Create};")]
    [InlineData($"HubConnection? _hub; void Init() {{ _hub = {Create}; _hub.On(\"a\", () => {{ }}); }}")]
    [InlineData($"void Add(IServiceCollection services) => services.AddSingleton(_ => {Create});")]
    [InlineData($"HubConnection Make() {{ var hub = {Create}; hub.Closed += e => {{ Console.WriteLine(e); return Task.CompletedTask; }}; return hub; }}")]
    [InlineData($"static readonly Func<Exception?, Task> s_log = e => {{ Console.WriteLine(e); return Task.CompletedTask; }}; HubConnection Make() {{ var hub = {Create}; hub.Closed += s_log; return hub; }}")]
    [InlineData($"async Task Listen() {{ var hub = {Create}; hub.On<string>(\"a\", Console.WriteLine); await hub.StartAsync(); }}")]
    [InlineData($"async Task Listen() {{ await using var hub = {Create}; hub.On<string>(\"a\", Console.WriteLine); await hub.StartAsync(); Console.ReadLine(); await hub.StopAsync(); }}")]
    [InlineData($"async Task Listen() {{ var hub = {Create}; await hub.StartAsync(); await Task.Delay(-1); }}")]
    [InlineData($"async Task Listen() {{ var hub = {Create}; await hub.StartAsync(); while (Console.ReadLine() is {{ }} line) await hub.SendAsync(\"say\", line); await hub.DisposeAsync(); }}")]
    [InlineData($"async Task Listen(TaskCompletionSource end) {{ var hub = {Create}; await hub.StartAsync(); await end.Task; await hub.DisposeAsync(); }}")]
    [InlineData($"void Many(List<HubConnection> all) {{ for (int i = 0; i < 5; i++) all.Add({Create}); }}")]
    public Task A_connection_that_nobody_starts_again(string member) => Verify<WS5001NoAutomaticReconnect>.ReportsAsync(Usings + $$"""
        class C
        {
            {{member}}
        }
        """);

    [Fact]
    public Task A_builder_over_several_statements() => Verify<WS5001NoAutomaticReconnect>.ReportsAsync(Usings + """
        class C
        {
            HubConnection Make(string url, bool verbose)
            {
                IHubConnectionBuilder builder = [|new HubConnectionBuilder()|];
                builder.Services.AddLogging();
                builder = builder.WithUrl(url, o => o.Headers["a"] = "b");
                if (verbose) builder.WithStatefulReconnect();
                return builder.Build();
            }
        }
        """);

    [Fact]
    public Task A_first_start_that_is_tried_again_is_no_reconnect() => Verify<WS5001NoAutomaticReconnect>.ReportsAsync(Usings + """
        class C
        {
            readonly HubConnection _hub = [|new HubConnectionBuilder()|].WithUrl("https://example.org/hub").Build();
            async Task<bool> Start(CancellationToken token)
            {
                while (true)
                {
                    try
                    {
                        await _hub.StartAsync(token);
                        return true;
                    }
                    catch when (token.IsCancellationRequested)
                    {
                        return false;
                    }
                    catch
                    {
                        await Task.Delay(5000);
                    }
                }
            }
        }
        """);

    [Fact]
    public Task A_handler_of_another_connection_is_no_reconnect() => Verify<WS5001NoAutomaticReconnect>.ReportsAsync(Usings + """
        class C
        {
            readonly HubConnection _lost = [|new HubConnectionBuilder()|].WithUrl("https://example.org/a").Build();
            readonly HubConnection _kept = new HubConnectionBuilder().WithUrl("https://example.org/b").Build();
            C() => _kept.Closed += async _ => await _kept.StartAsync();
        }
        """);

    [Theory]
    [InlineData("_hub.Closed += async _ => { await Task.Delay(1000); await _hub.StartAsync(); };")]
    [InlineData("_hub.Closed += OnClosed;")]
    [InlineData("Hub.Closed += OnClosed;")]
    [InlineData("_hub.Closed += Local; async Task Local(Exception? e) => await StartAsync();")]
    [InlineData("_hub.Closed += e => { _ = Task.Run(StartAsync); return Task.CompletedTask; };")]
    [InlineData("_hub.Closed += e => { Lost?.Invoke(this, EventArgs.Empty); return Task.CompletedTask; };")]
    [InlineData("_hub.Closed += e => { Environment.Exit(1); return Task.CompletedTask; };")]
    [InlineData("_hub.Closed += e => { _ended.TrySetResult(); return Task.CompletedTask; };")]
    [InlineData("_hub.Closed += _handler;")]
    [InlineData("Attach(_hub);")]
    public Task Silent_with_a_Closed_handler_that_restarts_or_tells(string statement) => Verify<WS5001NoAutomaticReconnect>.SilentAsync(Usings + $$"""
        class C
        {
            readonly HubConnection _hub;
            readonly TaskCompletionSource _ended = new();
            readonly Func<Exception?, Task> _handler;
            event EventHandler? Lost;
            C(Func<Exception?, Task> handler)
            {
                _handler = handler;
                _hub = new HubConnectionBuilder().WithUrl("https://example.org/hub").Build();
                {{statement}}
            }
            HubConnection Hub => _hub;
            Task OnClosed(Exception? e) => StartAsync();
            async Task StartAsync() => await _hub.StartAsync();
            static void Attach(HubConnection hub) => hub.Closed += async _ => await hub.StartAsync();
        }
        """);

    [Theory]
    [InlineData("async Task Watch() { while (true) { if (_hub.State == HubConnectionState.Disconnected) await _hub.StartAsync(); await Task.Delay(1000); } }")]
    [InlineData("void Watch() { var timer = new System.Timers.Timer(1000); timer.Elapsed += async (_, _) => await _hub.StartAsync(); }")]
    [InlineData("async Task Watch(PeriodicTimer timer) { while (await timer.WaitForNextTickAsync()) await Start(); } async Task Start() { try { await _hub.StartAsync(); } catch (Exception) { } }")]
    [InlineData("async Task Say(string text) { if (_hub.State == HubConnectionState.Disconnected) await _hub.StartAsync(); await _hub.SendAsync(\"say\", text); }")]
    public Task Silent_with_a_watchdog_or_a_start_before_each_use(string member) => Verify<WS5001NoAutomaticReconnect>.SilentAsync(Usings + $$"""
        class C
        {
            readonly HubConnection _hub = new HubConnectionBuilder().WithUrl("https://example.org/hub").Build();
            {{member}}
        }
        """);

    [Theory]
    [InlineData("async Task Ask() { await using var hub = Create; await hub.StartAsync(); Console.WriteLine(await hub.InvokeAsync<int>(\"count\")); }")]
    [InlineData("async Task Ask() { var hub = Create; await hub.StartAsync(); foreach (var x in new[] { 1, 2 }) await hub.SendAsync(\"say\", x); await hub.StopAsync(); }")]
    [InlineData("async Task Ask() { var hub = Create; await hub.StartAsync(); await hub.InvokeAsync(\"say\"); }")]
    [InlineData("readonly TaskCompletionSource<string> _answer = new(); async Task Ask() { var hub = Create; hub.On<string>(\"echo\", s => _answer.TrySetResult(s)); await hub.StartAsync(); await hub.InvokeAsync(\"echo\"); Console.WriteLine(await _answer.Task); }")]
    [InlineData("async Task Run(CancellationToken t) { while (!t.IsCancellationRequested) { var end = new TaskCompletionSource(); await using var hub = Create; await hub.StartAsync(t); await end.Task; } }")]
    [InlineData("async Task Loop() { while (true) { await Once(); await Task.Delay(1000); } } async Task Once() { var hub = Create; await hub.StartAsync(); Console.ReadLine(); }")]
    public Task Silent_in_one_exchange_and_when_rebuilt_in_a_loop(string member) => Verify<WS5001NoAutomaticReconnect>.SilentAsync(Usings + $$"""
        class C
        {
            {{member.Replace("Create", "new HubConnectionBuilder().WithUrl(\"https://example.org/hub\").Build()", StringComparison.Ordinal)}}
        }
        """);

    [Fact]
    public Task Silent_when_it_reconnects_or_the_builder_is_handed_on() => Verify<WS5001NoAutomaticReconnect>.SilentAsync(Usings + """
        class Policy : IRetryPolicy { public TimeSpan? NextRetryDelay(RetryContext retryContext) => TimeSpan.FromSeconds(1); }
        static class Extensions { public static IHubConnectionBuilder Ours(this IHubConnectionBuilder builder) => builder.WithAutomaticReconnect(); }
        class C
        {
            IHubConnectionBuilder _kept = new HubConnectionBuilder();
            HubConnection A() => new HubConnectionBuilder().WithUrl("https://example.org/hub").WithAutomaticReconnect().Build();
            HubConnection B() => new HubConnectionBuilder().WithUrl("https://example.org/hub").WithAutomaticReconnect(new Policy()).Build();
            HubConnection D(bool retry)
            {
                var builder = new HubConnectionBuilder().WithUrl("https://example.org/hub");
                if (retry) builder.WithAutomaticReconnect();
                return builder.Build();
            }
            HubConnection E()
            {
                var builder = new HubConnectionBuilder().WithUrl("https://example.org/hub");
                builder.Services.AddSingleton<IRetryPolicy>(new Policy());
                return builder.Build();
            }
            HubConnection F() => new HubConnectionBuilder().Ours().WithUrl("https://example.org/hub").Build();
            HubConnection G()
            {
                var builder = new HubConnectionBuilder();
                Configure(builder);
                return builder.Build();
            }
            void Configure(IHubConnectionBuilder builder) => builder.WithUrl("https://example.org/hub").WithAutomaticReconnect();
            IHubConnectionBuilder H() => new HubConnectionBuilder().WithUrl("https://example.org/hub");
            void I() { new HubConnectionBuilder().WithUrl("https://example.org/hub"); }
        }
        """);

    [Fact]
    public Task Silent_in_tests() => Verify<WS5001NoAutomaticReconnect>.SilentAsync(Usings + $$"""
        class FactAttribute : Attribute { }
        class C
        {
            [Fact] async Task M() { var hub = {{Create}}; await hub.StartAsync(); await Task.Delay(-1); }
        }
        """);

    [Fact]
    public Task Silent_on_a_look_alike_and_without_the_library() => Verify<WS5001NoAutomaticReconnect>.SilentAsync("""
        namespace Microsoft.AspNetCore.SignalR.Client
        {
            class HubConnection { }
            class HubConnectionBuilder { public HubConnectionBuilder WithUrl(string url) => this; public HubConnection Build() => new(); }
            class C { HubConnection M() => new HubConnectionBuilder().WithUrl("a").Build(); }
        }
        """, Setup.Net8);

    [Theory]
    [InlineData("var hub = new HubConnectionBuilder(")]
    [InlineData("var hub = new HubConnectionBuilder().")]
    [InlineData("var hub = new HubConnectionBuilder().WithUrl(")]
    [InlineData("return new HubConnectionBuilder().WithAutomaticReconnect(.Build();")]
    public Task Half_typed_code(string statement) => Verify<WS5001NoAutomaticReconnect>.SilentAsync(Usings + $$"""
        class C
        {
            HubConnection M()
            {
                {{statement}}
        """, new() { Compiles = false });

    private const string Policy = """
        /// <summary>Reconnects for as long as it takes. The delays grow up to a limit and are random below it, so that clients do not all come back at once.</summary>
        internal sealed class ReconnectPolicy : IRetryPolicy
        {
            private static readonly TimeSpan BaseDelay = TimeSpan.FromSeconds(1);
            private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(30);

            public TimeSpan? NextRetryDelay(RetryContext retryContext)
            {
                double ceiling = Math.Min(MaxDelay.TotalMilliseconds, BaseDelay.TotalMilliseconds * Math.Pow(2, retryContext.PreviousRetryCount));
                return TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * ceiling);
            }
        }
        """;

    [Fact]
    public Task Fix_adds_one_policy_and_keeps_the_style_of_the_chain() => Verify<WS5001NoAutomaticReconnect>.FixesAsync(Usings + """
        namespace Chat;

        class C
        {
            HubConnection A() => [|new HubConnectionBuilder()|].WithUrl("https://example.org/a").Build();

            HubConnection B()
            {
                var hub = [|new HubConnectionBuilder()|]
                    // the hub of the shop
                    .WithUrl("https://example.org/b") // ours
                    .Build();
                return hub;
            }

            HubConnection D()
            {
                HubConnectionBuilder builder = [|new()|];
                builder.WithUrl("https://example.org/d", o =>
                {
                    o.Headers["a"] = "b";
                });
                return builder.Build(); // built here
            }
        }

        """, Usings + """
        namespace Chat;

        class C
        {
            HubConnection A() => new HubConnectionBuilder().WithUrl("https://example.org/a").WithAutomaticReconnect(new ReconnectPolicy()).Build();

            HubConnection B()
            {
                var hub = new HubConnectionBuilder()
                    // the hub of the shop
                    .WithUrl("https://example.org/b") // ours
                    .WithAutomaticReconnect(new ReconnectPolicy())
                    .Build();
                return hub;
            }

            HubConnection D()
            {
                HubConnectionBuilder builder = new();
                builder.WithUrl("https://example.org/d", o =>
                {
                    o.Headers["a"] = "b";
                });
                return builder.WithAutomaticReconnect(new ReconnectPolicy()).Build(); // built here
            }
        }


        """ + Policy + "\n");

    [Fact]
    public Task Fix_in_a_program() => Verify<WS5001NoAutomaticReconnect>.FixesAsync("""
        using System;
        using Microsoft.AspNetCore.SignalR.Client;

        var hub = [|new HubConnectionBuilder()|].WithUrl("https://example.org/hub").Build();
        hub.On<string>("news", Console.WriteLine);
        await hub.StartAsync();
        Console.ReadLine(); // until Enter

        """, """
        using System;
        using Microsoft.AspNetCore.SignalR.Client;

        var hub = new HubConnectionBuilder().WithUrl("https://example.org/hub").WithAutomaticReconnect(new ReconnectPolicy()).Build();
        hub.On<string>("news", Console.WriteLine);
        await hub.StartAsync();
        Console.ReadLine(); // until Enter


        """ + Policy + "\n", setup: Setup.Program);

    [Fact]
    public Task Fix_in_a_block_namespace_with_options_and_a_name_that_is_taken() => Verify<WS5001NoAutomaticReconnect>.FixesAsync("""
        namespace Chat
        {
            using Microsoft.AspNetCore.SignalR.Client;

            class Outer
            {
                class ReconnectPolicy { }
                class Inner
                {
                    HubConnection M() => [|new HubConnectionBuilder()|].WithUrl("https://example.org/a").Build();
                }
            }
        }
        """, """
        namespace Chat
        {
            using Microsoft.AspNetCore.SignalR.Client;

            class Outer
            {
                class ReconnectPolicy { }
                class Inner
                {
                    HubConnection M() => new HubConnectionBuilder().WithUrl("https://example.org/a").WithAutomaticReconnect(new EndlessReconnectPolicy()).Build();
                }
            }

            /// <summary>Reconnects for as long as it takes. The delays grow up to a limit and are random below it, so that clients do not all come back at once.</summary>
            internal sealed class EndlessReconnectPolicy : IRetryPolicy
            {
                private static readonly System.TimeSpan BaseDelay = System.TimeSpan.FromMilliseconds(500);
                private static readonly System.TimeSpan MaxDelay = System.TimeSpan.FromMinutes(2);

                public System.TimeSpan? NextRetryDelay(RetryContext retryContext)
                {
                    double ceiling = System.Math.Min(MaxDelay.TotalMilliseconds, BaseDelay.TotalMilliseconds * System.Math.Pow(2, retryContext.PreviousRetryCount));
                    return System.TimeSpan.FromMilliseconds(System.Random.Shared.NextDouble() * ceiling);
                }
            }
        }
        """, setup: new() { Options = "websockets_analyzers.reconnect_base_delay = 500ms\nwebsockets_analyzers.reconnect_max_delay = 2m" });

    [Fact]
    public Task Fix_uses_the_policy_that_is_there() => Verify<WS5001NoAutomaticReconnect>.FixesAsync("""
        using Microsoft.AspNetCore.SignalR.Client;
        class C
        {
            HubConnection M() => [|new HubConnectionBuilder()|].WithUrl("https://example.org/a").Build();
        }
        """, """
        using Microsoft.AspNetCore.SignalR.Client;
        class C
        {
            HubConnection M() => new HubConnectionBuilder().WithUrl("https://example.org/a").WithAutomaticReconnect(new Net.ReconnectPolicy()).Build();
        }
        """, setup: new()
    {
        OtherFiles = [("/Policy.cs", "namespace Net { class ReconnectPolicy : Microsoft.AspNetCore.SignalR.Client.IRetryPolicy { public System.TimeSpan? NextRetryDelay(Microsoft.AspNetCore.SignalR.Client.RetryContext c) => System.TimeSpan.FromSeconds(1); } }")],
    });
}

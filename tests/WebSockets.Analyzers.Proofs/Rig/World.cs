using System.Runtime.CompilerServices;

[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.All, MaxThreads = 6)]

namespace WebSockets.Analyzers.Proofs.Rig;

/// <summary>What holds for the whole process.</summary>
internal static class World
{
    [ModuleInitializer]
    internal static void Prepare()
    {
        // Hosts that a proven program builds itself take their settings from here: any free port, loopback, quiet, and no file watchers.
        Environment.SetEnvironmentVariable("ASPNETCORE_URLS", "http://127.0.0.1:0");
        Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "None");
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
        // Code under proof may block threads; timers of other proofs must fire in time all the same.
        ThreadPool.SetMinThreads(64, 64);
    }
}

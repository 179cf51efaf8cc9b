// Generated: see "Generated files" in docs/adding-a-rule.md.
using System.Collections.Immutable;

namespace WebSockets.Analyzers.Core;

/// <summary>Every rule of the package, by id.</summary>
internal static class RuleCatalogue
{
    public static ImmutableArray<Rule> Create() =>
    ImmutableArray.Create<Rule>(
        new Rules.Client.WS1001KeepAliveDisabled(),
        new Rules.Client.WS1002KeepAliveTooSlow(),
        new Rules.Client.WS1006KeepAliveOutOfRange(),
        new Rules.Client.WS1008SocketReused(),
        new Rules.Client.WS1010NoReconnect(),
        new Rules.Client.WS1011ReconnectWithoutBackoff(),
        new Rules.Server.WS3001ServerKeepAliveTooSlow(),
        new Rules.Server.WS3002AcceptWithoutCheck(),
        new Rules.Server.WS3003RefusalLooksLikeSuccess(),
        new Rules.SignalR.WS5001NoAutomaticReconnect(),
        new Rules.Yarp.WS6001UpstreamHttp10(),
        new Rules.Http.WS7001Http10Request(),
        new Rules.Package.WS9002OptionInvalid());
}

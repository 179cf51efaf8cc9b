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
        new Rules.Server.WS3004UseWebSocketsMissing(),
        new Rules.Server.WS3005UseWebSocketsTooLate(),
        new Rules.Server.WS3006UseWebSocketsTwice(),
        new Rules.Server.WS3007SocketOutlivesRequest(),
        new Rules.Server.WS3008GetOnlyEndpoint(),
        new Rules.Server.WS3009VerbCannotUpgrade(),
        new Rules.Server.WS3010ResponseAfterUpgrade(),
        new Rules.Server.WS3011SwitchingProtocolsByHand(),
        new Rules.Server.WS3012OriginMalformed(),
        new Rules.Server.WS3013OriginNotChecked(),
        new Rules.Server.WS3014ShutdownIgnored(),
        new Rules.Server.WS3015HandshakeHeaderStripped(),
        new Rules.Server.WS3016SubProtocolNotOffered(),
        new Rules.Kestrel.WS4001Http2OnlyEndpoint(),
        new Rules.Kestrel.WS4002UpgradesForbidden(),
        new Rules.Kestrel.WS4005KeepAliveTimeoutIsNotForSockets(),
        new Rules.Kestrel.WS4006PingTimeoutWithoutDelay(),
        new Rules.SignalR.WS5001NoAutomaticReconnect(),
        new Rules.Yarp.WS6001UpstreamHttp10(),
        new Rules.Http.WS7001Http10Request(),
        new Rules.Package.WS9002OptionInvalid());
}

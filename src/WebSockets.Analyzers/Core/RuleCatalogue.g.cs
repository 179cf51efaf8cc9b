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
        new Rules.Messages.WS2001ReceivedCountIgnored(),
        new Rules.Messages.WS2002EndOfMessageIgnored(),
        new Rules.Messages.WS2003CloseIgnored(),
        new Rules.Messages.WS2004ReceiveLoopSwallowsErrors(),
        new Rules.Messages.WS2005CancelledReceiveReused(),
        new Rules.Messages.WS2006CloseWithoutTimeout(),
        new Rules.Messages.WS2007UnboundedMessage(),
        new Rules.Messages.WS2008SendNotAwaited(),
        new Rules.Messages.WS2009FragmentsInterleave(),
        new Rules.Messages.WS2010ReceiveLoopErrorsLost(),
        new Rules.Messages.WS2011CloseArgumentsInvalid(),
        new Rules.Messages.WS2012SendAfterClose(),
        new Rules.Messages.WS2013DisposeWithoutClose(),
        new Rules.Server.WS3001ServerKeepAliveTooSlow(),
        new Rules.SignalR.WS5001NoAutomaticReconnect(),
        new Rules.Yarp.WS6001UpstreamHttp10(),
        new Rules.Http.WS7001Http10Request(),
        new Rules.Package.WS9002OptionInvalid());
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.SignalR;

/// <summary>A hub connection that nobody starts again after it was lost.</summary>
internal sealed class WS5001NoAutomaticReconnect : Rule
{
    public const string Id = "WS5001";

    private static readonly DiagnosticDescriptor NoReconnect = Describe(
        id: Id, title: "The hub connection does not reconnect",
        messageFormat: "After the first network failure the HubConnection is Closed and stays so: it is built without WithAutomaticReconnect, and no Closed handler starts it again; add WithAutomaticReconnect with a policy that does not give up",
        category: Category.SignalR, defaultSeverity: DiagnosticSeverity.Warning,
        description: "A HubConnection does not reconnect by itself. Without WithAutomaticReconnect a lost connection goes to Closed at once, and no message arrives any more. " +
            "The parameterless WithAutomaticReconnect gives up after 42 s; a retry policy that never returns null does not.");

    public override DiagnosticDescriptor[] Descriptors => [NoReconnect];

    public override void Register(Subscriptions on) => on.OnCreate(Api.HubConnectionBuilder, Look);

    private static void Look(Candidate candidate, IObjectCreationOperation creation)
    {
        if (candidate.IsInTests) return;
        var builder = HubBuilder.Of(creation, candidate.Model, candidate.Cancellation);
        if (builder.IsHandedOn || builder.Reconnects || builder.Builds.Count == 0) return;
        if (HubConnectionUse.IsRepeated(creation, candidate.Model, candidate.Cancellation)) return;
        var connection = HubConnectionUse.Of(builder.Builds, candidate.Model, candidate.Cancellation);
        if (connection.IsOneShot(builder.Builds[0]) || connection.IsRestarted()) return;

        candidate.Report(NoReconnect, creation.Syntax, Facts.None
            .With(Facts.ReconnectBaseDelay, candidate.Options.Get(Option.ReconnectBaseDelay))
            .With(Facts.ReconnectMaxDelay, candidate.Options.Get(Option.ReconnectMaxDelay)));
    }
}

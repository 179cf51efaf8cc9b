using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Rules.Server;

/// <summary>Options of the middleware that nobody reads: a second UseWebSockets, or AddWebSockets beside options given to UseWebSockets.</summary>
internal sealed class WS3006UseWebSocketsTwice : Rule
{
    public const string Id = "WS3006";
    private const string Title = "WebSocket options are ignored";
    private const string Description =
        "The first UseWebSockets of a pipeline handles the request: keep-alive and AllowedOrigins of a second one have no effect. " +
        "Options that are given to UseWebSockets replace those of AddWebSockets and Configure<WebSocketOptions>.";

    private static readonly DiagnosticDescriptor Second = Describe(
        id: Id, title: Title,
        messageFormat: "The keep-alive and the AllowedOrigins of this call are ignored: an earlier UseWebSockets of the pipeline handles every request; merge the two",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    private static readonly DiagnosticDescriptor Discarded = Describe(
        id: Id, title: Title,
        messageFormat: "These options are ignored, AllowedOrigins included: UseWebSockets gets options of its own, which replace them; set them in one place",
        category: Category.Server, defaultSeverity: DiagnosticSeverity.Warning, description: Description);

    public override DiagnosticDescriptor[] Descriptors => [Second, Discarded];

    public override void Register(Subscriptions on)
    {
        on.OnCall(Api.WebSocketMiddlewareExtensions, "UseWebSockets", LookAtUse);
        on.OnCall(Api.WebSocketsDependencyInjectionExtensions, "AddWebSockets", LookAtConfiguration);
        on.OnCall(Api.OptionsServiceCollectionExtensions, "Configure", LookAtConfiguration);
    }

    private static void LookAtUse(Candidate candidate, IInvocationOperation use)
    {
        if (candidate.IsInTests || candidate.Model.Order.EarlierUse(use, candidate.Cancellation) is not { } first) return;
        candidate.Report(Second, use.NameNode(), Facts.None.SetItem(Facts.Before, candidate.Model.Pipeline.IsUse(first) && first.Function().Syntax == use.Function().Syntax ? first.NameNode().SpanStart.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static void LookAtConfiguration(Candidate candidate, IInvocationOperation configuration)
    {
        var pipeline = candidate.Model.Pipeline;
        if (candidate.IsInTests || !configuration.Arguments.Any(a => a.Value.Unwrapped() is IDelegateCreationOperation)) return;
        if (!pipeline.Configurations(candidate.Cancellation).Any(c => c.Syntax == configuration.Syntax) || pipeline.UsesConfiguration(candidate.Cancellation)) return;
        // Options that are fetched from the services are those of the services.
        if (pipeline.Uses(candidate.Cancellation).Any(u => pipeline.OptionsOf(u, candidate.Cancellation) is null)) return;
        candidate.Report(Discarded, configuration.NameNode());
    }
}

using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>What the redirection to HTTPS knows: whether it runs, where it redirects to, and how the client came.</summary>
internal sealed class HttpsRedirection(CompilationModel model)
{
    private const int MaxCallers = 3;

    // A port alone, or an address at which the server listens; those of other servers name a host.
    private static readonly Regex PortSetting = new(
        """
        "https_port"\s*:\s*"?\d|"urls"\s*:\s*"[^"]*https://|"url"\s*:\s*"https://(?:[*+]|0\.0\.0\.0|\[::\])
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static readonly Regex ForwardingSetting = new("ForwardedHeaders", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static readonly string[] Forwarding = ["ForwardedHeaders", "FORWARDEDHEADERS", "XForwardedProto", "X-Forwarded-Proto", "x-forwarded-proto", "X_FORWARDED_PROTO"];

    private bool? _hasPort;
    private bool? _learnsScheme;

    /// <summary>Does the operation run whenever the program does, except while it is developed?</summary>
    public bool AlwaysRuns(IOperation operation, CancellationToken cancellation) => AlwaysRuns(operation, MaxCallers, cancellation);

    /// <summary>Is there a port to redirect to, for sure? Without one the middleware warns once and does nothing, as in a container that listens on http alone.</summary>
    public bool HasPort(CancellationToken cancellation) => _hasPort ??=
        Finds("HttpsPort", s => model.Types.Is(s.ContainingType, Api.HttpsRedirectionOptions), o => o.Parent is ISimpleAssignmentOperation a && ReferenceEquals(a.Target, o) && a.Value.Unwrapped().ConstantValue is { HasValue: true, Value: int }, cancellation)
        || Finds("UseHttps", s => model.Types.Is(s.ContainingType, Api.ListenOptionsHttpsExtensions), _ => true, cancellation)
        || Finds("UseUrls", s => model.Types.Is(s.ContainingType, Api.HostingAbstractionsWebHostBuilderExtensions), o => o.Descendants().Any(IsHttpsUrl), cancellation)
        || Finds("UseSetting", s => model.Types.IsOrInherits(s.ContainingType, Api.IWebHostBuilder), o => o is IInvocationOperation call && call.Argument("key")?.Value.ConstantValue is { HasValue: true, Value: string key } && key.Equals("https_port", StringComparison.OrdinalIgnoreCase), cancellation)
        || model.Files.HasSetting(PortSetting, inDevelopment: false, cancellation);

    /// <summary>May the program learn from a header, or decide for itself, that the client came over TLS?</summary>
    public bool LearnsScheme(CancellationToken cancellation) => _learnsScheme ??=
        model.ReferencedProjects.Select(p => p.Compilation).Append(model.Compilation).Any(c => Forwarding.Any(word => Texts.Mentions(c, word, cancellation)))
        || model.Files.HasSetting(ForwardingSetting, inDevelopment: true, cancellation)
        || new[] { "Scheme", "IsHttps" }.Any(name => model.Calls.Find(name, s => model.Types.Is(s.ContainingType, Api.HttpRequest), cancellation) is not { } found
            || found.Any(f => model.Calls.OperationOf(f.Name, cancellation)?.IsWritten() == true))
        || model.Order.HasUnseenSteps(cancellation);

    private bool AlwaysRuns(IOperation operation, int depth, CancellationToken cancellation)
    {
        foreach (var ancestor in operation.Ancestors())
            if (ancestor is IAnonymousFunctionOperation or ILocalFunctionOperation or ILoopOperation or ISwitchOperation or ISwitchExpressionOperation or ICatchClauseOperation) return false;
        if (!IsInProduction(operation) || depth == 0 || model.MemberOf(operation, cancellation) is not IMethodSymbol method) return false;
        // Without a caller: the program itself, or a start-up class that the host calls.
        return model.Calls.UsesOf(method, cancellation) is { } uses && uses.All(u => u is IInvocationOperation && AlwaysRuns(u, depth - 1, cancellation));
    }

    private bool Finds(string name, Func<ISymbol, bool> wanted, Func<IOperation, bool> test, CancellationToken cancellation) =>
        (model.Calls.Find(name, wanted, cancellation) ?? []).Any(f => model.Calls.OperationOf(f.Name, cancellation) is { } operation && test(operation) && IsInProduction(operation));

    /// <summary>No condition stands round it, unless it is that this is not the development environment.</summary>
    private bool IsInProduction(IOperation operation)
    {
        foreach (var conditional in operation.Ancestors().OfType<IConditionalOperation>())
        {
            if (operation.IsInside(conditional.Condition)) continue;
            var condition = conditional.Condition.Unwrapped();
            bool outcome = operation.IsInside(conditional.WhenTrue);
            for (; condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation; condition = negation.Operand.Unwrapped()) outcome = !outcome;
            if (outcome || condition is not IInvocationOperation call || !model.Types.IsMember(call.TargetMethod, Api.HostEnvironmentEnvExtensions, "IsDevelopment")) return false;
        }
        return true;
    }

    /// <summary>A constant that holds an https:// address.</summary>
    public static bool IsHttpsUrl(IOperation operation) =>
        operation.ConstantValue is { HasValue: true, Value: string url } && url.IndexOf("https://", StringComparison.OrdinalIgnoreCase) >= 0;
}

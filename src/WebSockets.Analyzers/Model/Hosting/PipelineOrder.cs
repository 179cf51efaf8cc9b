using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>The order in which a pipeline's middleware is added: what stands before what on one builder, its branches and the compilation's own extension methods included.</summary>
internal sealed class PipelineOrder(CompilationModel model)
{
    private const int MaxDepth = 4;

    private static readonly string[] KnownLibraries = ["Microsoft.", "System.", "Swashbuckle", "NSwag", "Serilog", "Scalar", "prometheus", "Prometheus", "OpenTelemetry", "Yarp."];

    /// <summary>A call that adds to a pipeline: <c>Use…</c>, <c>Run</c>, <c>Map</c> with a branch. Endpoints are none, they run at the end.</summary>
    public bool IsStep(IInvocationOperation call) => Builder(call) is not null && model.Types.Is(FirstParameter(call), Api.IApplicationBuilder);

    /// <summary>The earlier calls on the same builder in the same function that always come before this one.</summary>
    public IEnumerable<IInvocationOperation> Before(IInvocationOperation call) => Builder(call) is not { } builder ? [] :
        call.Function().Descendants().OfType<IInvocationOperation>().Where(other =>
            other.NameNode().SpanStart < call.NameNode().SpanStart && !AreExclusive(other, call)
            && Builder(other) is { } b && SymbolEqualityComparer.Default.Equals(b, builder) && SameFunction(other, call));

    /// <summary>Does a <c>UseWebSockets</c> come first, on the same builder or on one from which this one branches?</summary>
    public IInvocationOperation? EarlierUse(IInvocationOperation step, CancellationToken cancellation)
    {
        for (var current = step; current is not null;)
        {
            foreach (var other in Before(current))
                if (model.Pipeline.IsUse(other) || Adds(other, MaxDepth, cancellation)) return other;
            // A branch gets what was added before it.
            current = current.Function() is IAnonymousFunctionOperation lambda ? lambda.Ancestors().OfType<IInvocationOperation>().FirstOrDefault(IsStep) : null;
        }
        return null;
    }

    /// <summary>A step whose code accepts sockets, before the requests come to what is added later.</summary>
    public bool Accepts(IInvocationOperation step, CancellationToken cancellation) => Accepts(step, MaxDepth, cancellation);

    private bool Accepts(IInvocationOperation step, int depth, CancellationToken cancellation)
    {
        if (depth == 0 || !IsStep(step) || model.Pipeline.IsUse(step)) return false;
        var target = step.TargetMethod.ReducedFrom ?? step.TargetMethod;
        if (!target.DeclaringSyntaxReferences.IsEmpty)
        {
            return model.CallTree.BodiesOf(target, cancellation).Any(b => b.Descendants().OfType<IInvocationOperation>().Any(c => Accepts(c, depth - 1, cancellation) && EarlierUse(c, cancellation) is null));
        }
        if (target.Name == "UseMiddleware") return step.TargetMethod.TypeArguments.OfType<INamedTypeSymbol>().Any(t => model.CallTree.BodiesOfType(t, cancellation).Any(b => model.CallTree.Reaches(b.Body, model.Pipeline.IsAccept, cancellation)));
        if (target.Name is "UseMvc" or "UseMvcWithDefaultRoute" && ActionsAccept(cancellation)) return true;
        foreach (var argument in step.Arguments)
        {
            if (argument.Value.Unwrapped() is not IDelegateCreationOperation) continue;
            // A branch with a UseWebSockets of its own is on its own.
            if (model.CallTree.Reaches(argument, o => o is IInvocationOperation c && model.Pipeline.IsUse(c), cancellation)) continue;
            if (model.CallTree.Reaches(argument, model.Pipeline.IsAccept, cancellation)) return true;
            if (target.Name == "UseEndpoints" && ActionsAccept(cancellation) && argument.Descendants().Any(o => o is IInvocationOperation { TargetMethod.Name: "MapControllers" or "MapControllerRoute" or "MapDefaultControllerRoute" or "MapAreaControllerRoute" })) return true;
        }
        return false;
    }

    /// <summary>The functions of this compilation that build a pipeline, as far as a type or <c>Configure(app => …)</c> names it.</summary>
    public IReadOnlyList<IOperation> Roots(CancellationToken cancellation) =>
        [.. new[] { (Name: "WebApplication", Type: Api.WebApplication), (Name: "IApplicationBuilder", Type: Api.IApplicationBuilder), (Name: "Configure", Type: Api.WebHostBuilderExtensions) }
            .SelectMany(n => model.Calls.Find(n.Name, s => model.Types.Is(s as ITypeSymbol ?? s.ContainingType, n.Type), cancellation) ?? [])
            .Select(f => Root(f.Name, cancellation)).OfType<IOperation>().GroupBy(r => r.Syntax).Select(g => g.First())];

    /// <summary>Is there a call on a builder whose code is elsewhere and may add anything?</summary>
    public bool HasUnseenSteps(CancellationToken cancellation) => Roots(cancellation).Any(r => r.Descendants().Any(o => o switch
    {
        IInvocationOperation call => Builder(call) is not null && call.TargetMethod.DeclaringSyntaxReferences.IsEmpty
            && !KnownLibraries.Any(l => call.TargetMethod.ContainingAssembly.Name.StartsWith(l, StringComparison.Ordinal) || call.TargetMethod.ContainingAssembly.Name == l.TrimEnd('.')),
        // A call that does not bind may be one of a library that is not there.
        IInvalidOperation { Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.InvocationExpressionSyntax } => true,
        _ => false,
    }));

    private IOperation? Root(SyntaxNode name, CancellationToken cancellation)
    {
        foreach (var ancestor in name.Ancestors())
            if (ancestor is Microsoft.CodeAnalysis.CSharp.Syntax.BaseMethodDeclarationSyntax or Microsoft.CodeAnalysis.CSharp.Syntax.CompilationUnitSyntax)
                return model.SemanticModel(ancestor.SyntaxTree).GetOperation(ancestor, cancellation);
        return null;
    }

    /// <summary>An extension method of this compilation that calls <c>UseWebSockets</c> on its builder.</summary>
    private bool Adds(IInvocationOperation call, int depth, CancellationToken cancellation)
    {
        var target = call.TargetMethod.ReducedFrom ?? call.TargetMethod;
        if (depth == 0 || target.DeclaringSyntaxReferences.IsEmpty) return false;
        return model.CallTree.BodiesOf(target, cancellation).Any(b => b.Descendants().OfType<IInvocationOperation>().Any(c =>
            c.Function() is not IAnonymousFunctionOperation && (model.Pipeline.IsUse(c) || IsStep(c) && Adds(c, depth - 1, cancellation))));
    }

    private bool ActionsAccept(CancellationToken cancellation) =>
        model.Pipeline.Accepts(cancellation).Any(a => model.Entries.Of(a, cancellation).Any(e => e.Kind == EntryKind.Action));

    /// <summary>The variable at the start of a chain of calls on a builder.</summary>
    private ISymbol? Builder(IInvocationOperation call)
    {
        var receiver = call.Receiver();
        while (receiver is IInvocationOperation chained) receiver = chained.Receiver();
        return receiver is not null && (model.Types.IsOrInherits(receiver.Type, Api.IApplicationBuilder)) ? Sockets.Holder(receiver) : null;
    }

    private static ITypeSymbol? FirstParameter(IInvocationOperation call) =>
        (call.TargetMethod.ReducedFrom ?? call.TargetMethod) is { IsExtensionMethod: true, Parameters: [var first, ..] } ? first.Type : call.TargetMethod.ContainingType;

    private static bool AreExclusive(IOperation a, IOperation b) => a.Ancestors().OfType<IConditionalOperation>().Any(c =>
        c.WhenTrue.Syntax.Span.Contains(a.Syntax.Span) && c.WhenFalse?.Syntax.Span.Contains(b.Syntax.Span) == true);

    private static bool SameFunction(IOperation a, IOperation b) => a.Function().Syntax == b.Function().Syntax;
}

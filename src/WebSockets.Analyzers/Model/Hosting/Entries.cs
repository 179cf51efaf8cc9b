using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>By which ways a request comes to an operation: the endpoints, actions and middleware whose code leads to it.</summary>
internal sealed class Entries(CompilationModel model)
{
    /// <summary>
    /// The entries from which the operation is reached. Ways through an operation for which <paramref name="leaveOut"/> holds are not followed.
    /// </summary>
    public IReadOnlyList<Entry> Of(IOperation operation, CancellationToken cancellation, Func<IOperation, bool>? leaveOut = null)
    {
        var walk = new Walk(model, leaveOut, cancellation);
        walk.Up(operation, 0);
        return walk.Found;
    }

    /// <summary>Is it an action of a controller?</summary>
    public bool IsAction(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsAbstract: false, ContainingType: { TypeKind: TypeKind.Class } type }
        && (model.Types.IsOrInherits(type, Api.ControllerBase) || BaseTypes(type).Any(t => HasAttribute(t, Api.ControllerAttribute)))
        && !HasAttribute(method, Api.NonActionAttribute);

    /// <summary>Is it the method of a middleware class that gets the requests?</summary>
    public bool IsMiddleware(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary, Name: "Invoke" or "InvokeAsync", IsStatic: false, Parameters: [var first, ..], ContainingType: { } type }
        && model.Types.Is(first.Type, Api.HttpContext)
        && (model.Types.IsOrInherits(type, Api.IMiddleware) || type.InstanceConstructors.Any(c => c.Parameters.Any(p => model.Types.Is(p.Type, Api.RequestDelegate))));

    private bool HasAttribute(ISymbol symbol, ApiType attribute) => symbol.GetAttributes().Any(a => model.Types.IsOrInherits(a.AttributeClass, attribute));

    private static IEnumerable<INamedTypeSymbol> BaseTypes(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? t = type; t is not null; t = t.BaseType) yield return t;
    }

    private sealed class Walk(CompilationModel model, Func<IOperation, bool>? leaveOut, CancellationToken cancellation)
    {
        // Deeper chains exist, but each level multiplies the ways; beyond this the answer is "unknown".
        private const int MaxDepth = 8;
        private const int MaxSteps = 100;

        private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);
        private int _steps;

        public List<Entry> Found { get; } = [];

        public void Up(IOperation step, int depth)
        {
            cancellation.ThrowIfCancellationRequested();
            if (leaveOut?.Invoke(step) == true) return;
            if (depth > MaxDepth || ++_steps > MaxSteps)
            {
                Add(EntryKind.Unknown, step);
                return;
            }
            switch (step.Function())
            {
                case IAnonymousFunctionOperation lambda:
                    Delegate(lambda, step, depth);
                    return;
                case ILocalFunctionOperation local:
                    if (!_seen.Add(local.Symbol)) return;
                    foreach (var use in local.Root().Descendants())
                    {
                        if (use is IInvocationOperation call && Same(call.TargetMethod, local.Symbol)) Up(call, depth + 1);
                        else if (use is IMethodReferenceOperation reference && Same(reference.Method, local.Symbol)) Delegate(reference, step, depth);
                    }
                    return;
                default:
                    if (model.MemberOf(step, cancellation) is IMethodSymbol { MethodKind: not (MethodKind.Constructor or MethodKind.StaticConstructor) } method) Method(method, step, depth);
                    else Add(EntryKind.Unknown, step);
                    return;
            }
        }

        private void Method(IMethodSymbol method, IOperation step, int depth)
        {
            if (!_seen.Add(method)) return;
            if (model.Entries.IsAction(method))
            {
                Add(EntryKind.Action, step, method: method);
                return;
            }
            if (model.Entries.IsMiddleware(method))
            {
                Add(EntryKind.Middleware, step, method: method);
                return;
            }
            if (model.Hosting.IsEntryPoint(method))
            {
                Add(EntryKind.Program, step, method: method);
                return;
            }
            if (model.Calls.UsesOf(method, cancellation) is not { } uses)
            {
                Add(EntryKind.Unknown, step, method: method);
                return;
            }
            foreach (var use in uses)
            {
                if (use is IInvocationOperation) Up(use, depth + 1);
                else Delegate(use, step, depth);
            }
            if (uses.Count == 0) Add(IsForOthers(method) ? EntryKind.Unknown : EntryKind.Uncalled, step, method: method);
        }

        /// <summary>A lambda or a method group: where the delegate goes decides.</summary>
        private void Delegate(IOperation function, IOperation step, int depth)
        {
            // A delegate that is made after a check runs after it, too.
            if (leaveOut?.Invoke(function) == true) return;
            IOperation value = function;
            while (value.Parent is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation) value = value.Parent;
            switch (value.Parent)
            {
                case IArgumentOperation { Parent: IInvocationOperation call } argument:
                    if (model.Tasks.Starts(call)) Up(call, depth + 1);
                    else if (IsOfFramework(call.TargetMethod)) Add(IsEndpoint(call) ? EntryKind.Endpoint : EntryKind.Pipeline, step, call);
                    else if (argument.Parameter is { } parameter && model.Compilation.Assembly.Equals(call.TargetMethod.ContainingAssembly, SymbolEqualityComparer.Default)) Parameter(call, parameter, step, depth);
                    else Add(EntryKind.Unknown, step);
                    return;
                case IArgumentOperation { Parent: IObjectCreationOperation creation } when model.Types.Is(creation.Type, Api.Thread):
                    Up(creation, depth + 1);
                    return;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } when !value.Root().Writes(local, cancellation):
                    foreach (var reference in value.Root().Descendants().OfType<ILocalReferenceOperation>())
                    {
                        if (!SymbolEqualityComparer.Default.Equals(reference.Local, local)) continue;
                        if (reference.Parent is IInvocationOperation call) Up(call, depth + 1);
                        else Delegate(reference, step, depth);
                    }
                    return;
                // A method that returns the handler, and "next => context => …".
                case IReturnOperation when value.Function() is IAnonymousFunctionOperation outer:
                    Delegate(outer, step, depth);
                    return;
                default:
                    Add(EntryKind.Unknown, step);
                    return;
            }
        }

        /// <summary>A delegate that a method of this compilation gets: it runs where that method calls it, or goes on from there.</summary>
        private void Parameter(IInvocationOperation call, IParameterSymbol parameter, IOperation step, int depth)
        {
            if (depth > MaxDepth || !_seen.Add(parameter.OriginalDefinition))
            {
                Add(EntryKind.Unknown, step);
                return;
            }
            bool used = false;
            foreach (var body in model.CallTree.BodiesOf(call.TargetMethod.ReducedFrom ?? call.TargetMethod, cancellation))
            {
                foreach (var reference in body.Descendants().OfType<IParameterReferenceOperation>())
                {
                    if (reference.Parameter.Ordinal != parameter.Ordinal || !SymbolEqualityComparer.Default.Equals(reference.Parameter.ContainingSymbol.OriginalDefinition, (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition)) continue;
                    used = true;
                    if (reference.Parent is IInvocationOperation invoke && ReferenceEquals(invoke.Instance, reference)) Up(invoke, depth + 1);
                    else Delegate(reference, step, depth + 1);
                }
            }
            if (!used) Add(EntryKind.Unknown, step);
        }

        /// <summary>Somebody elsewhere may call it, and check before.</summary>
        private bool IsForOthers(IMethodSymbol method)
        {
            if (method.IsOverride || method.IsVirtual || method.IsAbstract || method.ExplicitInterfaceImplementations.Length > 0) return true;
            if (method.ContainingType.AllInterfaces.SelectMany(i => i.GetMembers(method.Name)).Any(m => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(m), method))) return true;
            if (model.Compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication) return false;
            for (ISymbol? symbol = method; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
                if (symbol.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal)) return false;
            return true;
        }

        private bool IsEndpoint(IInvocationOperation call) =>
            model.Types.Is(call.TargetMethod.ContainingType, Api.EndpointRouteBuilderExtensions) || model.Types.IsOrInherits((call.TargetMethod.ReducedFrom ?? call.TargetMethod).Parameters.FirstOrDefault()?.Type, Api.IEndpointRouteBuilder);

        private static bool IsOfFramework(IMethodSymbol method) => method.ContainingAssembly?.Name is { } name && (name == "Microsoft.AspNetCore" || name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal));

        private static bool Same(IMethodSymbol a, IMethodSymbol b) => SymbolEqualityComparer.Default.Equals(a.OriginalDefinition, b.OriginalDefinition);

        private void Add(EntryKind kind, IOperation step, IInvocationOperation? registration = null, IMethodSymbol? method = null) => Found.Add(new(kind, step, registration, method));
    }
}

internal enum EntryKind
{
    /// <summary>A handler that a <c>Map…</c> method makes an endpoint of.</summary>
    Endpoint,

    /// <summary>A handler given to the pipeline: <c>Use</c>, <c>Run</c>.</summary>
    Pipeline,

    /// <summary>An action of a controller.</summary>
    Action,

    /// <summary>The method of a middleware class.</summary>
    Middleware,

    /// <summary><c>Main</c>, top-level statements or a hosted service: a listener's loop.</summary>
    Program,

    /// <summary>A method that nobody in the compilation calls, and nobody else can.</summary>
    Uncalled,

    /// <summary>Who runs it is not in sight.</summary>
    Unknown,
}

/// <summary>Where a request enters the code of this compilation.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Step">The operation in the entry's own function through which the way leads.</param>
/// <param name="Registration">The call that registers the handler.</param>
/// <param name="Method">The method, where it is one.</param>
internal sealed record Entry(EntryKind Kind, IOperation Step, IInvocationOperation? Registration, IMethodSymbol? Method);

using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using WebSockets.Analyzers.Core;
using WebSockets.Analyzers.Model.Messages;
using WebSockets.Analyzers.Model.Nginx;

namespace WebSockets.Analyzers.Model;

/// <summary>What the rules know of one compilation. Everything is worked out when first asked for and then kept.</summary>
internal sealed class CompilationModel
{
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _semanticModels = new();
    private readonly ConcurrentDictionary<SyntaxNode, ISymbol?> _members = new();
    private readonly ConcurrentDictionary<AnalyzerConfigOptions, OptionSet> _options = new();
    private readonly AnalyzerConfigOptionsProvider _optionsProvider;
    private readonly Lazy<IReadOnlyList<CompilationModel>> _referencedProjects;

    public CompilationModel(CSharpCompilation compilation, AnalyzerOptions options)
    {
        Compilation = compilation;
        _optionsProvider = options.AnalyzerConfigOptionsProvider;
        Types = new(compilation);
        Files = new(options);
        ProxyFiles = new(Files);
        Definitions = new(this);
        Durations = new(this);
        HttpVersions = new(this);
        Tests = new(this);
        Tasks = new(this);
        Hosting = new(this);
        Pipeline = new(this);
        Order = new(this);
        Entries = new(this);
        Guards = new(this);
        Verbs = new(this);
        LongLived = new(this);
        Responses = new(this);
        Protocols = new(this);
        HttpsRedirection = new(this);
        Calls = new(this);
        Sockets = new(this);
        Retries = new(this);
        CallTree = new(this);
        Heartbeats = new(this);
        Receives = new(this);
        _referencedProjects = new(() => [.. compilation.References.OfType<CompilationReference>().Select(r => r.Compilation).OfType<CSharpCompilation>().Select(c => new CompilationModel(c, options))]);
    }

    public CSharpCompilation Compilation { get; }

    public KnownTypes Types { get; }

    public ConfigurationFiles Files { get; }

    public ProxyFiles ProxyFiles { get; }

    public Definitions Definitions { get; }

    public Durations Durations { get; }

    public HttpVersions HttpVersions { get; }

    public TestCode Tests { get; }

    public Tasks Tasks { get; }

    public Hosting Hosting { get; }

    public SocketPipeline Pipeline { get; }

    public PipelineOrder Order { get; }

    public Entries Entries { get; }

    public Guards Guards { get; }

    public Verbs Verbs { get; }

    public LongLived LongLived { get; }

    public Responses Responses { get; }

    public Protocols Protocols { get; }

    public HttpsRedirection HttpsRedirection { get; }

    public CallGraph Calls { get; }

    public Sockets Sockets { get; }

    public Retries Retries { get; }

    public CallTree CallTree { get; }

    public Heartbeats Heartbeats { get; }

    public Receives Receives { get; }

    /// <summary>What <see cref="Reach.Of"/> has found.</summary>
    public ConcurrentDictionary<SyntaxNode, Reach> Reaches { get; } = new();

    /// <summary>The projects that this one references, where the host hands them over as code: editors do, the command line gives assemblies, of which only the signatures are known.</summary>
    public IReadOnlyList<CompilationModel> ReferencedProjects => _referencedProjects.Value;

    public OptionSet Options(SyntaxTree tree) => _options.GetOrAdd(_optionsProvider.GetOptions(tree), static o => new(o));

    /// <summary>The raw options of every file and of the compilation, each distinct set once.</summary>
    public IEnumerable<AnalyzerConfigOptions> AllOptions() =>
        Compilation.SyntaxTrees.Select(_optionsProvider.GetOptions).Append(_optionsProvider.GlobalOptions).Distinct();

#pragma warning disable RS0030 // The one place that makes semantic models: questions across files need those of other trees.
    public SemanticModel SemanticModel(SyntaxTree tree) => _semanticModels.GetOrAdd(tree, t => Compilation.GetSemanticModel(t));
#pragma warning restore RS0030

    /// <summary>
    /// The method, accessor, lambda or field that contains the operation. Asked of the semantic model that made the operation, which has the body bound: another one would bind it again;
    /// and once for each function.
    /// </summary>
    public ISymbol? MemberOf(IOperation operation, CancellationToken cancellation)
    {
        var function = operation.Function().Syntax;
        return _members.TryGetValue(function, out var known)
            ? known
            : _members[function] = (operation.SemanticModel ?? SemanticModel(operation.Syntax.SyntaxTree)).GetEnclosingSymbol(operation.Syntax.SpanStart, cancellation);
    }
}

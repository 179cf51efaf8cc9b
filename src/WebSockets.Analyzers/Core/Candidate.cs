using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WebSockets.Analyzers.Model;

namespace WebSockets.Analyzers.Core;

/// <summary>A use of an API member that a rule asked for, with the facts of its compilation and the way to report.</summary>
internal sealed class Candidate(OperationAnalysisContext context, CompilationModel model)
{
    private readonly OperationAnalysisContext _context = context;

    public CompilationModel Model { get; } = model;

    public IOperation Operation => _context.Operation;

    public CancellationToken Cancellation => _context.CancellationToken;

    /// <summary>The options in force for the file.</summary>
    public OptionSet Options => Model.Options(Operation.Syntax.SyntaxTree);

    /// <summary>Test code neither keeps sockets alive nor reconnects: rules about that stay silent there.</summary>
    public bool IsInTests => Model.Tests.Contains(_context.ContainingSymbol);

    public void Report(DiagnosticDescriptor descriptor, SyntaxNode node, params object[] arguments) =>
        Report(descriptor, node, ImmutableDictionary<string, string?>.Empty, arguments);

    public void Report(DiagnosticDescriptor descriptor, SyntaxNode node, ImmutableDictionary<string, string?> properties, params object[] arguments) =>
        _context.ReportDiagnostic(Diagnostic.Create(descriptor, node.GetLocation(), properties, arguments));

    public void Report(DiagnosticDescriptor descriptor, Location location, ImmutableDictionary<string, string?> properties, params object[] arguments) =>
        _context.ReportDiagnostic(Diagnostic.Create(descriptor, location, properties, arguments));
}

/// <summary>A whole compilation, for findings that have no place in the source.</summary>
internal sealed class CompilationCandidate(CompilationAnalysisContext context, CompilationModel model)
{
    private readonly CompilationAnalysisContext _context = context;

    public CompilationModel Model { get; } = model;

    public CancellationToken Cancellation => _context.CancellationToken;

    public void Report(DiagnosticDescriptor descriptor, params object[] arguments) =>
        _context.ReportDiagnostic(Diagnostic.Create(descriptor, Location.None, arguments));
}

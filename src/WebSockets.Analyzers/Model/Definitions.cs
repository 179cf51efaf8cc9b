using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>Where a name gets its only value.</summary>
internal sealed class Definitions(CompilationModel model)
{
    /// <summary>
    /// The expression that defines a readonly field, a get-only property with an initialiser or expression body, or a local that is assigned once. Null: there is more than one, or none in sight.
    /// </summary>
    public IOperation? Of(IOperation reference, CancellationToken cancellation)
    {
        switch (reference)
        {
            case IFieldReferenceOperation { Field: { IsReadOnly: true } or { IsConst: true } } f when !IsAssignedInConstructor(f.Field, cancellation):
                return Initializer(f.Field, cancellation);
            case IPropertyReferenceOperation { Property: { SetMethod: null, IsVirtual: false, IsAbstract: false, IsOverride: false, IsIndexer: false } p } when !IsAssignedInConstructor(p, cancellation):
                return Initializer(p, cancellation);
            case ILocalReferenceOperation { Local: { } local } when !local.IsRef && reference.Root() is { } root && !root.Writes(local, cancellation):
                // The operations of the body are there: its syntax would have to be bound again.
                return root.Descendants().OfType<IVariableDeclaratorOperation>().FirstOrDefault(d => SymbolEqualityComparer.Default.Equals(d.Symbol, local))?.GetVariableInitializer()?.Value;
            default:
                return null;
        }
    }

    /// <summary>The expression with which a field or property of this compilation is declared.</summary>
    public IOperation? Initializer(ISymbol symbol, CancellationToken cancellation)
    {
        // Only symbols of this compilation have syntax that it can bind.
        if (symbol.DeclaringSyntaxReferences is not [var declaration] || !model.Compilation.ContainsSyntaxTree(declaration.SyntaxTree)) return null;
        var expression = declaration.GetSyntax(cancellation) switch
        {
            VariableDeclaratorSyntax v => v.Initializer?.Value,
            PropertyDeclarationSyntax { ExpressionBody.Expression: var body } => body,
            PropertyDeclarationSyntax { Initializer.Value: var initial } => initial,
            _ => null,
        };
        return expression is null ? null : model.SemanticModel(expression.SyntaxTree).GetOperation(expression, cancellation);
    }

    private static bool IsAssignedInConstructor(ISymbol member, CancellationToken cancellation) =>
        member.ContainingType.Constructors
            .SelectMany(c => c.DeclaringSyntaxReferences)
            .SelectMany(r => r.GetSyntax(cancellation).DescendantNodes())
            .OfType<AssignmentExpressionSyntax>()
            .Any(a => (a.Left is IdentifierNameSyntax name ? name : (a.Left as MemberAccessExpressionSyntax)?.Name)?.Identifier.ValueText == member.Name);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>What becomes of an object after its creation.</summary>
internal static class Objects
{
    /// <summary>
    /// Is the property of a new object set, in its initialiser or later? Null when the object goes where its use cannot be seen.
    /// </summary>
    public static bool? SetsLater(this IObjectCreationOperation creation, string property, CompilationModel model)
    {
        if (creation.Initializer?.Initializers.Any(i => i is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation p } && p.Property.Name == property) == true) return true;
        IOperation value = creation;
        while (value.Parent is IConversionOperation or IParenthesizedOperation) value = value.Parent;
        switch (value.Parent)
        {
            // Handed straight to the framework: nobody sets anything any more.
            case IArgumentOperation { Parent: IInvocationOperation call } when !call.TargetMethod.ContainingAssembly.Equals(model.Compilation.Assembly, SymbolEqualityComparer.Default):
                return false;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                return LocalSets(declarator.Symbol, creation.Root(), property, model);
            default:
                return null;
        }
    }

    /// <summary>Is it the new object of a local that nobody reads? Its values then mean nothing.</summary>
    public static bool IsUnused(this IObjectCreationOperation creation)
    {
        IOperation value = creation;
        while (value.Parent is IConversionOperation or IParenthesizedOperation) value = value.Parent;
        return value.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }
            && !creation.Root().Descendants().Any(o => o is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local));
    }

    private static bool? LocalSets(ILocalSymbol local, IOperation root, string property, CompilationModel model)
    {
        bool escapes = false;
        foreach (var operation in root.Descendants())
        {
            if (operation is not ILocalReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Local, local)) continue;
            switch (reference.Parent)
            {
                case IPropertyReferenceOperation { Parent: IAssignmentOperation assignment } p when ReferenceEquals(assignment.Target, p):
                    if (p.Property.Name == property) return true;
                    break;
                case IPropertyReferenceOperation:
                    break;
                case IArgumentOperation { Parent: IInvocationOperation call } when !call.TargetMethod.ContainingAssembly.Equals(model.Compilation.Assembly, SymbolEqualityComparer.Default):
                    break;
                default:
                    escapes = true;
                    break;
            }
        }
        return escapes ? null : false;
    }
}

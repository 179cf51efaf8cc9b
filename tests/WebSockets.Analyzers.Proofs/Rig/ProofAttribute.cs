using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit.Sdk;
using Xunit.v3;

namespace WebSockets.Analyzers.Proofs.Rig;

/// <summary>A proof of what goes wrong. It ends after a minute at the latest, whatever the code under proof does; a busy machine must not come near that.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProofAttribute : FactAttribute
{
    public const int Limit = 60_000;

    public ProofAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Timeout = Limit;
}

/// <summary>A <see cref="ProofAttribute"/> with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProofTheoryAttribute : TheoryAttribute
{
    public ProofTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Timeout = ProofAttribute.Limit;
}

/// <summary>A proof of what helps: run with the right block, with the fixed code, and with the code after Fix All.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RemedyProofAttribute : TheoryAttribute
{
    public RemedyProofAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Timeout = ProofAttribute.Limit;
}

/// <summary>Gives a <see cref="RemedyProofAttribute"/> its three remedies, each with every one of the given examples' numbers where there are any.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RemediesAttribute(params int[] examples) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. from remedy in Enum.GetValues<Remedy>()
                from example in examples.Length == 0 ? [-1] : examples
                select example < 0 ? new TheoryDataRow(remedy) : new TheoryDataRow(remedy, example)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

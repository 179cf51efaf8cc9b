using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>
/// Reads an HTTP version out of an expression: the fields of <c>HttpVersion</c>, <c>new Version(…)</c>, <c>Version.Parse</c> of a constant, and constants, readonly fields and locals that hold one of these.
/// Null means: not known.
/// </summary>
internal sealed class HttpVersions(CompilationModel model)
{
    /// <summary>HTTP/1.0. A <c>new Version(1, 0, 0)</c> is not equal to it, and HttpClient does not take it for it.</summary>
    public static readonly Version Http10 = new(1, 0);

    // Deep enough for any indirection that somebody wrote by hand; stops on cycles.
    private const int MaxDepth = 8;

    public Version? Read(IOperation? value, CancellationToken cancellation) => Read(value, MaxDepth, cancellation);

    private Version? Read(IOperation? value, int depth, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (depth == 0) return null;
        switch (value?.Unwrapped())
        {
            case IFieldReferenceOperation f when model.Types.Is(f.Field.ContainingType, Api.HttpVersion):
                return f.Field.Name switch
                {
                    "Version10" => Http10,
                    "Version11" => new(1, 1),
                    "Version20" => new(2, 0),
                    "Version30" => new(3, 0),
                    _ => null,
                };
            case IFieldReferenceOperation or ILocalReferenceOperation or IPropertyReferenceOperation:
                return model.Definitions.Of(value!.Unwrapped(), cancellation) is { } definition ? Read(definition, depth - 1, cancellation) : null;
            case IObjectCreationOperation creation when model.Types.Is(creation.Type, Api.Version):
                return Text(creation.Arguments) is { } text ? Parse(text) : Numbers(creation.Arguments, cancellation);
            case IInvocationOperation { TargetMethod.Name: "Parse" } parse when model.Types.Is(parse.TargetMethod.ContainingType, Api.Version):
                return Text(parse.Arguments) is { } parsed ? Parse(parsed) : null;
            default:
                return null;
        }
    }

    private static string? Text(IReadOnlyList<IArgumentOperation> arguments) => arguments is [var only] && only.Value.Unwrapped().ConstantValue is { HasValue: true, Value: string text } ? text : null;

    private static Version? Parse(string text) => Version.TryParse(text, out var version) ? version : null;

    private Version? Numbers(IReadOnlyList<IArgumentOperation> arguments, CancellationToken cancellation)
    {
        var parts = new int[arguments.Count];
        foreach (var argument in arguments)
        {
            // Named arguments may stand in any order.
            if (argument.Parameter is not { } parameter || model.Durations.ReadNumber(argument.Value, cancellation) is not (>= 0 and <= int.MaxValue and { } part)) return null;
            parts[parameter.Ordinal] = (int)part;
        }
        return parts switch
        {
            [var major, var minor] => new(major, minor),
            [var major, var minor, var build] => new(major, minor, build),
            [var major, var minor, var build, var revision] => new(major, minor, build, revision),
            _ => null,
        };
    }
}

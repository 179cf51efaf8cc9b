using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model;

/// <summary>
/// Reads a duration out of an expression, in every spelling that needs no run of the program: <c>TimeSpan.From*</c>, constructors, <c>Zero</c>,
/// <c>InfiniteTimeSpan</c>, <c>Parse</c> of a constant, constants, static readonly and readonly fields, locals that are assigned once, and arithmetic on these.
/// Null means: not known.
/// </summary>
internal sealed class Durations(CompilationModel model)
{
    // Deep enough for any expression that somebody wrote by hand; stops on cycles such as two fields that name each other.
    private const int MaxDepth = 12;

    /// <summary>A <c>TimeSpan</c> (or <c>TimeSpan?</c>) expression.</summary>
    public TimeSpan? Read(IOperation? value, CancellationToken cancellation) => Guard(() => Span(value, MaxDepth, cancellation));

    /// <summary>A number of milliseconds (<c>Task.Delay(5000)</c>, <c>Timeout.Infinite</c>) or a <c>TimeSpan</c>.</summary>
    public TimeSpan? ReadMillisecondsOrSpan(IOperation? value, CancellationToken cancellation) => Guard(() =>
        value?.Unwrapped() is { } v && model.Types.Is(v.Type, Api.TimeSpan)
            ? Span(v, MaxDepth, cancellation)
            : Number(value, MaxDepth, cancellation) is { } milliseconds ? TimeSpan.FromTicks(checked((long)(milliseconds * TimeSpan.TicksPerMillisecond))) : null);

    /// <summary>A constant number, in the spellings of a duration's parts.</summary>
    public double? ReadNumber(IOperation? value, CancellationToken cancellation) => Number(value, MaxDepth, cancellation);

    // A constant that overflows is unknown, not a crash: TimeSpan.FromDays(1e12).
    private static TimeSpan? Guard(Func<TimeSpan?> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is OverflowException or ArgumentException or FormatException)
        {
            return null;
        }
    }

    private TimeSpan? Span(IOperation? value, int depth, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (depth == 0) return null;
        depth--;
        switch (value?.Unwrapped())
        {
            case IDefaultValueOperation d when model.Types.Is(d.Type, Api.TimeSpan):
                return TimeSpan.Zero;
            case IFieldReferenceOperation f when model.Types.Is(f.Field.ContainingType, Api.TimeSpan):
                return f.Field.Name switch
                {
                    nameof(TimeSpan.Zero) => TimeSpan.Zero,
                    nameof(TimeSpan.MaxValue) => TimeSpan.MaxValue,
                    nameof(TimeSpan.MinValue) => TimeSpan.MinValue,
                    _ => null,
                };
            case IFieldReferenceOperation f when model.Types.IsMember(f.Field, Api.Timeout, nameof(Timeout.InfiniteTimeSpan)):
                return Timeout.InfiniteTimeSpan;
            case IFieldReferenceOperation or ILocalReferenceOperation or IPropertyReferenceOperation:
                return model.Definitions.Of(value!.Unwrapped(), cancellation) is { } definition ? Span(definition, depth, cancellation) : null;
            case IObjectCreationOperation creation when model.Types.Is(creation.Type, Api.TimeSpan):
                return Constructor(creation, depth, cancellation);
            case IInvocationOperation invocation when model.Types.Is(invocation.TargetMethod.ContainingType, Api.TimeSpan):
                return invocation.TargetMethod.IsStatic ? Factory(invocation, depth, cancellation) : Method(invocation, depth, cancellation);
            case IBinaryOperation binary:
                return Arithmetic(binary, depth, cancellation);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } minus when Span(minus.Operand, depth, cancellation) is { } operand:
                return operand.Negate();
            case IParenthesizedOperation parenthesized:
                return Span(parenthesized.Operand, depth, cancellation);
            default:
                return null;
        }
    }

    private TimeSpan? Constructor(IObjectCreationOperation creation, int depth, CancellationToken cancellation)
    {
        var parts = new double[creation.Arguments.Length];
        var names = new string[creation.Arguments.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (creation.Arguments[i].Parameter is not { } parameter || Number(creation.Arguments[i].Value, depth, cancellation) is not { } part) return null;
            names[i] = parameter.Name;
            parts[i] = part;
        }
        return Sum(names, parts);
    }

    private TimeSpan? Factory(IInvocationOperation invocation, int depth, CancellationToken cancellation)
    {
        var name = invocation.TargetMethod.Name;
        if (name is nameof(TimeSpan.Parse) or nameof(TimeSpan.ParseExact))
        {
            return invocation.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == 0)?.Value is { ConstantValue: { HasValue: true, Value: string text } }
                && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
        }
        if (!name.StartsWith("From", StringComparison.Ordinal)) return null;
        var parts = new double[invocation.Arguments.Length];
        var names = new string[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (invocation.Arguments[i].Parameter is not { } parameter || Number(invocation.Arguments[i].Value, depth, cancellation) is not { } part) return null;
            // The first parameter is called "value" in the oldest overloads; the unit is then in the method's name.
            names[i] = parameter.Ordinal == 0 ? name.Substring("From".Length).ToLowerInvariant() : parameter.Name;
            parts[i] = part;
        }
        return Sum(names, parts);
    }

    private static TimeSpan? Sum(string[] units, double[] parts)
    {
        double ticks = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            double? perUnit = units[i] switch
            {
                "days" => TimeSpan.TicksPerDay,
                "hours" => TimeSpan.TicksPerHour,
                "minutes" => TimeSpan.TicksPerMinute,
                "seconds" => TimeSpan.TicksPerSecond,
                "milliseconds" => TimeSpan.TicksPerMillisecond,
                "microseconds" => TimeSpan.TicksPerMillisecond / 1000,
                "ticks" => 1,
                _ => null,
            };
            if (perUnit is null) return null;
            ticks += parts[i] * perUnit.Value;
        }
        // The bounds are those at which TimeSpan itself throws.
        return double.IsNaN(ticks) || ticks >= long.MaxValue || ticks <= long.MinValue ? null : new TimeSpan((long)Math.Round(ticks));
    }

    private TimeSpan? Method(IInvocationOperation invocation, int depth, CancellationToken cancellation)
    {
        if (Span(invocation.Instance, depth, cancellation) is not { } self) return null;
        if (invocation.TargetMethod.Name is nameof(TimeSpan.Negate)) return self.Negate();
        if (invocation.TargetMethod.Name is nameof(TimeSpan.Duration)) return self.Duration();
        var argument = invocation.Arguments.FirstOrDefault()?.Value;
        return invocation.TargetMethod.Name switch
        {
            nameof(TimeSpan.Add) when Span(argument, depth, cancellation) is { } other => self.Add(other),
            nameof(TimeSpan.Subtract) when Span(argument, depth, cancellation) is { } other => self.Subtract(other),
            "Multiply" when Number(argument, depth, cancellation) is { } factor => Scale(self, factor),
            "Divide" when Number(argument, depth, cancellation) is { } divisor and not 0 => Scale(self, 1 / divisor),
            _ => null,
        };
    }

    private TimeSpan? Arithmetic(IBinaryOperation binary, int depth, CancellationToken cancellation)
    {
        var left = Span(binary.LeftOperand, depth, cancellation);
        var right = Span(binary.RightOperand, depth, cancellation);
        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.Add when left is { } l && right is { } r: return l + r;
            case BinaryOperatorKind.Subtract when left is { } l && right is { } r: return l - r;
            case BinaryOperatorKind.Multiply when left is { } l && Number(binary.RightOperand, depth, cancellation) is { } factor: return Scale(l, factor);
            case BinaryOperatorKind.Multiply when right is { } r && Number(binary.LeftOperand, depth, cancellation) is { } factor: return Scale(r, factor);
            case BinaryOperatorKind.Divide when left is { } l && Number(binary.RightOperand, depth, cancellation) is { } divisor and not 0: return Scale(l, 1 / divisor);
            default: return null;
        }
    }

    private static TimeSpan? Scale(TimeSpan span, double factor)
    {
        var ticks = span.Ticks * factor;
        return double.IsNaN(ticks) || Math.Abs(ticks) >= long.MaxValue ? null : new TimeSpan((long)Math.Round(ticks));
    }

    private double? Number(IOperation? value, int depth, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (value is null || depth == 0) return null;
        depth--;
        if (value.ConstantValue is { HasValue: true, Value: { } constant })
            return constant is IConvertible convertible and not (string or char or bool or System.DateTime) ? convertible.ToDouble(CultureInfo.InvariantCulture) : null;
        switch (value?.Unwrapped())
        {
            case IFieldReferenceOperation or ILocalReferenceOperation or IPropertyReferenceOperation:
                return model.Definitions.Of(value!.Unwrapped(), cancellation) is { } definition ? Number(definition, depth, cancellation) : null;
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } minus:
                return -Number(minus.Operand, depth, cancellation);
            case IBinaryOperation binary when Number(binary.LeftOperand, depth, cancellation) is { } l && Number(binary.RightOperand, depth, cancellation) is { } r:
                return binary.OperatorKind switch
                {
                    BinaryOperatorKind.Add => l + r,
                    BinaryOperatorKind.Subtract => l - r,
                    BinaryOperatorKind.Multiply => l * r,
                    BinaryOperatorKind.Divide when r != 0 => IsInteger(binary.Type) ? Math.Truncate(l / r) : l / r,
                    _ => null,
                };
            default:
                return value!.Unwrapped() is { ConstantValue.HasValue: true } unwrapped && !ReferenceEquals(unwrapped, value) ? Number(unwrapped, depth, cancellation) : null;
        }
    }

    private static bool IsInteger(ITypeSymbol? type) => type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;
}

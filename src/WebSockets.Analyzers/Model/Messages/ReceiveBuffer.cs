using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WebSockets.Analyzers.Model.Messages;

/// <summary>The buffer of a receive: the variables that name the same bytes, and what is done with them.</summary>
internal sealed class ReceiveBuffer
{
    private static readonly HashSet<string> Slices = new(StringComparer.Ordinal)
    {
        "AsSpan", "AsMemory", "Slice", "AsEnumerable", "Take", "Skip", "ToArray", "ToList", "AsReadOnly", "AsReadOnlySpan", "AsReadOnlyMemory", "Clone", "TakeWhile", "Where", "Select", "Reverse", "ToImmutableArray", "GetSubArray", "TrimEnd", "Trim",
    };

    private static readonly HashSet<string> Decoders = new(StringComparer.Ordinal)
    {
        "GetString", "GetChars", "GetCharCount", "Convert", "Deserialize", "DeserializeAsync", "DeserializeObject", "Parse", "ParseFrom", "Unpack", "ToBase64String", "ToHexString", "ToHexStringLower", "FromUtf8", "Decode", "ParseValue", "WriteAllBytes", "WriteAllBytesAsync", "MergeFrom",
    };

    private static readonly HashSet<string> Collectors = new(StringComparer.Ordinal)
    {
        "Write", "WriteAsync", "AddRange", "Append", "CopyTo", "TryCopyTo", "Copy", "BlockCopy", "ConstrainedCopy", "Concat", "Enqueue", "InsertRange", "AppendData", "AppendChunk",
    };

    // A helper of a helper is the most that code about one buffer has.
    private const int MaxDepth = 3;

    private readonly CompilationModel _model;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<ISymbol> _names = new(SymbolEqualityComparer.Default);
    private readonly IInvocationOperation _receive;
    private readonly IOperation _root;
    private List<BufferUse>? _uses;
    private int _depth;
    private int _helpers;

    private ReceiveBuffer(IInvocationOperation receive, IOperation argument, CompilationModel model, CancellationToken cancellation)
    {
        _receive = receive;
        _root = receive.Root();
        _model = model;
        _cancellation = cancellation;
        Argument = argument;
        Holder = Storage(argument);
        if (Holder is null) return;
        _names.Add(Holder);
        FindNames();
    }

    /// <summary>The value of the receive's buffer parameter.</summary>
    public IOperation Argument { get; }

    /// <summary>The variable that the receive names; null where the buffer has no name.</summary>
    public ISymbol? Holder { get; }

    /// <summary>What is done with the bytes in this function, the receives themselves apart.</summary>
    public IReadOnlyList<BufferUse> Uses => _uses ??= FindUses();

    public static ReceiveBuffer? Of(IInvocationOperation receive, CompilationModel model, CancellationToken cancellation) =>
        receive.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == (receive.TargetMethod is { IsExtensionMethod: true, ReducedFrom: null } ? 1 : 0))?.Value is { } argument
            ? new(receive, argument, model, cancellation)
            : null;

    public bool IsName(IOperation? value) => value is not null && Sockets.Holder(value) is { } holder && _names.Contains(holder);

    /// <summary>Is that expression made of the buffer: it itself, or a segment, memory or slice of it?</summary>
    public bool Names(IOperation? value) => Storage(value) is { } storage && _names.Contains(storage);

    /// <summary>The buffer is the caller's: it decides what the bytes mean.</summary>
    public bool IsFromOutside => _names.Any(n => n is IParameterSymbol p && p.ContainingSymbol is IMethodSymbol { MethodKind: not (MethodKind.AnonymousFunction or MethodKind.LocalFunction) } && p.Type.TypeKind != TypeKind.TypeParameter);

    /// <summary>The number of bytes that it can take, where a constant says it.</summary>
    public int? Size
    {
        get
        {
            foreach (var creation in Origins().SelectMany(o => o.DescendantsAndSelf()))
            {
                if (creation is IArrayCreationOperation { DimensionSizes: [{ ConstantValue: { HasValue: true, Value: int size } }] }) return size;
                if (creation is IInvocationOperation { TargetMethod: { Name: "Empty", ContainingType.Name: "Array" } }) return 0;
            }
            return null;
        }
    }

    /// <summary>The expressions that make the buffer.</summary>
    public IEnumerable<IOperation> Origins()
    {
        yield return Argument;
        foreach (var name in _names)
        {
            foreach (var value in ValuesOf(name)) yield return value;
        }
    }

    /// <summary>The variable in which the bytes of an expression are: behind segments, memories, spans, slices and conversions.</summary>
    public static ISymbol? Storage(IOperation? value)
    {
        while (value is not null)
        {
            value = value.Unwrapped();
            switch (value)
            {
                case IObjectCreationOperation { Type.Name: "ArraySegment" or "Memory" or "ReadOnlyMemory" or "Span" or "ReadOnlySpan", Arguments: [var first, ..] }:
                    value = first.Value;
                    break;
                case IInvocationOperation call when call.TargetMethod.Name is "AsSpan" or "AsMemory" or "Slice" or "AsArraySegment" or "AsArray":
                    value = call.Receiver() ?? call.Arguments.FirstOrDefault()?.Value;
                    break;
                case IPropertyReferenceOperation { Property.Name: "Span" or "Memory" or "Array" or "Value", Instance: { } instance } property when Sockets.Holder(property) is null:
                    value = instance;
                    break;
                case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } instance, Arguments: [{ Value.Type.Name: "Range" }] }:
                    value = instance;
                    break;
                case IImplicitIndexerReferenceOperation { Instance: { } instance, Argument.Type.Name: "Range" }:
                    value = instance;
                    break;
                case IArrayElementReferenceOperation { ArrayReference: { } array, Indices: [{ Type.Name: "Range" }] }:
                    value = array;
                    break;
                case IFieldReferenceOperation or IPropertyReferenceOperation:
                    return Sockets.Holder(value);
                default:
                    return Sockets.Holder(value);
            }
        }
        return null;
    }

    private IEnumerable<IOperation> ValuesOf(ISymbol name)
    {
        foreach (var operation in _root.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, name) && (declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer)?.Value is { } initial:
                    yield return initial;
                    break;
                case ISimpleAssignmentOperation assignment when Sockets.IsHeldBy(assignment.Target, name):
                    yield return assignment.Value;
                    break;
            }
        }
        if (name is IFieldSymbol && _model.Definitions.Initializer(name, _cancellation) is { } initializer) yield return initializer;
    }

    private void FindNames()
    {
        // Both ways: "segment = new ArraySegment<byte>(buffer)" names the buffer whichever of the two the receive takes.
        for (bool grew = true; grew;)
        {
            grew = false;
            _cancellation.ThrowIfCancellationRequested();
            foreach (var name in _names.ToList())
                foreach (var value in ValuesOf(name))
                    if (Storage(value) is { } storage && storage is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol && !IsSeparate(value) && _names.Add(storage)) grew = true;
            foreach (var operation in _root.Descendants())
            {
                if (operation is IVariableDeclaratorOperation { Symbol: var local, Initializer.Value: { } initial } && !_names.Contains(local) && IsView(initial) && Storage(initial) is { } storage && _names.Contains(storage)) grew |= _names.Add(local);
            }
        }
    }

    /// <summary>A copy, which later receives do not change.</summary>
    private static bool IsSeparate(IOperation value) => value.Unwrapped() is IInvocationOperation { TargetMethod.Name: "ToArray" or "Clone" };

    /// <summary>Another view of all the bytes. A slice that names a length is what arrived, not the buffer.</summary>
    private bool IsView(IOperation value) => !IsSeparate(value) && !Limits(value);

    private bool Limits(IOperation value)
    {
        value = value.Unwrapped();
        return value switch
        {
            IObjectCreationOperation { Arguments: [var bytes, _, var count] } => !IsLength(count.Value, bytes.Value),
            IInvocationOperation call => call.Arguments.Any(a => a.Parameter is { Name: "length" or "count" or "range" } && !IsLength(a.Value, call.Receiver())) || call.Receiver() is { } inner && Limits(inner),
            IPropertyReferenceOperation { Property.IsIndexer: true } or IImplicitIndexerReferenceOperation or IArrayElementReferenceOperation => true,
            IPropertyReferenceOperation { Instance: { } instance } => Limits(instance),
            _ => false,
        };
    }

    /// <summary>
    /// A number that has nothing to do with what arrived: a constant, or the length of the buffer, of what is taken here, or of an array of such a length.
    /// Any other one may be the count, whatever it is called.
    /// </summary>
    private bool IsLength(IOperation value, IOperation? whole) => value.ConstantValue.HasValue
        || value.Unwrapped() is IPropertyReferenceOperation { Property.Name: "Length" or "LongLength" or "Count" } length && Storage(length.Instance) is { } measured
        && (_names.Contains(measured) || SymbolEqualityComparer.Default.Equals(measured, Storage(whole)) || IsAsLong(measured, whole));

    private bool IsAsLong(ISymbol array, IOperation? whole)
    {
        if (_depth >= MaxDepth || array is not ILocalSymbol || ValuesOf(array).ToList() is not { Count: > 0 } values) return false;
        _depth++;
        bool same = values.All(v => v.Unwrapped() is IArrayCreationOperation { DimensionSizes: [var size] } && IsLength(size, whole));
        _depth--;
        return same;
    }

    private List<BufferUse> FindUses()
    {
        var uses = new List<BufferUse>();
        if (_names.Count == 0) return uses;
        foreach (var operation in _root.Descendants())
        {
            _cancellation.ThrowIfCancellationRequested();
            if (operation is not (ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation) || !IsName(operation) || operation.IsWritten()) continue;
            if (UseOf(operation) is { } use) uses.Add(use);
        }
        return uses;
    }

    /// <summary>Follows the bytes from the place that names them to what takes them; null where they are not used there.</summary>
    private BufferUse? UseOf(IOperation reference)
    {
        var bytes = reference;
        bool limited = false;
        bool copied = false;
        while (true)
        {
            switch (bytes.Parent)
            {
                case IConversionOperation or IParenthesizedOperation or IConditionalAccessOperation:
                    bytes = bytes.Parent;
                    continue;
                case IUnaryOperation or ICoalesceOperation:
                    bytes = bytes.Parent;
                    continue;
                case IPropertyReferenceOperation { Property.IsIndexer: true } or IImplicitIndexerReferenceOperation or IArrayElementReferenceOperation:
                    if (!IsRange(bytes.Parent)) return null;
                    limited = true;
                    bytes = bytes.Parent;
                    continue;
                case IPropertyReferenceOperation { Property.Name: "Span" or "Memory" or "Array" or "Value" } property:
                    bytes = property;
                    continue;
                // Length, Count, Offset: a question about the buffer.
                case IPropertyReferenceOperation:
                    return null;
                case IInvocationOperation call when ReferenceEquals(call.Instance, bytes):
                    if (!Slices.Contains(call.TargetMethod.Name)) return Collectors.Contains(call.TargetMethod.Name) ? new(BufferUseKind.Collected, reference, bytes, call, !limited) : null;
                    limited |= Limits(call) || call.TargetMethod.Name is "TakeWhile" or "Where" or "Trim" or "TrimEnd";
                    copied |= IsSeparate(call);
                    bytes = call;
                    continue;
                case IArgumentOperation { Parent: IInvocationOperation call } argument:
                    if (IsReceive(call)) return null;
                    if (IsSlice(call, argument))
                    {
                        limited |= call.Arguments.Any(a => a.Parameter is { Name: "length" or "count" or "range" or "predicate" } && !IsLength(a.Value, argument.Value));
                        copied |= IsSeparate(call);
                        bytes = call;
                        continue;
                    }
                    return Taken(reference, bytes, call, argument, limited);
                case IArgumentOperation { Parent: IObjectCreationOperation creation } argument:
                    if (creation.Type?.Name is "ArraySegment" or "Memory" or "ReadOnlyMemory" or "Span" or "ReadOnlySpan" or "ReadOnlySequence" or "List")
                    {
                        limited |= Limits(creation);
                        bytes = creation;
                        continue;
                    }
                    var kind = creation.Type?.Name is "MemoryStream" or "Utf8JsonReader" or "String" or "BinaryData" or "UnmanagedMemoryStream" or "ReadOnlyMemoryContent" or "ByteArrayContent" ? BufferUseKind.Decoded : BufferUseKind.Passed;
                    return new(kind, reference, bytes, creation, !limited && !HasCount(creation.Arguments, argument));
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                    // A name of the buffer itself is followed by its own uses.
                    if (_names.Contains(local)) return null;
                    return OfSlice(reference, bytes, local, limited, copied);
                case ISimpleAssignmentOperation assignment when !ReferenceEquals(assignment.Target, bytes):
                    if (IsName(assignment.Target)) return null;
                    return assignment.Target is ILocalReferenceOperation target
                        ? OfSlice(reference, bytes, target.Local, limited, copied)
                        : new(BufferUseKind.Passed, reference, bytes, null, !limited);
                case IReturnOperation or ITupleOperation or IArrayInitializerOperation:
                    return new(BufferUseKind.Passed, reference, bytes, null, !limited);
                default:
                    return null;
            }
        }
    }

    /// <summary>A slice or copy in a local: what becomes of that one. The first use that says something decides.</summary>
    private BufferUse? OfSlice(IOperation reference, IOperation bytes, ILocalSymbol local, bool limited, bool copied)
    {
        if (_depth >= MaxDepth) return null;
        BufferUse? best = null;
        _depth++;
        foreach (var use in reference.Root().Descendants().OfType<ILocalReferenceOperation>())
        {
            if (!SymbolEqualityComparer.Default.Equals(use.Local, local) || use.IsWritten() || UseOf(use) is not { } found) continue;
            var whole = !limited && (found.IsWhole || copied);
            if (best is null || found.Kind < best.Kind) best = found with { Reference = reference, Bytes = bytes, IsWhole = whole, Site = bytes is IInvocationOperation or IObjectCreationOperation ? bytes : found.Site };
        }
        _depth--;
        return best;
    }

    private BufferUse? Taken(IOperation reference, IOperation bytes, IInvocationOperation call, IArgumentOperation argument, bool limited)
    {
        var method = call.TargetMethod;
        bool whole = !limited && !HasCount(call.Arguments, argument);
        if (method.Name is "Clear" or "Return" or "Resize" or "Fill" or "Dispose" or "IsNullOrEmpty" or "IndexOf" or "LastIndexOf" or "SequenceEqual" or "Equals" or "ReferenceEquals" or "KeepAlive" or "ThrowIfNull" or "Rent" or "GetBytes") return null;
        if (_model.Types.IsOrInherits(method.ContainingType, Api.WebSocket) || method.Name is "SendAsync" or "Send" or "SendToAsync") return new(BufferUseKind.Forwarded, reference, bytes, call, whole);
        // "Array.Copy(source, …, buffer, …)" fills the buffer, which is no use of what is in it.
        if (argument.Parameter?.Name is "destinationArray" or "dst" or "destination" or "dest") return null;
        if (Collectors.Contains(method.Name) && !IsOurs(method))
        {
            // A helper that fills a stream of its own makes an object of it.
            if (_helpers > 0 && call.Receiver() is ILocalReferenceOperation) return new(BufferUseKind.Decoded, reference, bytes, call, whole);
            var into = call.Receiver()?.Type;
            bool leads = into is not null && into.Name is "NetworkStream" or "SslStream" or "PipeWriter" or "FileStream" or "WebSocketStream" or "Socket";
            return new(leads ? BufferUseKind.Forwarded : BufferUseKind.Collected, reference, bytes, call, whole && CopiesAll(call, argument));
        }
        // A decoder keeps what is incomplete for the next call.
        if (method.ContainingType?.Name == "Decoder" && method.Name is "GetChars" or "Convert") return new(BufferUseKind.Collected, reference, bytes, call, whole);
        if ((Decoders.Contains(method.Name) || method.Name == "ToString" && method.ContainingType?.Name == "BitConverter") && !IsOurs(method)) return new(BufferUseKind.Decoded, reference, bytes, call, whole);
        if (IsOurs(method) && argument.Parameter is { } parameter && InHelper(method, parameter) is { } inside) return inside with { Reference = reference, Bytes = bytes, Consumer = call, Site = call, IsWhole = whole && inside.IsWhole };
        return new(BufferUseKind.Passed, reference, bytes, call, whole);
    }

    /// <summary>What a method of this compilation does with the bytes that it is given.</summary>
    private BufferUse? InHelper(IMethodSymbol method, IParameterSymbol parameter)
    {
        if (_depth >= MaxDepth || method.IsVirtual || method.IsAbstract || method.IsOverride || Bodies.Of(method, _model, _cancellation) is not { } body) return null;
        BufferUse? best = null;
        _depth++;
        _helpers++;
        foreach (var use in body.Descendants().OfType<IParameterReferenceOperation>())
        {
            if (use.Parameter.Ordinal != parameter.Ordinal || !SymbolEqualityComparer.Default.Equals(use.Parameter.ContainingSymbol.OriginalDefinition, method.OriginalDefinition)) continue;
            if (UseOf(use) is { } found && (best is null || found.Kind < best.Kind)) best = found;
        }
        _helpers--;
        _depth--;
        return best;
    }

    private bool IsOurs(IMethodSymbol method) => method.MethodKind == MethodKind.LocalFunction || SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _model.Compilation.Assembly);

    private bool IsReceive(IInvocationOperation call) => _model.Sockets.IsReceive(call) || call.TargetMethod.Name == _receive.TargetMethod.Name;

    private static bool IsSlice(IInvocationOperation call, IArgumentOperation argument) =>
        call.TargetMethod.IsExtensionMethod && call.Instance is null && argument.Parameter?.Ordinal == 0 && Slices.Contains(call.TargetMethod.Name);

    private static bool IsRange(IOperation indexer) => indexer switch
    {
        IPropertyReferenceOperation p => p.Arguments is [{ Value.Type.Name: "Range" }],
        IImplicitIndexerReferenceOperation i => i.Argument.Type?.Name == "Range",
        IArrayElementReferenceOperation a => a.Indices is [{ Type.Name: "Range" }],
        _ => false,
    };

    /// <summary>Beside the bytes stands a number of them that is not the buffer's own length.</summary>
    private bool HasCount(IEnumerable<IArgumentOperation> arguments, IArgumentOperation bytes) =>
        arguments.Any(a => !ReferenceEquals(a, bytes) && a.ArgumentKind == ArgumentKind.Explicit && IsCount(a.Value, bytes.Value));

    private bool IsCount(IOperation value, IOperation whole)
    {
        value = value.Unwrapped();
        // The result itself tells the other one how much there is.
        if (value.Type?.Name is "WebSocketReceiveResult" or "ValueWebSocketReceiveResult") return true;
        if (value is IPropertyReferenceOperation { Property: { Name: "Offset", ContainingType.Name: "ArraySegment" } }) return false;
        if (value.Type?.SpecialType is not (SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt32 or SpecialType.System_UInt64) && value.Type?.Name != "Range") return false;
        return !IsLength(value, whole);
    }

    /// <summary>Copies of a fixed part, such as a header, are not "the whole".</summary>
    private static bool CopiesAll(IInvocationOperation call, IArgumentOperation bytes) =>
        !call.Arguments.Any(a => !ReferenceEquals(a, bytes) && a.Parameter is { Name: "length" or "count" } && a.Value.ConstantValue.HasValue);
}

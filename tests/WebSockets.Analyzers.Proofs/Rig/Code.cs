using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WebSockets.Analyzers.Proofs.Rig;

/// <summary>A piece of code that can be compiled and run: a page's block, or what a fix made of one. Its durations are scaled already.</summary>
internal sealed record Code(string Text, bool IsProgram, string? Uses, Scale Scale)
{
    /// <summary>The configuration files beside it.</summary>
    public ImmutableSortedDictionary<string, string> Beside { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    // The language and the settings under which the pages are tested.
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp12);

    /// <summary>What a compilation of the block references: what this process runs on, without the tools that a program has not.</summary>
    public IEnumerable<MetadataReference> References =>
        from path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Distinct()
        let name = Path.GetFileNameWithoutExtension(path)
        where !Tools.Any(tool => name.StartsWith(tool, StringComparison.OrdinalIgnoreCase))
        where Uses == "polly" || !name.StartsWith("Polly", StringComparison.Ordinal)
        select Reference(path);

    public CSharpCompilationOptions CompilationOptions => new(
        IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable);

    // xunit among them: in a project that references a test framework the rules are silent.
    private static readonly string[] Tools = ["WebSockets.Analyzers", "Microsoft.CodeAnalysis", "Microsoft.Testing", "Microsoft.VisualStudio", "xunit", "System.Composition", "Humanizer", "testhost"];

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, MetadataReference> Files = new();

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<(Code Code, Uri? Address), (string Name, byte[] Image)> Images = new();

    private static int Count;

    private static MetadataReference Reference(string path) => Files.GetOrAdd(path, p => MetadataReference.CreateFromFile(p));

    /// <summary>Compiles and loads it.</summary>
    /// <param name="address">What stands in for every host under <c>example.com</c> or <c>example.org</c> in the code's string literals: a block that names its server cannot be given another one in a call.</param>
    public Loaded Load(Uri? address = null)
    {
        var (name, image) = Compile(address);
        var context = new AssemblyLoadContext(name, isCollectible: true);
        return new(context, context.LoadFromStream(new MemoryStream(image)));
    }

    /// <summary>The assembly's name and image. What was compiled once is not compiled again: fifty clients of one program are no reason.</summary>
    public (string Name, byte[] Image) Compile(Uri? address) => Images.GetOrAdd((this, address), key => key.Code.CompileAnew(key.Address));

    private (string Name, byte[] Image) CompileAnew(Uri? address)
    {
        var tree = CSharpSyntaxTree.ParseText(address is null ? Text : Redirect(Text, address), ParseOptions);
        var compilation = CSharpCompilation.Create($"Proven{Interlocked.Increment(ref Count)}", [tree], References, CompilationOptions);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
        {
            throw new InvalidOperationException("The code does not compile:\n"
                + string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)) + "\n\n" + tree);
        }
        return (compilation.AssemblyName!, image.ToArray());
    }

    private static string Redirect(string text, Uri address)
    {
        var root = CSharpSyntaxTree.ParseText(text, ParseOptions).GetRoot();
        var literals = root.DescendantNodes().OfType<LiteralExpressionSyntax>().Where(l => Example(l) is not null).ToList();
        return root.ReplaceNodes(literals, (literal, _) =>
        {
            var example = Example(literal)!;
            var scheme = example.Scheme.StartsWith("ws", StringComparison.Ordinal) ? "ws" : "http";
            var redirected = $"{scheme}://{address.Authority}{example.PathAndQuery}";
            return SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(redirected)).WithTriviaFrom(literal);
        }).ToFullString();
    }

    private static Uri? Example(LiteralExpressionSyntax literal) =>
        literal.Token.Value is string text && Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Host.EndsWith("example.com", StringComparison.Ordinal) || uri.Host.EndsWith("example.org", StringComparison.Ordinal)) ? uri : null;
}

/// <summary>Code that is loaded: its members, private ones too, can be called by name.</summary>
internal sealed class Loaded(AssemblyLoadContext context, Assembly assembly) : IDisposable
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly | BindingFlags.DoNotWrapExceptions;

    private readonly Dictionary<string, object> _instances = [];

    public Assembly Assembly => assembly;

    public Type Type(string name) => assembly.GetTypes().SingleOrDefault(t => t.Name == name) ?? throw Absent(name);

    /// <summary>The object of that type on which members are called; made with these arguments at first.</summary>
    public object The(string type, params object?[] arguments)
    {
        if (_instances.TryGetValue(type, out var instance)) return instance;
        return _instances[type] = Activator.CreateInstance(Type(type), (All | BindingFlags.CreateInstance) & ~BindingFlags.Static, null, arguments, null)!;
    }

    /// <summary>Calls <c>Type.Method</c>; a method that is not static on <see cref="The"/> object of its type.</summary>
    public object? Call(string member, params object?[] arguments)
    {
        var (type, name) = member.Split('.') is [var t, var m] ? (t, m) : throw new ArgumentException($"'{member}' is not Type.Method.");
        var method = Type(type).GetMethods(All).SingleOrDefault(x => x.Name == name && x.GetParameters().Length == arguments.Length) ?? throw Absent(member);
        return method.Invoke(method.IsStatic ? null : The(type), All | BindingFlags.InvokeMethod, null, arguments, null);
    }

    /// <summary>The value of a field.</summary>
    public T Field<T>(string member)
    {
        var (type, name) = member.Split('.') is [var t, var m] ? (t, m) : throw new ArgumentException($"'{member}' is not Type.Field.");
        var field = Type(type).GetField(name, All) ?? throw Absent(member);
        return (T)field.GetValue(field.IsStatic ? null : The(type))!;
    }

    public async Task<T> CallAsync<T>(string member, params object?[] arguments) => await (Task<T>)Call(member, arguments)!;

    public Task CallAsync(string member, params object?[] arguments) => (Task)Call(member, arguments)!;

    /// <summary>Runs the top-level statements on a thread of their own, for they may block.</summary>
    public Task MainAsync(params string[] arguments)
    {
        var entry = assembly.EntryPoint ?? throw Absent("top-level statements");
        return Task.Factory.StartNew(
            () => { entry.Invoke(null, All | BindingFlags.InvokeMethod, null, [arguments], null); },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public void Dispose() => context.Unload();

    private InvalidOperationException Absent(string what) =>
        new($"The code has no {what}. It has: {string.Join(", ", assembly.GetTypes().SelectMany(t => t.GetMethods(All).Select(m => $"{t.Name}.{m.Name}/{m.GetParameters().Length}")))}");
}

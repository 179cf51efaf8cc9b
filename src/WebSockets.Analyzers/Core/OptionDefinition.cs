using Microsoft.CodeAnalysis.Diagnostics;

namespace WebSockets.Analyzers.Core;

/// <summary>An option of <c>.editorconfig</c> or <c>.globalconfig</c>.</summary>
/// <param name="Name">The name behind the prefix <c>websockets_analyzers.</c></param>
/// <param name="AcceptedForm">What a value looks like, in the words of a message: "a duration such as 60s, 2m or 00:01:00".</param>
/// <param name="DefaultText">The default as a user would write it.</param>
/// <param name="Meaning">What the option decides, for the documentation.</param>
internal abstract record OptionDefinition(string Name, string AcceptedForm, string DefaultText, string Meaning)
{
    public const string Prefix = "websockets_analyzers.";

    public string Key => Prefix + Name;

    public abstract bool Accepts(string text);
}

/// <inheritdoc/>
internal sealed record OptionDefinition<T>(string Name, string AcceptedForm, string DefaultText, string Meaning, OptionDefinition<T>.Reader Read)
    : OptionDefinition(Name, AcceptedForm, DefaultText, Meaning)
{
    public delegate bool Reader(string text, out T value);

    public T Default { get; } = Read(DefaultText, out var value) ? value : throw new ArgumentException($"The default '{DefaultText}' of {Name} cannot be read.");

    public override bool Accepts(string text) => Read(text, out _);

    /// <summary>The value in force. A malformed one counts as not set; WS9002 reports it.</summary>
    public T From(AnalyzerConfigOptions options) => options.TryGetValue(Key, out var text) && Read(text.Trim(), out var value) ? value : Default;
}

/// <summary>The options in force for one file.</summary>
internal sealed class OptionSet(AnalyzerConfigOptions options)
{
    public T Get<T>(OptionDefinition<T> definition) => definition.From(options);
}

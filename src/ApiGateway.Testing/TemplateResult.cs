using System.Collections.Frozen;

namespace ApiGateway.Testing;

/// <summary>What a mapping template made.</summary>
public sealed class TemplateResult
{
    private static readonly FrozenDictionary<string, IReadOnlyList<string>> NoHeaders = FrozenDictionary<string, IReadOnlyList<string>>.Empty;
    private static readonly FrozenDictionary<string, string> NoTexts = FrozenDictionary<string, string>.Empty;

    internal TemplateResult(string text) => Text = text;

    /// <summary>Gets the text: the body that goes to the backend, or to the client.</summary>
    public string Text { get; }

    /// <summary>Gets the status that the template set in <c>$context.responseOverride.status</c>.</summary>
    /// <value>From 100 to 599; <see langword="null"/> if it set none, or one that is ignored because it is no whole number in that range.</value>
    public int? Status { get; internal init; }

    /// <summary>Gets what the template set in <c>$context.responseOverride.header</c>: the lines of each header. A list gives several lines.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ResponseHeaders { get; internal init; } = NoHeaders;

    /// <summary>Gets what the template set in <c>$context.requestOverride.header</c>: the lines of each header. A list gives several lines.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> RequestHeaders { get; internal init; } = NoHeaders;

    /// <summary>Gets what the template set in <c>$context.requestOverride.querystring</c>.</summary>
    public IReadOnlyDictionary<string, string> RequestQuery { get; internal init; } = NoTexts;

    /// <summary>Gets what the template set in <c>$context.requestOverride.path</c>: values of the placeholders in the backend's URI.</summary>
    public IReadOnlyDictionary<string, string> RequestPath { get; internal init; } = NoTexts;

    /// <summary>Returns <see cref="Text"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text;
}

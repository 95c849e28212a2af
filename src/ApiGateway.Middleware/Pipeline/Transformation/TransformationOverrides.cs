using System.Buffers;
using System.Globalization;
using ApiGateway.Middleware.Languages.Templates.Variables;
using ApiGateway.Middleware.Languages.Values;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Transformation;

/// <summary>Reads what templates have set in <c>$context.requestOverride</c> and <c>$context.responseOverride</c>.</summary>
internal static class TransformationOverrides
{
    private const int MinStatus = 200;
    private const int MaxStatus = 599;

    // RFC 9110 5.6.2.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    /// <summary>Gets the entries of <c>header</c>, <c>querystring</c> or <c>path</c>.</summary>
    public static ReadOnlySpan<KeyValuePair<string, Value>> Of(ValueMap overrides, string location) =>
        overrides.Get(location).Map is { } map ? map.Entries : default;

    /// <summary>Gets the texts of a value: of a list one for each item.</summary>
    public static StringValues ValuesOf(Value value)
    {
        if (value.List is not { } list)
        {
            return value.ToText();
        }

        var texts = new string[list.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = list[i].ToText();
        }

        return texts;
    }

    /// <summary>Finds the status; one that is no whole number, or not from 200 to 599, counts as none.</summary>
    /// <remarks>An interim status (1xx) in the place of the last one would make the client wait for another answer.</remarks>
    public static int? Status(ContextOverrides? overrides) =>
        overrides?.Response.Get("status") is { IsNull: false } value
        && int.TryParse(value.ToText(), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
        && status is >= MinStatus and <= MaxStatus ? status : null;

    /// <summary>Tells whether one member was set twice.</summary>
    public static bool IsRepeated(ContextOverrides overrides) => IsRepeated(overrides.Request) || IsRepeated(overrides.Response);

    public static bool IsHeaderName(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(TokenCharacters);

    private static bool IsRepeated(ValueMap map)
    {
        if (map.IsOverwritten)
        {
            return true;
        }

        foreach (var (_, value) in map.Entries)
        {
            if (value.Map is { IsOverwritten: true })
            {
                return true;
            }
        }

        return false;
    }
}

using System.Buffers;
using ApiGateway.Middleware.Languages.Json;
using ApiGateway.Middleware.Languages.Schemas.Formats;
using ApiGateway.Middleware.Languages.Schemas.Patterns;

namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

/// <summary>What a node asks of strings.</summary>
internal sealed class StringRules(int minLength, int maxLength, SchemaPattern[] patterns, SchemaFormat[] formats)
{
    private const int StackBytes = 256;

    /// <summary>Judges the content of a string; a match that takes too long is reported apart.</summary>
    public PatternResult Check(ReadOnlySpan<byte> content, bool escaped)
    {
        if (!AllowsLength(content, escaped) || !AllowsFormat(content, escaped))
        {
            return PatternResult.NoMatch;
        }

        foreach (var pattern in patterns)
        {
            var result = pattern.Match(content, escaped);
            if (result != PatternResult.Match)
            {
                return result;
            }
        }

        return PatternResult.Match;
    }

    private bool AllowsLength(ReadOnlySpan<byte> content, bool escaped)
    {
        // A code point has one to four bytes, or up to twelve as escapes: most strings need no counting.
        if (content.Length <= maxLength && content.Length / (escaped ? 12 : 4) >= minLength)
        {
            return true;
        }

        var length = JsonText.CountCodePoints(content, escaped);
        return length >= minLength && length <= maxLength;
    }

    private bool AllowsFormat(ReadOnlySpan<byte> content, bool escaped)
    {
        if (formats.Length == 0)
        {
            return true;
        }

        if (!escaped)
        {
            return MatchesFormats(content);
        }

        var rented = content.Length > StackBytes ? ArrayPool<byte>.Shared.Rent(content.Length) : null;
        var buffer = rented ?? stackalloc byte[StackBytes];
        var allowed = MatchesFormats(buffer[..JsonText.Unescape(content, buffer)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return allowed;
    }

    private bool MatchesFormats(ReadOnlySpan<byte> text)
    {
        foreach (var format in formats)
        {
            if (!Format.IsMatch(format, text))
            {
                return false;
            }
        }

        return true;
    }
}

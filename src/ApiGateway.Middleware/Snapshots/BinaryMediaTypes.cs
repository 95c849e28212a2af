using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>The media types whose bodies are bytes and not text; <c>BinaryMediaTypes</c> of an API.</summary>
/// <remarks>
/// An entry is a type, all types of a family (<c>image/*</c>), or everything (<c>*/*</c>, which also covers a missing header). Any
/// other wildcard matches nothing. A wildcard in the client's own header is a name like any other and is not expanded: recorded.
/// </remarks>
internal sealed class BinaryMediaTypes
{
    private readonly bool _all;
    private readonly string[] _types;

    // With the slash at the end.
    private readonly string[] _families;

    private BinaryMediaTypes(IEnumerable<string> entries)
    {
        var all = entries.Select(static entry => entry.Trim()).ToArray();
        _all = all.Contains("*/*", StringComparer.Ordinal);
        _families = [.. all.Where(static entry => entry.EndsWith("/*", StringComparison.Ordinal)).Select(static entry => entry[..^1])];
        _types = [.. all.Where(static entry => !entry.Contains('*', StringComparison.Ordinal))];
    }

    /// <returns>The types, or <see langword="null"/> if there are none.</returns>
    public static BinaryMediaTypes? Create(ICollection<string> entries) => entries.Count == 0 ? null : new(entries);

    /// <summary>Tells whether a body of this <c>Content-Type</c> is bytes. Parameters do not count.</summary>
    public bool MatchesContentType(StringValues contentType) => Matches(FirstType(contentType));

    /// <summary>Tells whether a client with this <c>Accept</c> wants bytes. Only the first type counts, whatever its weight: recorded.</summary>
    public bool MatchesAccept(StringValues accept)
    {
        var first = FirstLine(accept);
        var end = first.IndexOf(',');
        return Matches(WithoutParameters(end < 0 ? first : first[..end]));
    }

    private bool Matches(ReadOnlySpan<char> type)
    {
        if (_all)
        {
            return true;
        }

        foreach (var entry in _types)
        {
            if (type.Equals(entry, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        foreach (var family in _families)
        {
            if (type.StartsWith(family, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> FirstType(StringValues values) => WithoutParameters(FirstLine(values));

    private static ReadOnlySpan<char> FirstLine(StringValues values) => values.Count > 0 ? values[0] : default;

    private static ReadOnlySpan<char> WithoutParameters(ReadOnlySpan<char> type)
    {
        var end = type.IndexOf(';');
        return (end < 0 ? type : type[..end]).Trim();
    }
}

namespace ApiGateway.Middleware.Snapshots;

/// <summary>The media types whose bodies are binary; <c>binaryMediaTypes</c>, as recorded with the managed service.</summary>
internal sealed class LambdaBinaryTypes(string[] types)
{
    private const string Everything = "*/*";

    private readonly bool _matchesAll = types.Contains(Everything, StringComparer.Ordinal);

    /// <summary>Tells whether a request's body is binary. <c>*/*</c> matches a missing type, too.</summary>
    public bool MatchContentType(string? contentType) => _matchesAll || Match(contentType.AsSpan());

    /// <summary>Tells whether the client takes binary: only the first type that it accepts counts, and its wildcards are not expanded.</summary>
    public bool MatchAccept(string? accept)
    {
        var first = accept.AsSpan();
        var comma = first.IndexOf(',');
        return _matchesAll || Match(comma < 0 ? first : first[..comma]);
    }

    private bool Match(ReadOnlySpan<char> type)
    {
        var parameters = type.IndexOf(';');
        type = (parameters < 0 ? type : type[..parameters]).Trim();
        if (type.IsEmpty || type.Contains('*'))
        {
            return false;
        }

        foreach (var known in types)
        {
            // '*/subtype' never matches.
            if (type.Equals(known, StringComparison.OrdinalIgnoreCase)
                || (known.EndsWith("/*", StringComparison.Ordinal) && known[0] != '*'
                    && type.StartsWith(known.AsSpan(0, known.Length - 1), StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return false;
    }
}

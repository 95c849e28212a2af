using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>Which origins may read the answers of an API. Source: Fetch standard, "CORS protocol"; RFC 6454 for the form of origins.</summary>
internal sealed class CorsPlan
{
    /// <summary>Gets whether every origin may. The answer is then the same for all of them.</summary>
    public required bool AllowsAnyOrigin { get; init; }

    /// <summary>Gets the origins, in the form in which browsers send them.</summary>
    public required FrozenSet<string> Origins { get; init; }

    /// <summary>Gets what stands before and behind the subdomain of origins such as <c>https://*.example.com</c>.</summary>
    public required (string Start, string End)[] Wildcards { get; init; }

    /// <summary>Gets the starts, such as <c>https://</c>, with which any origin is allowed.</summary>
    public string[] Schemes { get; init; } = [];

    /// <summary>Gets whether only requests that name their origin get any of the headers, and integrations never set one.
    /// Else the headers that are the same for all stand on every answer.</summary>
    public bool NeedsOrigin { get; init; }

    /// <summary>Gets what preflights of routes are told once their authorizer lets them in, or <see langword="null"/> if routes answer themselves.</summary>
    public PreflightPlan? Preflight { get; init; }

    public required bool AllowCredentials { get; init; }

    /// <summary>Gets the response headers that scripts may read, or <see langword="null"/>.</summary>
    public required string? ExposeHeaders { get; init; }

    /// <summary>Gets the value of <c>Access-Control-Allow-Origin</c> for a request.</summary>
    /// <param name="origin">The request's header <c>Origin</c>.</param>
    /// <param name="allowed">The value; a string that exists already.</param>
    public bool TryAllow(in StringValues origin, [NotNullWhen(true)] out string? allowed)
    {
        if (AllowsAnyOrigin && (!NeedsOrigin || origin.Count > 0))
        {
            allowed = "*";
            return true;
        }

        allowed = origin is [{ } only] && (Origins.Contains(only) || IsBelowWildcard(only) || HasScheme(only)) ? only : null;
        return allowed is not null;
    }

    private bool IsBelowWildcard(string origin)
    {
        foreach (ref readonly var wildcard in Wildcards.AsSpan())
        {
            if (origin.Length > wildcard.Start.Length + wildcard.End.Length
                && origin.StartsWith(wildcard.Start, StringComparison.Ordinal)
                && origin.EndsWith(wildcard.End, StringComparison.Ordinal)
                && IsHost(origin.AsSpan(wildcard.Start.Length, origin.Length - wildcard.Start.Length - wildcard.End.Length)))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasScheme(string origin)
    {
        foreach (var scheme in Schemes)
        {
            if (origin.Length > scheme.Length && origin.StartsWith(scheme, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    // Else 'https://evil.example/.example.com' would pass: browsers send no such origin, but nothing may depend on that.
    private static bool IsHost(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('-' or '.' or '_'))
            {
                return false;
            }
        }

        return text is [not '.', ..] && text[^1] != '.';
    }
}

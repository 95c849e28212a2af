using System.Buffers;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Context;

/// <summary>The request target as it was received, cut once into path and query; every step reads this one value.</summary>
/// <remarks>The path starts after what the host has already cut off (<c>PathBase</c>), and keeps its percent-encoding.</remarks>
internal readonly struct RequestTarget
{
    // What RFC 3986 allows in a path, besides characters that clients send unencoded and servers accept.
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/%[]^`\"<>|{}");

    private static readonly SearchValues<char> ForbiddenInQuery = SearchValues.Create("|{}\\");

    private readonly int _pathStart;
    private readonly int _pathEnd;

    private RequestTarget(string raw, int pathStart, int pathEnd)
    {
        Raw = raw;
        _pathStart = pathStart;
        _pathEnd = pathEnd;
    }

    /// <summary>Gets the whole target.</summary>
    public string Raw { get; }

    /// <summary>Gets where the path starts in <see cref="Raw"/>.</summary>
    public int PathStart => _pathStart;

    /// <summary>Gets where the path ends in <see cref="Raw"/>.</summary>
    public int PathEnd => _pathEnd;

    public ReadOnlySpan<char> Path => Raw.AsSpan(_pathStart, _pathEnd - _pathStart);

    /// <summary>Gets the query with its question mark, or nothing.</summary>
    public ReadOnlySpan<char> Query => Raw.AsSpan(_pathEnd);

    /// <summary>Reads the target of a request.</summary>
    public static RequestTarget Of(HttpContext http)
    {
        var request = http.Request;
        var raw = http.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (string.IsNullOrEmpty(raw))
        {
            return Rebuilt(request);
        }

        var start = raw[0] == '/' ? 0 : PathOfAbsoluteForm(raw);
        var end = raw.AsSpan(start).IndexOf('?');
        end = end < 0 ? raw.Length : start + end;

        if (request.PathBase.HasValue)
        {
            start = SkipSegments(raw, start, end, request.PathBase.Value.AsSpan().Count('/'));
        }

        // A middleware before the gateway may have rewritten the path: then its word counts, not the client's.
        var path = raw.AsSpan(start, end - start);
        return IsPathOf(request, path) ? new RequestTarget(raw, start, end) : Rebuilt(request);
    }

    /// <summary>Tells whether the path could mean another thing to the next reader: dot segments, backslashes, controls, or
    /// escapes that do not decode (RFC 3986 5.2.4, RFC 9110 17.1).</summary>
    public bool IsMalformed()
    {
        var path = Path;
        if (path.ContainsAnyExcept(PathCharacters) || Query.ContainsAny(ForbiddenInQuery) || Query.ContainsAnyExceptInRange('!', '~'))
        {
            return true;
        }

        return path.Contains('%') ? EscapedPath.IsMalformed(path) : DotSegments.IsIn(path);
    }

    private static bool IsPathOf(HttpRequest request, ReadOnlySpan<char> path)
    {
        var parsed = request.Path.Value.AsSpan();
        if (path.SequenceEqual(parsed))
        {
            return true;
        }

        // Servers decode the path and remove its dot segments; both are only comparable where they did not have to.
        return path.Contains('%') ? EscapedPath.DecodesTo(path, parsed) : DotSegments.IsIn(path) || (path.IsEmpty && parsed is "/");
    }

    private static RequestTarget Rebuilt(HttpRequest request)
    {
        var path = request.Path.ToUriComponent();
        return new RequestTarget(path + request.QueryString.Value, 0, path.Length);
    }

    private static int PathOfAbsoluteForm(string raw)
    {
        var scheme = raw.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return raw.Length;
        }

        var path = raw.AsSpan(scheme + 3).IndexOfAny('/', '?');
        return path < 0 ? raw.Length : scheme + 3 + path;
    }

    private static int SkipSegments(string raw, int start, int end, int count)
    {
        for (; count > 0 && start < end; count--)
        {
            var next = raw.AsSpan(start + 1, end - start - 1).IndexOf('/');
            start = next < 0 ? end : start + 1 + next;
        }

        return start;
    }
}

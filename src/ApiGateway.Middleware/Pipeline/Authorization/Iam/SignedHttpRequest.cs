using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Pipeline.Authorization.Iam;

/// <summary>What a signature covers, beside the body: as it came over the wire, nothing decoded.</summary>
internal readonly struct SignedHttpRequest
{
    private readonly string _target;
    private readonly int _pathStart;
    private readonly int _pathEnd;

    /// <param name="method">The method as it was sent.</param>
    /// <param name="rawTarget">The whole target as it was sent, with what the host has cut off (<c>PathBase</c>).</param>
    /// <param name="headers">The headers, each in the order of arrival.</param>
    /// <param name="isTls">Whether the connection is encrypted.</param>
    public SignedHttpRequest(string method, string rawTarget, IHeaderDictionary headers, bool isTls)
    {
        Method = method;
        Headers = headers;
        IsTls = isTls;
        _target = rawTarget;
        _pathStart = rawTarget is ['/', ..] ? 0 : PathOfAbsoluteForm(rawTarget);
        var query = rawTarget.AsSpan(_pathStart).IndexOf('?');
        _pathEnd = query < 0 ? rawTarget.Length : _pathStart + query;
    }

    public string Method { get; }

    public IHeaderDictionary Headers { get; }

    public bool IsTls { get; }

    public ReadOnlySpan<char> Path => _target.AsSpan(_pathStart, _pathEnd - _pathStart);

    /// <summary>Gets the query without its question mark, or nothing.</summary>
    public ReadOnlySpan<char> Query => _pathEnd < _target.Length ? _target.AsSpan(_pathEnd + 1) : default;

    private static int PathOfAbsoluteForm(string target)
    {
        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return 0;
        }

        var path = target.AsSpan(scheme + 3).IndexOfAny('/', '?');
        return path < 0 ? target.Length : scheme + 3 + path;
    }
}

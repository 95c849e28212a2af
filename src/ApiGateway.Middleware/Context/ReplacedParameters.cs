using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Context;

/// <summary>What a request had before mapped headers and query parameters took its place, to be put back.</summary>
internal sealed class ReplacedParameters
{
    private readonly List<KeyValuePair<string, StringValues>> _headers = [];
    private QueryString _query;

    /// <summary>Lets the application's code see the mapped parameters.</summary>
    public void Apply(HttpRequest request, IntegrationRequest outgoing)
    {
        _headers.Clear();
        _query = request.QueryString;
        foreach (ref readonly var header in outgoing.Headers.Items)
        {
            _headers.Add(new(header.Key, request.Headers[header.Key]));
            request.Headers[header.Key] = header.Value;
        }

        if (outgoing.ReplacedQuery is { } replaced)
        {
            request.QueryString = new QueryString(replaced);
        }

        if (outgoing.Query.Count > 0)
        {
            request.QueryString = new QueryString(outgoing.QueryAfter(request.QueryString.Value));
        }

        if (outgoing.ReplacedPath is { } path)
        {
            // Whoever calls this puts the path back.
            request.Path = PathString.FromUriComponent(path);
        }
    }

    public void Restore(HttpRequest request)
    {
        foreach (var (name, values) in _headers)
        {
            request.Headers[name] = values;
        }

        _headers.Clear();
        request.QueryString = _query;
    }
}

using System.Collections.Frozen;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Responses;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>Takes from an answer's head what belongs to the answer: not what the server, the gateway or the application adds to every answer.</summary>
internal sealed class RecordedHeaders
{
    // RFC 9110 7.6.1, and what a server makes of each answer.
    private static readonly FrozenSet<string> OfTheConnection = new[]
    {
        "Connection", "Date", "Keep-Alive", "Proxy-Authenticate", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Age", "Warning",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly KeyValuePair<string, StringValues>[] _before;

    /// <summary>Remembers what is there before the integration is asked.</summary>
    public RecordedHeaders(IHeaderDictionary headers)
    {
        _before = new KeyValuePair<string, StringValues>[headers.Count];
        headers.CopyTo(_before, 0);
    }

    public IEnumerable<KeyValuePair<string, StringValues>> Before => _before;

    /// <summary>Gets the answer's own headers.</summary>
    /// <param name="context">The request.</param>
    /// <param name="diagnostic">The name of the diagnostic header, or <see langword="null"/>.</param>
    /// <param name="headers">All headers.</param>
    public KeyValuePair<string, StringValues>[] Of(GatewayContext context, string? diagnostic, IHeaderDictionary headers)
    {
        // The length of an answer to HEAD is that of a body which is not there.
        var isHead = HttpMethods.IsHead(context.Http.Request.Method);
        var own = new List<KeyValuePair<string, StringValues>>(headers.Count);
        foreach (var (name, values) in headers)
        {
            if (OfTheConnection.Contains(name) || BackendResponse.IsOwn(context, name) || name.Equals(diagnostic, StringComparison.OrdinalIgnoreCase)
                || (!isHead && name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            var kept = WithoutEarlier(name, values);
            if (kept.Count > 0)
            {
                // Of the trace of the request that is answered, not of the one that was.
                own.Add(new(name, name.Equals(HeaderNames.TraceId, StringComparison.OrdinalIgnoreCase) ? CachedResponseWriter.OwnTrace : kept));
            }
        }

        return [.. own];
    }

    private StringValues WithoutEarlier(string name, StringValues values)
    {
        foreach (var (earlier, lines) in _before)
        {
            if (!earlier.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var count = 0;
            while (count < lines.Count && count < values.Count && lines[count] == values[count])
            {
                count++;
            }

            return count == lines.Count ? values.ToArray().AsSpan(count).ToArray() : values;
        }

        return values;
    }
}

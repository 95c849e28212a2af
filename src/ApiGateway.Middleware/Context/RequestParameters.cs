using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Context;

/// <summary>Reads the parameters that definitions call <c>method.request.{path|querystring|header}.{name}</c>.</summary>
/// <remarks>
/// Names count with their case. Headers are the exception where the case is not the client's: the server writes the names of
/// well-known headers in one way, and HTTP/2 (RFC 9113 8.2.1) and HTTP/3 know lower case only.
/// </remarks>
internal static class RequestParameters
{
    /// <summary>Finds a header's lines, or none.</summary>
    public static StringValues Header(GatewayContext context, string name)
    {
        var request = context.Http.Request;
        if (!request.Headers.TryGetValue(name, out var values))
        {
            return StringValues.Empty;
        }

        if (request.Protocol is not ("HTTP/1.1" or "HTTP/1.0"))
        {
            return values;
        }

        foreach (ref readonly var header in context.Headers.Of(request.Headers))
        {
            if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Key == name || ServerHeaderNames.Contain(header.Key) ? values : StringValues.Empty;
            }
        }

        return StringValues.Empty;
    }

    /// <summary>Finds a header's last line, or nothing.</summary>
    public static string? LastHeader(GatewayContext context, string name)
    {
        var values = Header(context, name);
        return values.Count == 0 ? null : values[^1];
    }

    /// <summary>Finds a query parameter's last value, decoded, or <see langword="null"/>.</summary>
    public static string? LastQuery(GatewayContext context, string name)
    {
        string? found = null;
        foreach (var parameter in new QueryParameters(context.Target.Query))
        {
            if (parameter.IsNamed(name))
            {
                found = QueryParameters.Decode(parameter.Value);
            }
        }

        return found;
    }

    /// <summary>Finds all values of a query parameter, decoded, in their order.</summary>
    public static StringValues AllQuery(GatewayContext context, string name)
    {
        var found = StringValues.Empty;
        foreach (var parameter in new QueryParameters(context.Target.Query))
        {
            if (parameter.IsNamed(name))
            {
                found = StringValues.Concat(found, QueryParameters.Decode(parameter.Value));
            }
        }

        return found;
    }

    /// <summary>Finds a path variable's value as it was received, or <see langword="null"/>.</summary>
    public static string? Path(GatewayContext context, string name)
    {
        foreach (ref readonly var variable in (context.MatchedRoute?.PathVariables ?? []).AsSpan())
        {
            if (variable.Name == name)
            {
                return context.TextOf(variable);
            }
        }

        return null;
    }
}

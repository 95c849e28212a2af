using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>Fills in a backend's address. Scheme and authority are in the plan; a request adds to path and query only.</summary>
internal static class BackendUri
{
    private const int OnStack = 512;

    /// <summary>Builds the address of a request.</summary>
    /// <param name="context">The request, which gives path variables.</param>
    /// <param name="plan">The address.</param>
    /// <param name="query">The client's query with its question mark, or nothing.</param>
    public static Uri Build(GatewayContext context, UriPlan plan, ReadOnlySpan<char> query)
    {
        query = query.Length > 1 ? query[1..] : default;
        if (plan.Fixed is { } complete && query.IsEmpty)
        {
            return complete;
        }

        var length = query.Length + 1;
        var variables = context.Route.PathVariables;
        foreach (ref readonly var part in plan.Parts.AsSpan())
        {
            length += part.Variable < 0 ? part.Text.Length : context.ValueOf(variables[part.Variable]).Length;
        }

        var buffer = length <= OnStack ? stackalloc char[OnStack] : new char[length];
        var at = 0;
        foreach (ref readonly var part in plan.Parts.AsSpan())
        {
            var text = part.Variable < 0 ? part.Text : context.ValueOf(variables[part.Variable]);
            text.CopyTo(buffer[at..]);
            at += text.Length;
        }

        if (!query.IsEmpty)
        {
            buffer[at++] = plan.HasQuery ? '&' : '?';
            query.CopyTo(buffer[at..]);
            at += query.Length;
        }

        return new Uri(new string(buffer[..at]), UriPlan.AsWritten);
    }
}

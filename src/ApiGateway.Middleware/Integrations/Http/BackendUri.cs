using System.Text;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>Fills in a backend's address. Scheme and authority are in the plan; a request adds to path and query only.</summary>
internal static class BackendUri
{
    private const int OnStack = 512;

    /// <summary>Builds the address of a request.</summary>
    /// <param name="context">The request, which gives path variables and mapped parameters.</param>
    /// <param name="plan">The address.</param>
    /// <param name="query">The client's query with its question mark, or nothing.</param>
    /// <returns>The address, or <see langword="null"/> if mapped parameters make its path mean another place.</returns>
    public static Uri? Build(GatewayContext context, UriPlan plan, ReadOnlySpan<char> query)
    {
        query = query.Length > 1 ? query[1..] : default;
        var mapped = context.Outgoing is { Query.Count: > 0 } outgoing ? outgoing.QueryAfter(null).AsSpan(1) : default;
        if (context.Outgoing?.ReplacedPath is { } path)
        {
            return WithPath(context, plan, path, query);
        }

        if (plan.Fixed is { } complete && query.IsEmpty && mapped.IsEmpty)
        {
            return complete;
        }

        var length = query.Length + mapped.Length + 2;
        foreach (ref readonly var part in plan.Parts.AsSpan())
        {
            length += TextOf(context, part).Length;
        }

        var buffer = length <= OnStack ? stackalloc char[OnStack] : new char[length];
        var at = 0;
        foreach (ref readonly var part in plan.Parts.AsSpan())
        {
            var text = TextOf(context, part);
            text.CopyTo(buffer[at..]);
            at += text.Length;
        }

        if (context.Outgoing is { Path.Count: > 0 } && LeadsElsewhere(buffer[..at], plan.Parts[0].Text))
        {
            return null;
        }

        at = AppendQuery(buffer, at, query, plan.HasQuery);
        at = AppendQuery(buffer, at, mapped, plan.HasQuery || !query.IsEmpty);
        return new Uri(new string(buffer[..at]), UriPlan.AsWritten);
    }

    // Of the address nothing is left but scheme, authority and query.
    private static Uri? WithPath(GatewayContext context, UriPlan plan, string path, ReadOnlySpan<char> query)
    {
        if (path.Contains('%', StringComparison.Ordinal) ? EscapedPath.IsMalformed(path) : DotSegments.IsIn(path))
        {
            return null;
        }

        var address = new StringBuilder();
        foreach (ref readonly var part in plan.Parts.AsSpan())
        {
            address.Append(TextOf(context, part));
        }

        var start = PathStart(plan.Parts[0].Text);
        var own = plan.HasQuery ? address.ToString(start, address.Length - start) : "";
        own = own[(own.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? at : own.Length)..];
        address.Length = start;
        address.Append(path).Append(own);
        if (!query.IsEmpty)
        {
            address.Append(own.Length > 0 ? '&' : '?').Append(query);
        }

        return new Uri(address.ToString(), UriPlan.AsWritten);
    }

    private static int AppendQuery(Span<char> buffer, int at, ReadOnlySpan<char> query, bool isMore)
    {
        if (query.IsEmpty)
        {
            return at;
        }

        buffer[at++] = isMore ? '&' : '?';
        query.CopyTo(buffer[at..]);
        return at + query.Length;
    }

    private static ReadOnlySpan<char> TextOf(GatewayContext context, in UriPart part)
    {
        var text = ValueOf(context, part);

        // Of a request that is signed with the gateway's keys, no caller adds parameters.
        return part.IsQueryValue && text.ContainsAny('&', '+')
            ? text.ToString().Replace("&", "%26", StringComparison.Ordinal).Replace("+", "%2B", StringComparison.Ordinal) : text;
    }

    private static ReadOnlySpan<char> ValueOf(GatewayContext context, in UriPart part)
    {
        if (part.Parameter is { } name && context.Outgoing is { Path.Count: > 0 } outgoing && outgoing.Path.TryGet(name, out var values))
        {
            return values.ToString();
        }

        return part.IsRequestPath ? context.BelowStage[1..] : part.Variable < 0 ? part.Text : context.ValueOf(context.Route.PathVariables[part.Variable]);
    }

    // The request's own path was checked when it arrived; a value from elsewhere could still be a dot segment.
    private static bool LeadsElsewhere(ReadOnlySpan<char> address, string first)
    {
        var path = address[PathStart(first)..];
        var query = path.IndexOf('?');
        path = query < 0 ? path : path[..query];
        return path.Contains('%') ? EscapedPath.IsMalformed(path) : DotSegments.IsIn(path);
    }

    private static int PathStart(string first)
    {
        var authority = first.IndexOf("://", StringComparison.Ordinal) + "://".Length;
        return authority + first.AsSpan(authority).IndexOf('/');
    }
}

using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>Writes the key of a request. Allocates nothing, but for variables of <c>$context</c> and names of parameters that are escaped.</summary>
internal static class RequestCacheKey
{
    // What a trusted proxy says of the address that the client sees: backends make links of it.
    private static readonly string[] Forwarded = ["X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Prefix", "Forwarded"];

    /// <summary>Writes the key.</summary>
    /// <param name="context">The request.</param>
    /// <param name="plan">What answers depend on.</param>
    /// <param name="caller">Who calls, if the key has that.</param>
    /// <param name="builder">Takes the key.</param>
    public static void Write(GatewayContext context, CacheKeyPlan plan, string? caller, ref CacheKeyBuilder builder)
    {
        builder.AppendFixed(plan.Prefix);
        builder.AppendNumber(context.Method);
        if (plan.HasTarget)
        {
            AppendTarget(context, ref builder);
        }

        if (plan.HasQuery)
        {
            builder.AppendEscaped(context.Target.Query);
        }

        if (plan.HasCaller)
        {
            builder.Append(caller);
        }

        foreach (ref readonly var part in plan.Parts.AsSpan())
        {
            switch (part.Place)
            {
                case CacheKeyPlace.Path:
                    AppendPath(context, part.Name, ref builder);
                    break;
                case CacheKeyPlace.Query:
                    AppendQuery(context, part.Name, ref builder);
                    break;
                case CacheKeyPlace.Header:
                    AppendHeader(context.Http.Request.Headers[part.Name], ref builder);
                    break;
                default:
                    AppendText(ContextVariables.Find(context, part.Name), ref builder);
                    break;
            }
        }
    }

    /// <summary>Writes the lines of a header.</summary>
    public static void AppendHeader(in StringValues lines, ref CacheKeyBuilder builder)
    {
        builder.AppendNumber(lines.Count);
        for (var i = 0; i < lines.Count; i++)
        {
            builder.Append(lines[i]);
        }
    }

    /// <summary>Writes a text, or that there is none.</summary>
    public static void AppendText(string? text, ref CacheKeyBuilder builder)
    {
        if (text is null)
        {
            builder.AppendAbsent();
        }
        else
        {
            builder.Append(text);
        }
    }

    private static void AppendTarget(GatewayContext context, ref CacheKeyBuilder builder)
    {
        var request = context.Http.Request;
        builder.AppendNumber(request.IsHttps ? 1 : 0);
        builder.Append(request.Host.Value);
        builder.Append(request.PathBase.Value);
        builder.AppendEscaped(context.Target.Path);
        if (context.Snapshot.ClientAddress.TrustsAnybody)
        {
            foreach (var name in Forwarded)
            {
                AppendHeader(request.Headers[name], ref builder);
            }
        }
    }

    private static void AppendPath(GatewayContext context, string name, ref CacheKeyBuilder builder)
    {
        foreach (ref readonly var variable in context.Route.PathVariables.AsSpan())
        {
            if (variable.Name == name)
            {
                builder.AppendEscaped(context.ValueOf(variable));
                return;
            }
        }

        builder.AppendAbsent();
    }

    // All values in their order: which of them counts is the backend's business.
    private static void AppendQuery(GatewayContext context, string name, ref CacheKeyBuilder builder)
    {
        var place = builder.BeginNumber();
        var count = 0;
        foreach (var parameter in new QueryParameters(context.Target.Query))
        {
            if (parameter.IsNamed(name))
            {
                builder.AppendEscaped(parameter.Value);
                count++;
            }
        }

        builder.EndNumber(place, count);
    }
}

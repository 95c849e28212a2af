using ApiGateway.Middleware.Context;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>The host that a request asks, as events have it.</summary>
internal static class EventHost
{
    /// <summary>Gets the host without its port. Cut by hand: <c>HostString</c> makes a new text for each.</summary>
    public static ReadOnlySpan<char> Of(GatewayContext context)
    {
        var host = context.Http.Request.Host.Value.AsSpan();
        var colon = host.LastIndexOf(':');
        return colon < 0 || host[colon..].Contains(']') ? host : host[..colon];
    }

    /// <summary>Gets the first label of a host.</summary>
    public static ReadOnlySpan<char> Prefix(ReadOnlySpan<char> host)
    {
        var dot = host.IndexOf('.');
        return dot < 0 ? host : host[..dot];
    }
}

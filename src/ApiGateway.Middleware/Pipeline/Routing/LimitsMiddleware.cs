using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Pipeline.Routing;

/// <summary>Is the request within the limits of size, and does it mean one thing only?</summary>
/// <remarks>Source: "Amazon API Gateway quotas and important notes"; RFC 9112 for what cannot be told apart safely.</remarks>
internal sealed class LimitsMiddleware(GatewayDelegate next, GatewayResponseWriter responses)
{
    public Task InvokeAsync(GatewayContext context)
    {
        var target = context.Target;
        if (target.Raw.Length > ManagedLimits.UriCharacters)
        {
            return responses.RejectAsync(context, GatewayRefusal.UriTooLong);
        }

        var request = context.Http.Request;
        if (HeaderValueBytes(context) > ManagedLimits.HeaderValueBytes)
        {
            return responses.RejectAsync(context, GatewayRefusal.HeadersTooLarge);
        }

        // Kestrel settles a request that has both itself; other servers may hand both on.
        if (target.IsMalformed() || (request.ContentLength is not null && request.Headers.TransferEncoding.Count > 0))
        {
            return responses.RejectAsync(context, GatewayRefusal.BadRequest);
        }

        if (request.ContentLength > context.Api.MaxRequestBodyBytes)
        {
            return responses.RejectAsync(context, GatewayRefusal.RequestTooLarge);
        }

        // The gateway has its own limits, by route; the server's would cut uploads off in the middle.
        if (context.HasRequestBody && context.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        return next(context);
    }

    private static int HeaderValueBytes(GatewayContext context)
    {
        var total = 0;
        foreach (ref readonly var header in context.Headers.Of(context.Http.Request.Headers))
        {
            // Servers decode header values one character per byte, or as UTF-8 where the host says so.
            foreach (var value in header.Value)
            {
                total += value?.Length ?? 0;
            }
        }

        return total;
    }
}

using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;
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

        if (target.IsMalformed() || IsFramedInDoubt(request))
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

    // A length beside a transfer coding, or a coding other than chunked, may mean another body to the next reader (RFC 9112 6.1, 6.3).
    // Kestrel does not refuse the former: it moves the length to X-Content-Length.
    private static bool IsFramedInDoubt(HttpRequest request)
    {
        var coding = request.Headers.TransferEncoding;
        return coding.Count > 0
            && (request.ContentLength is not null
                || request.Headers.ContainsKey("X-Content-Length")
                || !"chunked".Equals(coding.ToString(), StringComparison.OrdinalIgnoreCase));
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

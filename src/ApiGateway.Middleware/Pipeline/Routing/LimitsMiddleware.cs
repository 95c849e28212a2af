using System.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Pipeline.Routing;

/// <summary>Is the request within the limits of size, and does it mean one thing only?</summary>
/// <remarks>Source: "Amazon API Gateway quotas and important notes"; RFC 9112 for what cannot be told apart safely.</remarks>
internal sealed class LimitsMiddleware(GatewayDelegate next, GatewayResponseWriter responses)
{
    // RFC 9110 5.6.2. Kestrel lets other visible characters pass in names, too.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    public Task InvokeAsync(GatewayContext context)
    {
        var target = context.Target;
        var limits = context.Api.Limits;
        if (target.Raw.Length > limits.UriCharacters)
        {
            return responses.RejectAsync(context, GatewayRefusal.UriTooLong);
        }

        var request = context.Http.Request;
        var bytes = HeaderValueBytes(context, out var hasIllegalName) + (limits.CountsRequestLine ? LineBytes(request, target) : 0);
        if (bytes > limits.HeaderBytes)
        {
            return responses.RejectAsync(context, GatewayRefusal.HeadersTooLarge);
        }

        if (IsFramedInDoubt(request))
        {
            // Where this request ends is in doubt, so nothing behind it may count as another one (RFC 9112 6.3).
            context.Http.Response.Headers.Connection = "close";
            return responses.RejectAsync(context, GatewayRefusal.BadRequest);
        }

        if (hasIllegalName || target.IsMalformed())
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

    // Method, target and version, with the spaces between them.
    private static int LineBytes(HttpRequest request, in RequestTarget target) =>
        request.Method.Length + 1 + target.Raw.Length + 1 + request.Protocol.Length;

    private static int HeaderValueBytes(GatewayContext context, out bool hasIllegalName)
    {
        var total = 0;
        hasIllegalName = false;
        foreach (ref readonly var header in context.Headers.Of(context.Http.Request.Headers))
        {
            hasIllegalName |= header.Key.AsSpan().ContainsAnyExcept(TokenCharacters);

            // Servers decode header values one character per byte, or as UTF-8 where the host says so.
            foreach (var value in header.Value)
            {
                total += value?.Length ?? 0;
            }
        }

        return total;
    }
}

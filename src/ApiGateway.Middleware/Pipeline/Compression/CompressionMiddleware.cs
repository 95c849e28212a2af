using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Buffers.Coding;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Pipeline.Compression;

/// <summary>Undoes the coding of request bodies, so that later steps see the body itself, and codes response bodies.</summary>
/// <remarks>Source: "Call an API method with a compressed payload", "Receive an API response with a compressed payload".</remarks>
internal sealed class CompressionMiddleware(GatewayDelegate next, GatewayResponseWriter responses)
{
    public Task InvokeAsync(GatewayContext context)
    {
        if (context.Api.Compression is not { } plan)
        {
            return next(context);
        }

        return context.Http.Request.Headers.ContentEncoding.Count > 0 ? DecodeAsync(context, plan) : ContinueAsync(context, plan);
    }

    private Task ContinueAsync(GatewayContext context, CompressionPlan plan)
    {
        var request = context.Http.Request;
        var coding = AcceptEncoding.Choose(request.Headers.AcceptEncoding, plan.AllowsBrotli);
        return coding == ContentCoding.Identity || HttpMethods.IsHead(request.Method) || LeavesHttp(context.Http)
            ? next(context)
            : EncodeAsync(context, plan, coding);
    }

    private async Task DecodeAsync(GatewayContext context, CompressionPlan plan)
    {
        var request = context.Http.Request;
        if (!ContentCodings.TryRead(request.Headers.ContentEncoding, plan.AllowsBrotli, out var coding))
        {
            await responses.RejectAsync(context, GatewayRefusal.UnsupportedMediaType);
            return;
        }

        if (coding != ContentCoding.Identity && context.HasRequestBody && await UndoAsync(context, coding) is { } refusal)
        {
            await responses.RejectAsync(context, refusal);
            return;
        }

        request.Headers.Remove("Content-Encoding");
        context.Headers.Reset();
        await ContinueAsync(context, plan);
    }

    private static async ValueTask<GatewayRefusal?> UndoAsync(GatewayContext context, ContentCoding coding)
    {
        if (!await context.Body.HoldAsync(context, ManagedLimits.PayloadBytes))
        {
            return GatewayRefusal.RequestTooLarge;
        }

        var decoded = new PooledBufferWriter();
        var result = BodyDecoder.Decode(coding, context.Body.Bytes, decoded, ManagedLimits.PayloadBytes);
        if (result != DecodingResult.Done)
        {
            decoded.Dispose();
            return result == DecodingResult.TooLarge ? GatewayRefusal.RequestTooLarge : GatewayRefusal.UnsupportedMediaType;
        }

        context.Body.Adopt(context.Http, decoded);
        var request = context.Http.Request;
        request.Headers.Remove("Transfer-Encoding");
        request.ContentLength = decoded.Length;
        return null;
    }

    private async Task EncodeAsync(GatewayContext context, CompressionPlan plan, ContentCoding coding)
    {
        var features = context.Http.Features;
        var body = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var response = features.GetRequiredFeature<IHttpResponseFeature>();
        using var encoded = new EncodedBody(context.Http, response, body, coding, plan.MinimumSize);
        features.Set<IHttpResponseBodyFeature>(encoded);
        features.Set<IHttpResponseFeature>(new EncodedResponse(response, encoded));
        try
        {
            await next(context);
            encoded.Finish();
        }
        finally
        {
            features.Set(body);
            features.Set(response);
        }
    }

    // What follows an upgrade is no HTTP body.
    private static bool LeavesHttp(HttpContext http) =>
        http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        || http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };
}

using ApiGateway.Middleware.Context;

namespace ApiGateway.Middleware.Responses;

/// <summary>The headers that tell a client the ids of its request, where an API has them.</summary>
internal static class IdHeaders
{
    public static void Add(GatewayContext context)
    {
        if (!context.Api.ResponseIds)
        {
            return;
        }

        var headers = context.Http.Response.Headers;
        var names = context.Api.IdHeaders;
        headers[names.RequestId] = context.RequestId;
        if (names.ExtendedRequestId is { } extended)
        {
            headers[extended] = context.ExtendedRequestId;
        }
    }

    public static void Remove(GatewayContext context)
    {
        var headers = context.Http.Response.Headers;
        var names = context.Api.IdHeaders;
        headers.Remove(names.RequestId);
        if (names.ExtendedRequestId is { } extended)
        {
            headers.Remove(extended);
        }
    }
}

using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Responses;

/// <summary>Writes body and headers of a customized answer.</summary>
internal static class CustomizedResponse
{
    private const string DefaultContentType = "application/json";

    public static void Write(GatewayContext context, GatewayResponsePlan plan)
    {
        var variables = new RefusalVariables(context);
        using var text = new PooledBufferWriter();
        ref readonly var body = ref Choose(plan.Bodies, context.Http.Request.Headers.Accept);
        body.Template.Write(variables, text);
        ResponseBody.Write(context.Http, body.ContentType, text.WrittenSpan);

        // After the body, so that a header which the definition names wins over the one that comes with the body.
        foreach (ref readonly var header in plan.Headers.AsSpan())
        {
            if (variables.Find(header.Value) is { Length: > 0 } value)
            {
                context.Http.Response.Headers[header.Name] = HeaderText.ForClient(value);
            }
        }
    }

    /// <summary>Chooses by the media type of the last line of <c>Accept</c>; else JSON; else the first body.</summary>
    private static ref readonly GatewayResponseBody Choose(GatewayResponseBody[] bodies, in StringValues accept)
    {
        if (bodies.Length > 1)
        {
            var type = MediaTypeOf(accept.Count > 0 ? accept[^1] : null);
            var index = IndexOf(bodies, type);
            index = index < 0 ? IndexOf(bodies, DefaultContentType) : index;
            return ref bodies[Math.Max(index, 0)];
        }

        return ref bodies[0];
    }

    private static int IndexOf(GatewayResponseBody[] bodies, ReadOnlySpan<char> type)
    {
        for (var i = 0; i < bodies.Length; i++)
        {
            if (type.Equals(bodies[i].ContentType, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    private static ReadOnlySpan<char> MediaTypeOf(ReadOnlySpan<char> accept)
    {
        var parameters = accept.IndexOf(';');
        return (parameters < 0 ? accept : accept[..parameters]).Trim();
    }
}

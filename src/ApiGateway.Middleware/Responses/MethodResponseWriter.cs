using System.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Responses;

/// <summary>Writes an answer that was held in memory on its way from the integration.</summary>
internal static class MethodResponseWriter
{
    /// <summary>Writes to the client.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status.</param>
    /// <param name="headers">The headers, legal already.</param>
    /// <param name="body">The body.</param>
    public static Task AnswerAsync(GatewayContext context, int status, ParameterList headers, ReadOnlyMemory<byte> body)
    {
        var response = context.Http.Response;
        response.StatusCode = status;
        foreach (ref readonly var header in headers.Items)
        {
            response.Headers[header.Key] = header.Value;
        }

        if (!MayHaveBody(status))
        {
            return Task.CompletedTask;
        }

        response.ContentLength = body.Length;
        if (body.IsEmpty || HttpMethods.IsHead(context.Http.Request.Method))
        {
            return Task.CompletedTask;
        }

        return response.BodyWriter.WriteAsync(body, context.Http.RequestAborted).AsTask();
    }

    /// <summary>Writes an answer that was ready before the request came.</summary>
    public static Task AnswerAsync(GatewayContext context, MockAnswer answer)
    {
        var response = context.Http.Response;
        response.StatusCode = answer.Status;
        foreach (ref readonly var header in answer.Headers.AsSpan())
        {
            response.Headers[header.Key] = header.Value;
        }

        // The server leaves the length out where there must be none.
        response.ContentLength = MayHaveBody(answer.Status) ? answer.Body.Length : 0;
        if (response.ContentLength > 0 && !HttpMethods.IsHead(context.Http.Request.Method))
        {
            response.BodyWriter.Write(answer.Body.Span);
        }

        return Task.CompletedTask;
    }

    private static bool MayHaveBody(int status) => status is not (204 or 205 or 304);
}

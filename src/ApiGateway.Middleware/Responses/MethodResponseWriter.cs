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
    public static Task RespondAsync(GatewayContext context, int status, ParameterList headers, ReadOnlyMemory<byte> body)
    {
        var response = context.Http.Response;
        response.StatusCode = status;
        foreach (ref readonly var header in headers.Items)
        {
            response.Headers[header.Key] = header.Value;
        }

        if (MayHaveBody(status))
        {
            response.ContentLength = body.Length;
            return WriteAsync(context, body);
        }

        return Task.CompletedTask;
    }

    /// <summary>Writes the body behind headers that are on the response already.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status.</param>
    /// <param name="body">The body.</param>
    public static Task RespondAsync(GatewayContext context, int status, ReadOnlyMemory<byte> body)
    {
        var response = context.Http.Response;
        response.StatusCode = status;
        if (!MayHaveBody(status))
        {
            response.ContentLength = null;
            return Task.CompletedTask;
        }

        // The length of an answer to HEAD is that of a body which never comes.
        if (!HttpMethods.IsHead(context.Http.Request.Method))
        {
            response.ContentLength = body.Length;
        }

        return WriteAsync(context, body);
    }

    /// <summary>Writes an answer that was ready before the request came.</summary>
    public static Task RespondAsync(GatewayContext context, MockAnswer answer)
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

    private static Task WriteAsync(GatewayContext context, ReadOnlyMemory<byte> body) =>
        body.IsEmpty || HttpMethods.IsHead(context.Http.Request.Method)
            ? Task.CompletedTask : context.Http.Response.BodyWriter.WriteAsync(body, context.Http.RequestAborted).AsTask();

    private static bool MayHaveBody(int status) => status is not (204 or 205 or 304);
}

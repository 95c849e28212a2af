using System.Buffers;
using System.Globalization;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Responses;

/// <summary>Writes an answer that a cache has kept. Its bytes go into the server's buffers without another copy.</summary>
internal static class CachedResponseWriter
{
    // What is longer is written piece by piece, as the client takes it.
    private const int WrittenAtOnce = 32 * 1024;

    /// <summary>Stands in a kept answer for the trace of the request that is answered.</summary>
    public const string OwnTrace = "-";

    /// <summary>Writes the answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kept">The answer, not encrypted.</param>
    /// <param name="traceId">The trace of this request, for answers that carry one.</param>
    /// <param name="age">How old the answer is, or <see langword="null"/> to say nothing of it.</param>
    public static Task RespondAsync(GatewayContext context, CachedResponse kept, string? traceId, TimeSpan? age)
    {
        var response = context.Http.Response;
        response.StatusCode = kept.StatusCode;
        WriteHeaders(context, kept, traceId, age, isNotModified: false);
        if (!MayHaveBody(kept.StatusCode) || HttpMethods.IsHead(context.Http.Request.Method))
        {
            return Task.CompletedTask;
        }

        response.ContentLength = kept.Body.Length;
        if (kept.Body.Length > WrittenAtOnce)
        {
            return response.BodyWriter.WriteAsync(kept.Body, context.Http.RequestAborted).AsTask();
        }

        if (!kept.Body.IsEmpty)
        {
            // The server sends headers and body together when the request ends.
            response.BodyWriter.Write(kept.Body.Span);
        }

        return Task.CompletedTask;
    }

    /// <summary>Tells the client that what it has is still right: the headers without those of the body (RFC 9110 15.4.5).</summary>
    public static Task RespondNotModifiedAsync(GatewayContext context, CachedResponse kept, string? traceId, TimeSpan? age)
    {
        context.Http.Response.StatusCode = StatusCodes.Status304NotModified;
        WriteHeaders(context, kept, traceId, age, isNotModified: true);
        return Task.CompletedTask;
    }

    private static void WriteHeaders(GatewayContext context, CachedResponse kept, string? traceId, TimeSpan? age, bool isNotModified)
    {
        var headers = context.Http.Response.Headers;
        foreach (ref readonly var header in kept.Headers)
        {
            if (isNotModified && header.Key.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (header.Key.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase))
            {
                // The application may have set cookies of its own.
                headers.SetCookie = StringValues.Concat(headers.SetCookie, header.Value);
            }
            else if (header.Key.Equals(HeaderNames.TraceId, StringComparison.OrdinalIgnoreCase))
            {
                headers[HeaderNames.TraceId] = traceId;
            }
            else
            {
                headers[header.Key] = header.Value;
            }
        }

        if (context.Api.Cors is { } cors)
        {
            CorsHeaders.AddVary(headers, cors);
        }

        if (age is { } seconds)
        {
            headers.Age = ((long)seconds.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }

    private static bool MayHaveBody(int status) => status is not (StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified);
}

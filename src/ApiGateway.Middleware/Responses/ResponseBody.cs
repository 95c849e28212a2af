using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Responses;

/// <summary>Writes the body of an answer whose length is known, where method and status let it have one.</summary>
internal static class ResponseBody
{
    public static void Write(HttpContext http, string? contentType, ReadOnlySpan<byte> start, ReadOnlySpan<byte> end = default)
    {
        var response = http.Response;
        if (response.StatusCode is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified)
        {
            response.ContentLength = null;
            return;
        }

        // An answer to HEAD has the headers of one to GET (RFC 9110 9.3.2).
        response.Headers.ContentType = contentType;
        response.ContentLength = start.Length + end.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            // The server sends headers and body together when the request ends.
            response.BodyWriter.Write(start);
            response.BodyWriter.Write(end);
        }
    }
}

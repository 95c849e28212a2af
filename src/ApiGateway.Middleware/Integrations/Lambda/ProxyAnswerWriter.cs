using System.Buffers;
using System.Buffers.Text;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>Hands a function's answer to the client.</summary>
internal static class ProxyAnswerWriter
{
    private const string DefaultContentType = "application/json";

    /// <summary>Writes status and headers.</summary>
    public static void WriteHead(GatewayContext context, LambdaIntegrationPlan plan, ProxyAnswer answer, ILogger logger)
    {
        var response = context.Http.Response;
        response.StatusCode = answer.StatusCode;

        // Values of 'multiValueHeaders' come first, and their spelling of the name wins: recorded.
        foreach (var header in answer.Headers)
        {
            if (header.IsMulti)
            {
                Add(context, plan, header, logger);
            }
        }

        foreach (var header in answer.Headers)
        {
            if (!header.IsMulti && !answer.Headers.Contains(header with { IsMulti = true }))
            {
                Add(context, plan, header, logger);
            }
        }

        if (response.Headers.ContentType.Count == 0)
        {
            response.Headers.ContentType = DefaultContentType;
        }

        if (plan.IsAws)
        {
            response.Headers[HeaderNames.TraceId] = context.TraceId;
        }
    }

    /// <summary>Writes status and headers to the client of an HTTP API.</summary>
    public static void WriteHttpHead(GatewayContext context, ProxyAnswer answer, ILogger logger)
    {
        context.Http.Response.StatusCode = answer.StatusCode;

        // Each value has a line of its own, those of 'multiValueHeaders' last: observed.
        WriteHttpHeaders(context, answer, isMulti: false, logger);
        WriteHttpHeaders(context, answer, isMulti: true, logger);
    }

    /// <summary>Tells whether a body that the function calls base64 is decoded: only if the client asks for a binary type by its name.</summary>
    public static bool Decodes(GatewayContext context, LambdaIntegrationPlan plan, ProxyAnswer answer) =>
        answer.IsBase64Encoded && plan.BinaryTypes?.MatchesAccept(context.Http.Request.Headers.Accept) == true;

    /// <summary>Decodes the body into the buffer of the event, which is done with.</summary>
    /// <returns>Whether it was base64.</returns>
    public static bool TryDecode(LambdaCall call)
    {
        var source = call.Result.Body.Span;
        call.Event.Truncate(0);
        var status = Base64.DecodeFromUtf8(
            source, call.Event.GetSpan(Base64.GetMaxDecodedFromUtf8Length(source.Length)), out _, out var written);
        if (status != OperationStatus.Done)
        {
            return false;
        }

        call.Event.Advance(written);
        call.Result.Body = call.Event.WrittenMemory;
        return true;
    }

    /// <summary>Tells whether an answer of this status can have a body.</summary>
    public static bool MayHaveBody(int status) => status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified);

    private static void WriteHttpHeaders(GatewayContext context, ProxyAnswer answer, bool isMulti, ILogger logger)
    {
        var headers = context.Http.Response.Headers;
        foreach (var header in answer.Headers)
        {
            // A body has one type.
            if (header.IsMulti == isMulti && !LambdaHeaderRules.HttpAnswerDropped.Contains(header.Name)
                && !BackendResponse.IsOwn(context, header.Name)
                && !(headers.ContentType.Count > 0 && header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
            {
                Append(context, header.Name, header.Value, logger);
            }
        }
    }

    private static void Add(GatewayContext context, LambdaIntegrationPlan plan, in AnswerHeader header, ILogger logger)
    {
        var name = header.Name;
        if (LambdaHeaderRules.AnswerDropped.Contains(name) || BackendResponse.IsOwn(context, name))
        {
            return;
        }

        if (LambdaHeaderRules.AnswerRemapped.TryGetValue(name, out var remapped))
        {
            if (!plan.IsAws)
            {
                return;
            }

            name = remapped;
        }

        Append(context, name, header.Value, logger);
    }

    private static void Append(GatewayContext context, string name, string value, ILogger logger)
    {
        var headers = context.Http.Response.Headers;
        try
        {
            headers[name] = StringValues.Concat(headers[name], BackendResponse.Legal(value));
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The name is no token (RFC 9110 5.1): such a header could split the answer.
            Log.BackendHeaderDropped(logger, name, context.RequestId);
        }
    }
}

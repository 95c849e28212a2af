using System.Globalization;
using System.Text.Unicode;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Responses;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>What events of HTTP APIs have in common, whatever their format.</summary>
internal static class HttpEventParts
{
    /// <summary>Tells whether the client's header is one that events do not have, or that the gateway writes itself.</summary>
    public static bool IsOwn(string name) =>
        LambdaHeaderRules.HttpEventDropped.Contains(name) || ForwardedHeaders.IsOwn(name)
        || name.Equals(HeaderNames.TraceId, StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets the id of the trace: that of the client as it came, or a new one.</summary>
    public static string TraceIdOf(GatewayContext context, TimeProvider time) =>
        context.TraceId ??= context.Http.Request.Headers[HeaderNames.TraceId] is [{ Length: > 0 } received] ? received : TraceId.NewRoot(time);

    /// <summary>Writes the name of a header in the form of format 1.0, <c>X-Custom-Header</c>, however the client spells it: observed.</summary>
    public static void Canonicalize(string name, Span<char> target)
    {
        var isFirst = true;
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = isFirst ? char.ToUpperInvariant(name[i]) : char.ToLowerInvariant(name[i]);
            isFirst = name[i] == '-';
        }
    }

    /// <summary>Writes a number that is the value of a header, without quotes.</summary>
    public static ReadOnlySpan<char> Text(int number, Span<char> buffer) =>
        number.TryFormat(buffer, out var length, provider: CultureInfo.InvariantCulture) ? buffer[..length] : default;

    /// <summary>Writes the members <c>body</c> and <c>isBase64Encoded</c>.</summary>
    /// <param name="context">The request; its body is held.</param>
    /// <param name="target">Takes the text.</param>
    /// <param name="absent">The member <c>body</c> of a request without one.</param>
    public static void WriteBody(GatewayContext context, PooledBufferWriter target, ReadOnlySpan<byte> absent)
    {
        var body = context.Body.Bytes.Span;
        if (body.IsEmpty)
        {
            target.Write(absent);
            target.Write(",\"isBase64Encoded\":false"u8);
            return;
        }

        var isText = context.SentHeader("Content-Type") is [{ } type, ..] && IsText(type) && Utf8.IsValid(body);
        target.Write(",\"body\":"u8);
        if (isText)
        {
            JsonText.WriteString(target, body);
        }
        else
        {
            JsonText.WriteBase64(target, body);
        }

        target.Write(isText ? ",\"isBase64Encoded\":false"u8 : ",\"isBase64Encoded\":true"u8);
    }

    /// <summary>Writes the path parameters of a route that has some, decoded.</summary>
    public static void WritePathParameters(GatewayContext context, LambdaCall call)
    {
        var target = call.Event;
        var separator = (byte)'{';
        foreach (ref readonly var variable in context.Route.PathVariables.AsSpan())
        {
            target.WriteByte(separator);
            JsonText.WriteString(target, variable.Name);
            target.WriteByte((byte)':');
            call.Scratch.Truncate(0);
            PercentDecoding.Write(call.Scratch, context.ValueOf(variable), plusIsSpace: false);
            JsonText.WriteString(target, call.Scratch.WrittenSpan);
            separator = (byte)',';
        }

        target.WriteByte((byte)'}');
    }

    // These and no others: observed.
    private static bool IsText(ReadOnlySpan<char> type)
    {
        var parameters = type.IndexOf(';');
        type = (parameters < 0 ? type : type[..parameters]).Trim();
        return type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/xml", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/javascript", StringComparison.OrdinalIgnoreCase);
    }
}

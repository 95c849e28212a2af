using System.Collections.Frozen;
using System.Globalization;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Responses;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>Writes the maps of events of format 1.0, which have each value once and, in a second map, all values as lists.</summary>
/// <remarks>The two maps of headers are written side by side; each entry leaves a comma behind.</remarks>
internal static class EventMaps
{
    public static void BeginHeaders(PooledBufferWriter single, PooledBufferWriter multi)
    {
        single.Write(",\"headers\":{"u8);
        multi.Write(",\"multiValueHeaders\":{"u8);
    }

    /// <summary>Writes the client's headers and those that the gateway adds, behind the beginning of both maps, and ends them.</summary>
    /// <param name="context">The request.</param>
    /// <param name="isAws">Whether headers tell a trace id.</param>
    /// <param name="dropped">The client's headers that the event does not have.</param>
    /// <param name="call">The call; its event takes the text.</param>
    /// <param name="time">The clock of new trace ids.</param>
    public static void WriteHeaders(GatewayContext context, bool isAws, FrozenSet<string> dropped, LambdaCall call, TimeProvider time)
    {
        var (single, multi) = (call.Event, call.Scratch);
        foreach (ref readonly var header in context.Headers.Of(context.Http.Request.Headers))
        {
            if (header.Value.Count > 0 && !dropped.Contains(header.Key) && !ForwardedHeaders.IsOwn(header.Key)
                && !(isAws && header.Key.Equals(HeaderNames.TraceId, StringComparison.OrdinalIgnoreCase)))
            {
                WriteHeader(single, multi, header.Key, header.Value);
            }
        }

        if (isAws)
        {
            context.TraceId ??= TraceId.For(context.Http.Request.Headers[HeaderNames.TraceId], time);
            WriteHeader(single, multi, HeaderNames.TraceId, context.TraceId.AsSpan());
        }

        WriteForwardedFor(context, single, multi);
        Span<char> port = stackalloc char[5];
        ForwardedHeaders.PortOf(context).TryFormat(port, out var length, provider: CultureInfo.InvariantCulture);
        WriteHeader(single, multi, ForwardedHeaders.Port, port[..length]);
        WriteHeader(single, multi, ForwardedHeaders.Proto, ForwardedHeaders.ProtoOf(context).AsSpan());
        EndHeaders(single, multi);
    }

    /// <summary>Puts the second map behind the first, and empties it.</summary>
    public static void EndHeaders(PooledBufferWriter single, PooledBufferWriter multi)
    {
        single.Truncate(single.Length - 1);
        multi.Truncate(multi.Length - 1);
        single.WriteByte((byte)'}');
        multi.WriteByte((byte)'}');
        single.Write(multi.WrittenSpan);
        multi.Truncate(0);
    }

    public static void WriteHeader(PooledBufferWriter single, PooledBufferWriter multi, ReadOnlySpan<char> name, in StringValues values)
    {
        // The last value of a repeated header; the other map has them all.
        JsonText.WriteString(single, name);
        single.WriteByte((byte)':');
        JsonText.WriteString(single, values[^1].AsSpan());
        single.WriteByte((byte)',');

        JsonText.WriteString(multi, name);
        multi.Write(":["u8);
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
            {
                multi.WriteByte((byte)',');
            }

            JsonText.WriteString(multi, values[i].AsSpan());
        }

        multi.Write("],"u8);
    }

    public static void WriteHeader(PooledBufferWriter single, PooledBufferWriter multi, ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        JsonText.WriteString(single, name);
        single.WriteByte((byte)':');
        JsonText.WriteString(single, value);
        single.WriteByte((byte)',');
        JsonText.WriteString(multi, name);
        multi.Write(":["u8);
        JsonText.WriteString(multi, value);
        multi.Write("],"u8);
    }

    public static void WriteForwardedFor(GatewayContext context, PooledBufferWriter single, PooledBufferWriter multi)
    {
        JsonText.WriteString(single, ForwardedHeaders.For);
        single.WriteByte((byte)':');
        var start = single.Length;
        ForwardedHeaders.WriteFor(single, context);
        JsonText.WriteString(multi, ForwardedHeaders.For);
        multi.Write(":["u8);
        multi.Write(single.WrittenSpan[start..]);
        multi.Write("],"u8);
        single.WriteByte((byte)',');
    }

    /// <summary>Writes the members <c>queryStringParameters</c> and <c>multiValueQueryStringParameters</c>.</summary>
    /// <param name="call">The call; its event takes the text.</param>
    /// <param name="query">The query with or without its question mark.</param>
    /// <param name="absent">The value of both where there are no parameters.</param>
    public static void WriteQuery(LambdaCall call, ReadOnlySpan<char> query, ReadOnlySpan<byte> absent)
    {
        var target = call.Event;
        var table = call.Query;
        table.Read(query);
        if (table.Entries.IsEmpty)
        {
            target.Write(",\"queryStringParameters\":"u8);
            target.Write(absent);
            target.Write(",\"multiValueQueryStringParameters\":"u8);
            target.Write(absent);
            return;
        }

        target.Write(",\"queryStringParameters\":"u8);
        var separator = (byte)'{';
        foreach (ref readonly var entry in table.Entries)
        {
            if (entry.IsFirst)
            {
                target.WriteByte(separator);
                JsonText.WriteString(target, table.NameOf(entry));
                target.WriteByte((byte)':');
                JsonText.WriteString(target, table.ValueOf(table.Entries[entry.Last]));
                separator = (byte)',';
            }
        }

        target.Write("},\"multiValueQueryStringParameters\":"u8);
        separator = (byte)'{';
        foreach (ref readonly var entry in table.Entries)
        {
            if (entry.IsFirst)
            {
                target.WriteByte(separator);
                JsonText.WriteString(target, table.NameOf(entry));
                target.Write(":["u8);
                JsonText.WriteString(target, table.ValueOf(entry));
                for (var next = entry.Next; next >= 0; next = table.Entries[next].Next)
                {
                    target.WriteByte((byte)',');
                    JsonText.WriteString(target, table.ValueOf(table.Entries[next]));
                }

                target.WriteByte((byte)']');
                separator = (byte)',';
            }
        }

        target.WriteByte((byte)'}');
    }
}

using System.Net;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>What an event says of the way a request came: <c>X-Forwarded-For</c>, <c>-Port</c> and <c>-Proto</c>.</summary>
internal static class ForwardedHeaders
{
    public const string For = "X-Forwarded-For";
    public const string Port = "X-Forwarded-Port";
    public const string Proto = "X-Forwarded-Proto";

    private const int MaxForwardedFor = 2048;
    private const int LongestAddress = 65;

    /// <summary>Tells whether a header is one of the three, or the trace id, which the gateway writes itself.</summary>
    public static bool IsOwn(string name) => name.StartsWith("X-", StringComparison.OrdinalIgnoreCase)
        && (name.Equals(For, StringComparison.OrdinalIgnoreCase)
            || name.Equals(Port, StringComparison.OrdinalIgnoreCase)
            || name.Equals(Proto, StringComparison.OrdinalIgnoreCase));

    /// <summary>Writes the client's addresses, with the peer as the last, as a JSON string.</summary>
    public static void WriteFor(PooledBufferWriter target, GatewayContext context)
    {
        var http = context.Http;
        var earlier = http.Request.Headers[For].ToString();
        Span<char> text = stackalloc char[LongestAddress];
        var peer = http.Connection.RemoteIpAddress is { } remote && ClientAddress.Plain(remote).TryFormat(text, out var length)
            ? text[..length] : default;
        if (earlier.Length > 0 && earlier.Length + peer.Length + 2 <= MaxForwardedFor)
        {
            target.WriteByte((byte)'"');
            JsonText.WriteCharacters(target, earlier);
            if (!peer.IsEmpty)
            {
                target.Write(", "u8);
                target.WriteText(peer);
            }

            target.WriteByte((byte)'"');
        }
        else
        {
            JsonText.WriteString(target, peer);
        }
    }

    /// <summary>Gets the client's scheme: the word of a trusted proxy, or what the connection says.</summary>
    public static string ProtoOf(GatewayContext context) =>
        Trusted(context, Proto) ?? context.Http.Request.Scheme;

    /// <summary>Gets the port that the client asked: the word of a trusted proxy, that of the host, or that of the scheme.</summary>
    public static int PortOf(GatewayContext context) =>
        Trusted(context, Port) is { } text && ushort.TryParse(text, out var port) ? port
        : context.Http.Request.Host.Port ?? (context.Http.Request.IsHttps ? 443 : 80);

    public static void WriteAddress(PooledBufferWriter target, IPAddress? address)
    {
        Span<char> text = stackalloc char[LongestAddress];
        if (address is not null && address.TryFormat(text, out var length))
        {
            JsonText.WriteString(target, text[..length]);
        }
        else
        {
            target.Write("null"u8);
        }
    }

    private static string? Trusted(GatewayContext context, string header) =>
        context.Snapshot.ClientAddress is { TrustsAnybody: true } trust
        && context.Http.Connection.RemoteIpAddress is { } remote && trust.Trusts(ClientAddress.Plain(remote))
        && context.Http.Request.Headers[header] is [{ Length: > 0 } value, ..] ? value : null;
}

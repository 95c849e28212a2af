using System.Net;
using System.Net.Sockets;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Context;

/// <summary>Finds the caller's address behind proxies that the host trusts.</summary>
internal static class ClientAddress
{
    /// <summary>
    /// Starts at the transport's peer; while that is trusted, walks <c>X-Forwarded-For</c> from the right, at most as many hops as the
    /// plan allows. The first address that is not trusted is the client's. A malformed entry ends the walk at the last good one.
    /// </summary>
    public static IPAddress? Of(HttpContext http, ClientAddressPlan plan)
    {
        var peer = http.Connection.RemoteIpAddress;
        if (peer is null)
        {
            return null;
        }

        var address = Plain(peer);
        if (!plan.TrustsAnybody || !plan.Trusts(address))
        {
            return address;
        }

        var hops = 0;
        var lines = http.Request.Headers["X-Forwarded-For"];
        for (var line = lines.Count - 1; line >= 0; line--)
        {
            var rest = lines[line].AsSpan();
            while (true)
            {
                var comma = rest.LastIndexOf(',');
                if (hops++ == plan.ForwardLimit || !TryParse(rest[(comma + 1)..], out var entry))
                {
                    return address;
                }

                address = entry;
                if (!plan.Trusts(address))
                {
                    return address;
                }

                if (comma < 0)
                {
                    break;
                }

                rest = rest[..comma];
            }
        }

        return address;
    }

    /// <summary>Tells whether the client's connection is encrypted: what a trusted proxy says of it, or what the server sees.</summary>
    public static bool IsSecure(GatewayContext context)
    {
        var http = context.Http;
        if (context.Snapshot.ClientAddress is not { TrustsAnybody: true } trust
            || http.Connection.RemoteIpAddress is not { } peer || !trust.Trusts(Plain(peer))
            || http.Request.Headers["X-Forwarded-Proto"] is not [.., { Length: > 0 } line])
        {
            return http.Request.IsHttps;
        }

        // The last one is the word of the proxy that is trusted.
        return line.AsSpan(line.LastIndexOf(',') + 1).Trim().Equals("https", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Gets an address in the one form that lists and keys know: IPv4 never mapped to IPv6, and without a zone.</summary>
    public static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } ? new IPAddress(address.GetAddressBytes())
        : address;

    /// <summary>Reads an address with or without port, brackets and zone.</summary>
    private static bool TryParse(ReadOnlySpan<char> text, out IPAddress address)
    {
        address = IPAddress.None;
        text = text.Trim();
        ReadOnlySpan<char> port = [];
        if (text is ['[', ..])
        {
            var end = text.IndexOf(']');
            if (end < 0)
            {
                return false;
            }

            port = text[(end + 1)..];
            text = text[1..end];
        }
        else if (text.Count(':') == 1)
        {
            port = text[text.IndexOf(':')..];
            text = text[..text.IndexOf(':')];
        }

        var zone = text.IndexOf('%');
        text = zone < 0 ? text : text[..zone];
        if (!IsPort(port) || !IPAddress.TryParse(text, out var parsed) || !IsDotted(text, parsed))
        {
            return false;
        }

        address = Plain(parsed);
        return true;
    }

    private static bool IsPort(ReadOnlySpan<char> text) =>
        text.IsEmpty || (text is [':', _, ..] && !text[1..].ContainsAnyExceptInRange('0', '9'));

    // The parser also takes '127.1', octal and hexadecimal numbers: one address must not have several spellings.
    private static bool IsDotted(ReadOnlySpan<char> text, IPAddress parsed)
    {
        const int LongestIPv4 = 15;

        Span<char> formatted = stackalloc char[LongestIPv4];
        return parsed.AddressFamily != AddressFamily.InterNetwork
            || (parsed.TryFormat(formatted, out var length) && text.SequenceEqual(formatted[..length]));
    }
}

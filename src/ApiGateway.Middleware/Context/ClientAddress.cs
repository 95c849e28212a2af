using System.Net;
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

        var address = Unmapped(peer);
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

    /// <summary>Reads an address with or without port, brackets and zone.</summary>
    private static bool TryParse(ReadOnlySpan<char> text, out IPAddress address)
    {
        text = text.Trim();
        if (text is ['[', ..])
        {
            var end = text.IndexOf(']');
            text = end < 0 ? text[1..] : text[1..end];
        }
        else if (text.Count(':') == 1)
        {
            text = text[..text.IndexOf(':')];
        }

        var zone = text.IndexOf('%');
        if (!IPAddress.TryParse(zone < 0 ? text : text[..zone], out var parsed))
        {
            address = IPAddress.None;
            return false;
        }

        address = Unmapped(parsed);
        return true;
    }

    private static IPAddress Unmapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}

using System.Buffers;

namespace ApiGateway.Middleware.Languages.Schemas.Formats;

/// <summary>Absolute URIs (RFC 3986).</summary>
internal static class UriFormat
{
    private static readonly SearchValues<byte> SchemeBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-."u8);

    // unreserved, sub-delims, ':' and '%'
    private static readonly SearchValues<byte> UserInfoBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:%"u8);

    private static readonly SearchValues<byte> PathBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:%@/"u8);

    private static readonly SearchValues<byte> QueryBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:%@/?"u8);

    public static bool IsUri(ReadOnlySpan<byte> text)
    {
        var colon = text.IndexOf((byte)':');
        if (colon < 1 || !char.IsAsciiLetter((char)text[0]) || text[..colon].ContainsAnyExcept(SchemeBytes)
            || !IsPercentEncoded(text))
        {
            return false;
        }

        text = text[(colon + 1)..];
        return TakeTail(ref text, (byte)'#') && TakeTail(ref text, (byte)'?') && TakeAuthority(ref text)
            && !text.ContainsAnyExcept(PathBytes);
    }

    // Cuts off and checks a fragment or query, if there is one.
    private static bool TakeTail(ref ReadOnlySpan<byte> text, byte mark)
    {
        var start = text.IndexOf(mark);
        if (start < 0)
        {
            return true;
        }

        var tail = text[(start + 1)..];
        text = text[..start];
        return !tail.ContainsAnyExcept(QueryBytes);
    }

    private static bool TakeAuthority(ref ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("//"u8))
        {
            return true;
        }

        text = text[2..];
        var end = text.IndexOf((byte)'/');
        var authority = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[end..];

        var at = authority.IndexOf((byte)'@');
        if (at >= 0 && authority[..at].ContainsAnyExcept(UserInfoBytes))
        {
            return false;
        }

        return IsHostAndPort(authority[(at + 1)..]);
    }

    private static bool IsHostAndPort(ReadOnlySpan<byte> host)
    {
        var port = host.LastIndexOf((byte)':');
        if (host.StartsWith("["u8))
        {
            var close = host.IndexOf((byte)']');
            if (close < 0 || !(IsFuture(host[1..close]) || AddressFormat.IsIpv6(host[1..close])))
            {
                return false;
            }

            return close == host.Length - 1 || (port == close + 1 && IsPort(host[(port + 1)..]));
        }

        var name = port < 0 ? host : host[..port];
        return (port < 0 || IsPort(host[(port + 1)..])) && !name.Contains((byte)':') && !name.ContainsAnyExcept(UserInfoBytes);
    }

    private static bool IsPort(ReadOnlySpan<byte> port) => !port.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    // IPvFuture = "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )
    private static bool IsFuture(ReadOnlySpan<byte> address)
    {
        var dot = address.IndexOf((byte)'.');
        return dot > 1 && (address[0] | 0x20) == 'v' && dot < address.Length - 1
            && !address[(dot + 1)..].ContainsAnyExcept(UserInfoBytes);
    }

    private static bool IsPercentEncoded(ReadOnlySpan<byte> text)
    {
        for (var i = text.IndexOf((byte)'%'); i >= 0 && i < text.Length; i++)
        {
            if (text[i] == '%'
                && (i + 2 >= text.Length || !char.IsAsciiHexDigit((char)text[i + 1]) || !char.IsAsciiHexDigit((char)text[i + 2])))
            {
                return false;
            }
        }

        return true;
    }
}

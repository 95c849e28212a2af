namespace ApiGateway.Middleware.Languages.Schemas.Formats;

/// <summary>Internet addresses: dotted decimals without leading zeros (RFC 2673), and IPv6 (RFC 4291) without a zone.</summary>
internal static class AddressFormat
{
    public static bool IsIpv4(ReadOnlySpan<byte> text)
    {
        for (var part = 0; part < 4; part++)
        {
            var end = text.IndexOf((byte)'.');
            if (part < 3 == end < 0)
            {
                return false;
            }

            if (!IsOctet(end < 0 ? text : text[..end]))
            {
                return false;
            }

            text = text[(end + 1)..];
        }

        return true;
    }

    public static bool IsIpv6(ReadOnlySpan<byte> text)
    {
        var groups = 0;
        var gap = false;
        if (text.StartsWith("::"u8))
        {
            gap = true;
            text = text[2..];
            if (text.IsEmpty)
            {
                return true;
            }
        }

        while (true)
        {
            var end = text.IndexOf((byte)':');
            if (end < 0 && text.Contains((byte)'.'))
            {
                groups += 2;
                return IsIpv4(text) && HasAllGroups(groups, gap);
            }

            if (!IsGroup(end < 0 ? text : text[..end]))
            {
                return false;
            }

            groups++;
            if (end < 0)
            {
                return HasAllGroups(groups, gap);
            }

            text = text[(end + 1)..];
            if (text.IsEmpty || text[0] != ':')
            {
                continue;
            }

            if (gap)
            {
                return false;
            }

            gap = true;
            text = text[1..];
            if (text.IsEmpty)
            {
                return HasAllGroups(groups, gap);
            }
        }
    }

    private static bool HasAllGroups(int groups, bool gap) => gap ? groups <= 7 : groups == 8;

    private static bool IsGroup(ReadOnlySpan<byte> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit((char)c))
            {
                return false;
            }
        }

        return text.Length is >= 1 and <= 4;
    }

    private static bool IsOctet(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 1 or > 3 || (text[0] == '0' && text.Length > 1))
        {
            return false;
        }

        var value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit((char)c))
            {
                return false;
            }

            value = (value * 10) + (c - '0');
        }

        return value <= 255;
    }
}

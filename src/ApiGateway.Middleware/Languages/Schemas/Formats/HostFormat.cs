namespace ApiGateway.Middleware.Languages.Schemas.Formats;

/// <summary>Host names (RFC 1123) and mail addresses (RFC 5321, ASCII).</summary>
internal static class HostFormat
{
    private const int MaxHost = 253;
    private const int MaxLabel = 63;

    public static bool IsHostname(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > MaxHost)
        {
            return false;
        }

        while (true)
        {
            var end = text.IndexOf((byte)'.');
            if (!IsLabel(end < 0 ? text : text[..end]))
            {
                return false;
            }

            if (end < 0)
            {
                return true;
            }

            text = text[(end + 1)..];
        }
    }

    public static bool IsEmail(ReadOnlySpan<byte> text)
    {
        var at = text.LastIndexOf((byte)'@');
        if (at <= 0)
        {
            return false;
        }

        var local = text[..at];
        var domain = text[(at + 1)..];
        return (local[0] == '"' ? IsQuoted(local) : IsDotAtom(local)) && (IsHostname(domain) || IsLiteral(domain));
    }

    private static bool IsLabel(ReadOnlySpan<byte> label)
    {
        if (label.Length is 0 or > MaxLabel || label[0] == '-' || label[^1] == '-')
        {
            return false;
        }

        foreach (var c in label)
        {
            if (!char.IsAsciiLetterOrDigit((char)c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDotAtom(ReadOnlySpan<byte> text)
    {
        var previous = (byte)'.';
        foreach (var c in text)
        {
            if (c == '.' ? previous == '.' : !char.IsAsciiLetterOrDigit((char)c) && !"!#$%&'*+-/=?^_`{|}~"u8.Contains(c))
            {
                return false;
            }

            previous = c;
        }

        return previous != '.';
    }

    private static bool IsQuoted(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[^1] != '"')
        {
            return false;
        }

        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] == '\\' && ++i == text.Length - 1)
            {
                return false;
            }

            if (text[i] is < 32 or > 126 || (text[i] == '"' && text[i - 1] != '\\'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLiteral(ReadOnlySpan<byte> domain)
    {
        if (domain.Length < 2 || domain[0] != '[' || domain[^1] != ']')
        {
            return false;
        }

        var address = domain[1..^1];
        return address.StartsWith("IPv6:"u8) ? AddressFormat.IsIpv6(address[5..]) : AddressFormat.IsIpv4(address);
    }
}

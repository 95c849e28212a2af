using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>An IP address as a number, so that containment in a block is one mask.</summary>
internal readonly record struct PolicyAddress(bool IsV4, UInt128 Bits)
{
    private const int V6Bytes = 16;

    private static readonly UInt128 MappedPrefix = (UInt128)0xFFFF << 32;

    /// <summary>The number of an address; one of IPv4 that is mapped to IPv6 is an IPv4 address.</summary>
    public static PolicyAddress Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[V6Bytes];
        address.TryWriteBytes(bytes, out _);
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return new PolicyAddress(true, BinaryPrimitives.ReadUInt32BigEndian(bytes));
        }

        return Unmap(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>Reads an address in its usual form only: no octal, no short or hexadecimal IPv4, no zone, no brackets.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PolicyAddress address)
    {
        if (!text.Contains(':'))
        {
            return TryParseV4(text, out address);
        }

        address = default;
        if (text.ContainsAny("[]%/") || !IPAddress.TryParse(text, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return false;
        }

        address = Of(parsed);
        return true;
    }

    /// <summary>Writes the usual form.</summary>
    public ReadOnlySpan<char> Format(Span<char> scratch)
    {
        int written;
        if (IsV4)
        {
            var bits = (uint)Bits;
            scratch.TryWrite(
                CultureInfo.InvariantCulture, $"{bits >> 24}.{(bits >> 16) & 0xFF}.{(bits >> 8) & 0xFF}.{bits & 0xFF}", out written);
        }
        else
        {
            Span<byte> bytes = stackalloc byte[V6Bytes];
            BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
            new IPAddress(bytes).TryFormat(scratch, out written);
        }

        return scratch[..written];
    }

    private static PolicyAddress Unmap(UInt128 bits) =>
        bits >> 32 == MappedPrefix >> 32 ? new PolicyAddress(true, (uint)bits) : new PolicyAddress(false, bits);

    private static bool TryParseV4(ReadOnlySpan<char> text, out PolicyAddress address)
    {
        address = default;
        uint bits = 0;
        for (var part = 0; part < 4; part++)
        {
            var dot = part < 3 ? text.IndexOf('.') : text.Length;
            if (dot is < 1 or > 3 || (dot > 1 && text[0] == '0') || !byte.TryParse(text[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            bits = (bits << 8) | number;
            text = part < 3 ? text[(dot + 1)..] : default;
        }

        address = new PolicyAddress(true, bits);
        return true;
    }
}

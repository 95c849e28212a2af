using System.Globalization;

namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>A block of addresses in CIDR notation (RFC 4632, RFC 4291).</summary>
internal readonly struct AddressBlock
{
    private readonly UInt128 _network;
    private readonly UInt128 _mask;
    private readonly bool _isV4;

    private AddressBlock(PolicyAddress address, int length)
    {
        var bits = address.IsV4 ? 32 : 128;
        _isV4 = address.IsV4;

        // A shift by all 128 bits would shift by none.
        _mask = length == 0 ? 0 : UInt128.MaxValue << (bits - length);
        _network = address.Bits & _mask;
    }

    /// <summary>Reads a block; an address alone is a block of one. Bits of the host are masked off.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out AddressBlock block)
    {
        block = default;
        var slash = text.IndexOf('/');
        if (!PolicyAddress.TryParse(slash < 0 ? text : text[..slash], out var address))
        {
            return false;
        }

        // What is written as IPv6 has a prefix of up to 128 bits, even when it is a mapped IPv4 address.
        var writtenAsV6 = text.Contains(':');
        var length = writtenAsV6 ? 128 : 32;
        if (slash >= 0)
        {
            var digits = text[(slash + 1)..];
            if (digits.Length is 0 or > 3
                || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var written)
                || written > length)
            {
                return false;
            }

            length = written;
        }

        if (writtenAsV6 && address.IsV4)
        {
            const int Mapped = 96;
            if (length < Mapped)
            {
                address = new PolicyAddress(false, ((UInt128)0xFFFF << 32) | address.Bits);
            }
            else
            {
                length -= Mapped;
            }
        }

        block = new AddressBlock(address, length);
        return true;
    }

    /// <summary>Whether an address of the same family lies in the block.</summary>
    public bool Contains(PolicyAddress address) => address.IsV4 == _isV4 && (address.Bits & _mask) == _network;
}

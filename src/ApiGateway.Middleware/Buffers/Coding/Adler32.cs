namespace ApiGateway.Middleware.Buffers.Coding;

/// <summary>The checksum at the end of the zlib format (RFC 1950 9).</summary>
internal static class Adler32
{
    private const uint Modulus = 65521;

    // The most bytes whose sums cannot overflow.
    private const int Block = 5552;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint a = 1;
        uint b = 0;
        while (!bytes.IsEmpty)
        {
            var block = bytes[..Math.Min(Block, bytes.Length)];
            foreach (var value in block)
            {
                a += value;
                b += a;
            }

            a %= Modulus;
            b %= Modulus;
            bytes = bytes[block.Length..];
        }

        return (b << 16) | a;
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ApiGateway.Middleware.State;

/// <summary>A SHA-256 that stands for what a caller has shown, so that nothing secret is kept.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ResultKey(ulong First, ulong Second, ulong Third, ulong Fourth)
{
    public static ResultKey Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new ResultKey(
            BinaryPrimitives.ReadUInt64LittleEndian(hash),
            BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(hash[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(hash[24..]));
    }

    // A hash is as good as its first bits.
    public override int GetHashCode() => (int)First;
}

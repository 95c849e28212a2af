using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>Hashes the values of API keys under a secret that no other process has: without it, nobody can make a value with a given hash,
/// nor learn anything from how long a look-up takes.</summary>
internal static class ApiKeyHash
{
    /// <summary>The longest value, in characters.</summary>
    public const int MaxValueLength = 128;

    private static readonly ulong FirstSecret = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
    private static readonly ulong SecondSecret = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>Hashes a value; of a longer one than there can be, its beginning.</summary>
    public static UInt128 Of(ReadOnlySpan<char> value) =>
        SipHash.Of(MemoryMarshal.AsBytes(value[..Math.Min(value.Length, MaxValueLength)]), FirstSecret, SecondSecret);

    /// <summary>Gets the part of a hash by which it is looked up.</summary>
    public static ulong Prefix(UInt128 hash) => (ulong)hash;

    /// <summary>Compares hashes in a time that does not depend on where they differ: nothing branches before both halves are read.</summary>
    public static bool AreEqual(UInt128 one, UInt128 other)
    {
        var difference = one ^ other;
        return ((ulong)(difference >> 64) | (ulong)difference) == 0;
    }
}

using System.Security.Cryptography;
using System.Text;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>Hashes the values of API keys with a seed that no other process has: SHA-256 of seed and value.</summary>
internal static class ApiKeyHash
{
    public const int Length = SHA256.HashSizeInBytes;

    /// <summary>The longest value, in characters.</summary>
    public const int MaxValueLength = 128;

    private const int SeedLength = 32;
    private const int MaxBytes = 3 * MaxValueLength;

    private static readonly byte[] Seed = RandomNumberGenerator.GetBytes(SeedLength);

    /// <summary>Hashes a value; of a longer one than there can be, its beginning.</summary>
    public static void Of(ReadOnlySpan<char> value, Span<byte> digest)
    {
        Span<byte> text = stackalloc byte[SeedLength + MaxBytes];
        Seed.CopyTo(text);
        var length = Encoding.UTF8.GetBytes(value[..Math.Min(value.Length, MaxValueLength)], text[SeedLength..]);
        SHA256.HashData(text[..(SeedLength + length)], digest);
        CryptographicOperations.ZeroMemory(text);
    }

    /// <summary>Gets the part of a hash by which it is looked up.</summary>
    public static ulong Prefix(ReadOnlySpan<byte> digest) => BitConverter.ToUInt64(digest);
}

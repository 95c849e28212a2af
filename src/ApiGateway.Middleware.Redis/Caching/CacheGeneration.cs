using System.Security.Cryptography;

namespace ApiGateway.Middleware.Redis.Caching;

/// <summary>What a flush changes: answers of another generation than the stage's are not found.</summary>
/// <remarks>
/// Random, not counted: where Redis lost the generation, by eviction or restart, the next one must not be one that was in force before.
/// </remarks>
internal static class CacheGeneration
{
    /// <summary>How many bytes the value has: a version byte and 8 random ones.</summary>
    public const int Length = 9;

    private const byte Version = 1;

    public static byte[] New()
    {
        var value = new byte[Length];
        RandomNumberGenerator.Fill(value.AsSpan(1));
        value[0] = Version;
        return value;
    }

    /// <summary>Tells whether the value is one that <see cref="New"/> made, in this version.</summary>
    public static bool IsOne(byte[]? value) => value is [Version, ..] && value.Length == Length;
}

using System.Buffers;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Redis.Caching;

/// <summary>An answer as a value in Redis: the generation's value, whose first byte is the version, and the answer's own bytes.</summary>
internal static class CacheEntryFormat
{
    // The longest body, and headers around it. Encryption adds a little, too.
    private const int Longest = CachedResponse.MaxBodyBytes + (128 * 1024);

    /// <summary>Writes an answer, or gives <see langword="null"/> if it is too large to be kept.</summary>
    public static byte[]? Write(CachedResponse response, byte[] generation)
    {
        if (response.Body.Length > Longest || response.Size > 2 * Longest)
        {
            return null;
        }

        using var buffer = new PooledBuffer((int)response.Size + CacheGeneration.Length);
        buffer.Write(generation);
        response.WriteTo(buffer);
        return buffer.Written.Length > Longest ? null : buffer.Written.ToArray();
    }

    /// <summary>Reads an answer, or gives <see langword="null"/> if it is of another generation or version, or over.</summary>
    public static CachedResponse? Read(byte[] value, byte[] generation, DateTimeOffset now)
    {
        if (!value.AsSpan().StartsWith(generation) || CachedResponse.Read(value.AsMemory(generation.Length)) is not { } response)
        {
            return null;
        }

        // Redis removes it at about this time; its clock is not that of this host.
        return response.KeptUntil > now ? response : null;
    }
}

using System.Buffers;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Contracts;

/// <summary>An answer that a cache keeps: status, headers and body, or all of them encrypted. Immutable: requests share it.</summary>
public sealed class CachedResponse
{
    /// <summary>The longest body that is cached, in bytes: 1,048,576. Source: "Cache settings for REST APIs in API Gateway".</summary>
    public const int MaxBodyBytes = 1 << 20;

    // The object, its arrays, and what a store keeps beside it.
    private const int Overhead = 256;
    private const int HeaderOverhead = 64;

    private readonly KeyValuePair<string, StringValues>[] _headers;

    /// <summary>Initializes a new instance of the <see cref="CachedResponse"/> class.</summary>
    /// <param name="statusCode">The status; 0 if the answer is encrypted.</param>
    /// <param name="headers">The headers, each name once, legal towards clients. Kept, not copied.</param>
    /// <param name="body">The body. Kept, not copied: nobody may change it.</param>
    /// <param name="storedAt">When the answer was made.</param>
    /// <param name="freshUntil">Until when it is given without asking the backend.</param>
    /// <param name="keptUntil">Until when it is kept; later than <paramref name="freshUntil"/> if stale answers are of use.</param>
    /// <param name="isEncrypted">Whether <paramref name="body"/> is the encrypted form of the whole answer.</param>
    public CachedResponse(
        int statusCode, KeyValuePair<string, StringValues>[] headers, ReadOnlyMemory<byte> body, DateTimeOffset storedAt, DateTimeOffset freshUntil,
        DateTimeOffset keptUntil, bool isEncrypted = false)
    {
        ArgumentNullException.ThrowIfNull(headers);
        _headers = headers;
        StatusCode = statusCode;
        Body = body;
        StoredAt = storedAt;
        FreshUntil = freshUntil;
        KeptUntil = keptUntil;
        IsEncrypted = isEncrypted;
        Size = SizeOf(headers, body.Length);
    }

    /// <summary>Gets the status, or 0 if the answer is encrypted.</summary>
    public int StatusCode { get; }

    /// <summary>Gets the headers; none if the answer is encrypted.</summary>
    public ReadOnlySpan<KeyValuePair<string, StringValues>> Headers => _headers;

    /// <summary>Gets the body, or the encrypted form of the whole answer.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Gets when the answer was made.</summary>
    public DateTimeOffset StoredAt { get; }

    /// <summary>Gets until when it is given without asking the backend.</summary>
    public DateTimeOffset FreshUntil { get; }

    /// <summary>Gets until when it is kept.</summary>
    public DateTimeOffset KeptUntil { get; }

    /// <summary>Gets whether <see cref="Body"/> is the encrypted form of the whole answer. Stores need not care.</summary>
    public bool IsEncrypted { get; }

    /// <summary>Gets about how many bytes it takes in memory, without its key.</summary>
    public long Size { get; }

    /// <summary>Writes the answer as bytes, for stores outside of this process. The first byte tells the version of the format.</summary>
    /// <param name="target">Takes the bytes.</param>
    public void WriteTo(IBufferWriter<byte> target)
    {
        ArgumentNullException.ThrowIfNull(target);
        CachedResponseFormat.Write(this, target);
    }

    /// <summary>Reads what <see cref="WriteTo"/> has written.</summary>
    /// <param name="bytes">The bytes. Nobody may change them: the body becomes a part of them, not a copy.</param>
    /// <returns>The answer, or <see langword="null"/> if the bytes are of another version, or none of an answer.</returns>
    public static CachedResponse? Read(ReadOnlyMemory<byte> bytes) => CachedResponseFormat.Read(bytes);

    private static long SizeOf(KeyValuePair<string, StringValues>[] headers, int body)
    {
        long size = Overhead + body;
        foreach (var (name, values) in headers)
        {
            size += HeaderOverhead + (name.Length * sizeof(char));
            foreach (var value in values)
            {
                size += (value?.Length ?? 0) * sizeof(char);
            }
        }

        return size;
    }
}

using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ApiGateway.Middleware.Redis.Caching;

/// <summary>Stands for a key in Redis and in messages: 24 bytes of its SHA-256. Keys hold what callers send, secrets included, and are long.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct CacheEntryId
{
    /// <summary>How many characters the text has.</summary>
    public const int TextLength = 32;

    /// <summary>How many bytes the id has.</summary>
    public const int Length = 24;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;

    private CacheEntryId(ReadOnlySpan<byte> bytes)
    {
        _first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _third = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
    }

    /// <summary>Gets the id of a key, all of whose characters count.</summary>
    public static CacheEntryId Of(ReadOnlySpan<char> key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(key), hash);
        return new CacheEntryId(hash);
    }

    public static CacheEntryId Read(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <summary>Gets a number below <paramref name="count"/>, evenly spread.</summary>
    public int Stripe(int count) => (int)(_first % (uint)count);

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _first);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _second);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], _third);
    }

    /// <summary>Writes the id as <see cref="TextLength"/> letters, digits, hyphens and underscores.</summary>
    public void WriteText(Span<byte> text)
    {
        Span<byte> bytes = stackalloc byte[Length];
        Write(bytes);
        Base64Url.EncodeToUtf8(bytes, text);
    }

    /// <inheritdoc cref="WriteText(Span{byte})"/>
    public void WriteText(Span<char> text)
    {
        Span<byte> bytes = stackalloc byte[Length];
        Write(bytes);
        Base64Url.EncodeToChars(bytes, text);
    }
}

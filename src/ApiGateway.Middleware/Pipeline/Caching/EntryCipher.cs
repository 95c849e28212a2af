using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>Encrypts answers while they are kept: AES-GCM (NIST SP 800-38D) with a random nonce, bound to the place where they are kept.</summary>
/// <param name="key">16, 24 or 32 bytes.</param>
internal sealed class EntryCipher(byte[] key)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Encrypts status, headers and body. The times stay readable, for stores need them.</summary>
    public CachedResponse Seal(ResponseCachePartition partition, ReadOnlySpan<char> place, CachedResponse response)
    {
        using var plain = new PooledBufferWriter();
        response.WriteTo(plain);
        var bytes = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = bytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(
            nonce, plain.WrittenSpan, bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), PlaceOf(partition, place));
        return new CachedResponse(0, [], bytes, response.StoredAt, response.FreshUntil, response.KeptUntil, isEncrypted: true);
    }

    /// <summary>Decrypts, or gives <see langword="null"/> for what was encrypted with another key or for another place, or was changed.</summary>
    public CachedResponse? Open(ResponseCachePartition partition, ReadOnlySpan<char> place, CachedResponse response)
    {
        if (response.Body.Length < NonceBytes + TagBytes)
        {
            return null;
        }

        // Kept as it is, since the body of what is read is a part of it.
        var plain = new byte[response.Body.Length - NonceBytes - TagBytes];
        var sealedBytes = response.Body.Span;
        try
        {
            using var cipher = new AesGcm(key, TagBytes);
            cipher.Decrypt(
                sealedBytes[..NonceBytes], sealedBytes[(NonceBytes + TagBytes)..], sealedBytes.Slice(NonceBytes, TagBytes), plain, PlaceOf(partition, place));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return CachedResponse.Read(plain);
    }

    // Whoever can write to the store must not move one caller's answer to where another finds it.
    private static byte[] PlaceOf(ResponseCachePartition partition, ReadOnlySpan<char> place) =>
        [.. Encoding.UTF8.GetBytes(partition.Name), 0, .. MemoryMarshal.AsBytes(place)];
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.Signing;

/// <summary>AWS Signature Version 4: the key of a day, the string to sign, and the signature.</summary>
internal static class SignatureV4
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The length of keys and signatures, in bytes.</summary>
    public const int Size = 32;

    /// <summary>The length of the longest secret that is hashed on the stack.</summary>
    private const int OnStack = 256;

    /// <summary>Derives the key that signs requests of one scope.</summary>
    /// <param name="secret">The secret access key.</param>
    /// <param name="scope">Day, region and service.</param>
    /// <param name="key">Takes the key: <see cref="Size"/> bytes.</param>
    public static void DeriveKey(ReadOnlySpan<char> secret, in CredentialScope scope, Span<byte> key)
    {
        var length = Encoding.UTF8.GetByteCount(secret);
        var bytes = length <= OnStack ? stackalloc byte[length] : new byte[length];
        Encoding.UTF8.GetBytes(secret, bytes);
        DeriveKey(bytes, scope, key);
        CryptographicOperations.ZeroMemory(bytes);
    }

    /// <summary>Derives the key that signs requests of one scope.</summary>
    /// <param name="secret">The secret access key, as UTF-8.</param>
    /// <param name="scope">Day, region and service.</param>
    /// <param name="key">Takes the key: <see cref="Size"/> bytes.</param>
    public static void DeriveKey(ReadOnlySpan<byte> secret, in CredentialScope scope, Span<byte> key)
    {
        var length = secret.Length + 4;
        var seed = length <= OnStack ? stackalloc byte[length] : new byte[length];
        "AWS4"u8.CopyTo(seed);
        secret.CopyTo(seed[4..]);
        Span<byte> step = stackalloc byte[Size];
        Hash(seed, scope.Date, key);
        key.CopyTo(step);
        Hash(step, scope.Region, key);
        key.CopyTo(step);
        Hash(step, scope.Service, key);
        key.CopyTo(step);
        Hash(step, CredentialScope.Terminator, key);
        CryptographicOperations.ZeroMemory(seed);
        CryptographicOperations.ZeroMemory(step);
    }

    /// <summary>Writes the string to sign.</summary>
    /// <param name="target">Takes the text.</param>
    /// <param name="timestamp">When: <c>yyyyMMddTHHmmssZ</c>, UTC.</param>
    /// <param name="scope">Day, region and service.</param>
    /// <param name="canonicalRequest">The canonical request.</param>
    public static void WriteStringToSign(
        PooledBufferWriter target, ReadOnlySpan<char> timestamp, in CredentialScope scope, ReadOnlySpan<byte> canonicalRequest)
    {
        target.WriteText(Algorithm);
        target.WriteByte((byte)'\n');
        target.WriteText(timestamp);
        target.WriteByte((byte)'\n');
        scope.WriteTo(target);
        target.WriteByte((byte)'\n');
        WriteHash(target, canonicalRequest);
    }

    /// <summary>Signs.</summary>
    /// <param name="key">The derived key.</param>
    /// <param name="stringToSign">The string to sign.</param>
    /// <param name="signature">Takes the signature: <see cref="Size"/> bytes.</param>
    public static void Sign(ReadOnlySpan<byte> key, ReadOnlySpan<byte> stringToSign, Span<byte> signature) =>
        HMACSHA256.HashData(key, stringToSign, signature);

    /// <summary>Writes SHA-256 in lower-case hexadecimal.</summary>
    public static void WriteHash(PooledBufferWriter target, ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(bytes, hash);
        WriteHex(target, hash);
    }

    public static void WriteHex(PooledBufferWriter target, ReadOnlySpan<byte> bytes)
    {
        var span = target.GetSpan(bytes.Length * 2);
        foreach (var value in bytes)
        {
            Utf8Formatter.TryFormat(value, span, out _, new('x', 2));
            span = span[2..];
        }

        target.Advance(bytes.Length * 2);
    }

    private static void Hash(ReadOnlySpan<byte> key, string text, Span<byte> result)
    {
        Span<byte> bytes = stackalloc byte[OnStack];
        var count = Encoding.UTF8.GetByteCount(text);
        bytes = count <= OnStack ? bytes[..count] : new byte[count];
        Encoding.UTF8.GetBytes(text, bytes);
        HMACSHA256.HashData(key, bytes, result);
    }
}

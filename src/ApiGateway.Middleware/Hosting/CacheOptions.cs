using System.Diagnostics.CodeAnalysis;

namespace ApiGateway.Middleware.Hosting;

/// <summary>How the gateway keeps cached answers; section <c>Cache</c>. Read at start.</summary>
public sealed class CacheOptions
{
    /// <summary>Gets or sets the key with which answers are encrypted where <c>CacheDataEncrypted</c> is set: 16, 24 or 32 bytes as base64. A secret.</summary>
    /// <value>The default is a random key that ends with the process. Processes that share a store need the same.</value>
    public string? EncryptionKey { get; set; }

    /// <summary>Gets or sets how long a request waits for a store outside of this process. After that it goes on without an answer from it.</summary>
    /// <value>Positive, at most 1 day. The default is 250 milliseconds.</value>
    public TimeSpan StoreTimeout { get; set; } = TimeSpan.FromMilliseconds(250);

    internal static bool TryReadKey(string text, [NotNullWhen(true)] out byte[]? key)
    {
        var bytes = new byte[((text.Length + 3) / 4) * 3];
        key = Convert.TryFromBase64String(text, bytes, out var length) && length is 16 or 24 or 32 ? bytes[..length] : null;
        return key is not null;
    }
}

using System.Security.Cryptography;
using System.Text;

namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>A script, and the hash by which a server that has it can be asked to run it.</summary>
internal sealed class RedisScript
{
    public RedisScript(params ReadOnlySpan<string> parts)
    {
        Text = string.Join('\n', parts);
        Hash = HashOf(Text);
    }

    public string Text { get; }

    /// <summary>Gets the hash, as bytes.</summary>
    public byte[] Hash { get; }

    /// <summary>Reads a script of this package.</summary>
    /// <param name="name">Its file, without the ending.</param>
    public static string Resource(string name)
    {
        using var stream = typeof(RedisScript).Assembly.GetManifestResourceStream($"{name}.lua")
            ?? throw new InvalidOperationException($"The package has no script '{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

#pragma warning disable CA5350 // Redis names scripts by SHA-1; nothing is kept secret or proven by it.
    private static byte[] HashOf(string text) => SHA1.HashData(Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5350
}

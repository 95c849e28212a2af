using System.Globalization;

namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>The header <c>X-Amzn-Trace-Id</c>: <c>Root=1-{8 hex}-{24 hex};Parent={16 hex};Sampled={0|1}</c>.</summary>
internal static class TraceId
{
    /// <summary>Keeps what was received and adds what is missing: recorded.</summary>
    public static string For(string? received, TimeProvider time)
    {
        var root = Field(received, "Root=");
        var parent = Field(received, "Parent=");
        var sampled = Field(received, "Sampled=");
        if (!root.IsEmpty && !parent.IsEmpty && !sampled.IsEmpty)
        {
            return received!;
        }

        if (sampled.IsEmpty)
        {
            sampled = parent.IsEmpty ? "0" : "1";
        }

        var newRoot = root.IsEmpty ? $"1-{(uint)time.GetUtcNow().ToUnixTimeSeconds():x8}-{RandomHex(24)}" : root.ToString();
        var newParent = parent.IsEmpty ? RandomHex(16) : parent.ToString();
        return $"Root={newRoot};Parent={newParent};Sampled={sampled}";
    }

    /// <summary>Makes a new id of a root alone, as HTTP APIs do.</summary>
    public static string NewRoot(TimeProvider time) => string.Create(
        "Root=1-".Length + 8 + "-".Length + 24, (uint)time.GetUtcNow().ToUnixTimeSeconds(), static (text, seconds) =>
        {
            "Root=1-".CopyTo(text);
            seconds.TryFormat(text[7..], out _, "x8", CultureInfo.InvariantCulture);
            text[15] = '-';
            Random.Shared.GetHexString(text[16..], lowercase: true);
        });

    private static ReadOnlySpan<char> Field(string? received, string name)
    {
        foreach (var range in received.AsSpan().Split(';'))
        {
            var part = received.AsSpan(range).Trim();
            if (part.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return part[name.Length..];
            }
        }

        return default;
    }

    private static string RandomHex(int length) => Random.Shared.GetHexString(length, lowercase: true);
}

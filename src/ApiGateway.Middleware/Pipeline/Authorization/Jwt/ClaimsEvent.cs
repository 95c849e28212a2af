using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Integrations.Lambda;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>Claims as <c>requestContext.authorizer</c> has them in events: an object without its closing brace.</summary>
internal static class ClaimsEvent
{
    /// <summary>Claims of user pools: all are texts.</summary>
    public static byte[] OfTexts(IReadOnlyDictionary<string, string> claims)
    {
        using var target = new PooledBufferWriter();
        Write(target, claims);
        return target.WrittenSpan.ToArray();
    }

    /// <summary>Claims of JWT authorizers of HTTP APIs: all are texts, and the token's scopes follow. Version 1.0 of events has them so; in version 2.0
    /// they are the member <c>jwt</c>.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="scopes">All scopes of the token, or <see langword="null"/> for routes that ask for none.</param>
    public static byte[] OfTexts(IReadOnlyDictionary<string, string> claims, string[]? scopes)
    {
        using var target = new PooledBufferWriter();
        Write(target, claims);
        target.Write(",\"scopes\":"u8);
        if (scopes is null)
        {
            target.Write("null"u8);
            return target.WrittenSpan.ToArray();
        }

        target.WriteByte((byte)'[');
        for (var i = 0; i < scopes.Length; i++)
        {
            if (i > 0)
            {
                target.WriteByte((byte)',');
            }

            JsonText.WriteString(target, scopes[i]);
        }

        target.WriteByte((byte)']');
        return target.WrittenSpan.ToArray();
    }

    /// <summary>Claims of other issuers: each has its type.</summary>
    /// <param name="payload">The claims: a JSON object that has been checked.</param>
    public static byte[] OfJson(ReadOnlySpan<byte> payload) => [.. "{\"claims\":"u8, .. payload];

    private static void Write(PooledBufferWriter target, IReadOnlyDictionary<string, string> claims)
    {
        target.Write("{\"claims\":{"u8);
        var isFirst = true;
        foreach (var (name, value) in claims)
        {
            if (!isFirst)
            {
                target.WriteByte((byte)',');
            }

            isFirst = false;
            JsonText.WriteString(target, name);
            target.WriteByte((byte)':');
            JsonText.WriteString(target, value);
        }

        target.WriteByte((byte)'}');
    }
}

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
        return target.WrittenSpan.ToArray();
    }

    /// <summary>Claims of other issuers: each has its type.</summary>
    /// <param name="payload">The claims: a JSON object that has been checked.</param>
    public static byte[] OfJson(ReadOnlySpan<byte> payload) => [.. "{\"claims\":"u8, .. payload];
}

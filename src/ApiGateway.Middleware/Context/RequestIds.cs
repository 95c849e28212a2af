namespace ApiGateway.Middleware.Context;

/// <summary>Makes the ids of requests: one string each, nothing else.</summary>
/// <remarks>They name a request and guard nothing, so a fast generator will do.</remarks>
internal static class RequestIds
{
    private const string Base64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <summary>Makes a UUID of version 4 (RFC 9562) in lower case.</summary>
    public static string NewRequestId()
    {
        return string.Create(36, 0, static (text, _) =>
        {
            const string Hex = "0123456789abcdef";

            var bits = (ulong)Random.Shared.NextInt64(long.MinValue, long.MaxValue);
            for (var i = 0; i < text.Length; i++)
            {
                if (i == 18)
                {
                    bits = (ulong)Random.Shared.NextInt64(long.MinValue, long.MaxValue);
                }

                text[i] = i switch
                {
                    8 or 13 or 18 or 23 => '-',
                    14 => '4',
                    19 => Hex[8 | (int)(bits & 3)],
                    _ => Hex[(int)(bits & 15)],
                };
                bits = text[i] == '-' ? bits : bits >> 4;
            }
        });
    }

    /// <summary>Makes an id of the form of <c>x-amz-apigw-id</c>: fifteen characters and an equals sign.</summary>
    public static string NewExtendedRequestId()
    {
        return string.Create(16, 0, static (text, _) =>
        {
            var bits = (ulong)Random.Shared.NextInt64(long.MinValue, long.MaxValue);
            for (var i = 0; i < text.Length - 1; i++)
            {
                if (i == 10)
                {
                    bits = (ulong)Random.Shared.NextInt64(long.MinValue, long.MaxValue);
                }

                text[i] = Base64Url[(int)(bits & 63)];
                bits >>= 6;
            }

            text[^1] = '=';
        });
    }
}

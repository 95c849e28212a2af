namespace ApiGateway.Middleware.Contracts;

/// <summary>The names of <see cref="GatewayResponseType"/> in Amazon API Gateway.</summary>
public static class GatewayResponseTypeNames
{
    private static readonly string[] Names =
    [
        "DEFAULT_4XX", "DEFAULT_5XX", "ACCESS_DENIED", "API_CONFIGURATION_ERROR", "AUTHORIZER_CONFIGURATION_ERROR",
        "AUTHORIZER_FAILURE", "BAD_REQUEST_PARAMETERS", "BAD_REQUEST_BODY", "EXPIRED_TOKEN", "INTEGRATION_FAILURE",
        "INTEGRATION_TIMEOUT", "INVALID_API_KEY", "INVALID_SIGNATURE", "MISSING_AUTHENTICATION_TOKEN", "QUOTA_EXCEEDED",
        "REQUEST_TOO_LARGE", "RESOURCE_NOT_FOUND", "THROTTLED", "UNAUTHORIZED", "UNSUPPORTED_MEDIA_TYPE", "WAF_FILTERED",
    ];

    /// <summary>Gets the name, such as <c>MISSING_AUTHENTICATION_TOKEN</c>.</summary>
    /// <param name="type">The type.</param>
    public static string ToName(this GatewayResponseType type) => Names[(int)type];

    /// <summary>Reads a name.</summary>
    /// <param name="name">The name; case-sensitive.</param>
    /// <param name="type">The type.</param>
    /// <returns>Whether there is such a type.</returns>
    public static bool TryParse(string name, out GatewayResponseType type)
    {
        var index = Array.IndexOf(Names, name);
        type = (GatewayResponseType)Math.Max(index, 0);
        return index >= 0;
    }
}

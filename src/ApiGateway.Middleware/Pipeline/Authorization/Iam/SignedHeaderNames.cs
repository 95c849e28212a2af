namespace ApiGateway.Middleware.Pipeline.Authorization.Iam;

/// <summary>The names of headers that callers usually sign, so that reading them allocates nothing.</summary>
internal static class SignedHeaderNames
{
    /// <summary>Gets the name as a string.</summary>
    public static string Get(ReadOnlySpan<char> name) => name switch
    {
        "host" => "host",
        "accept" => "accept",
        "content-length" => "content-length",
        "content-md5" => "content-md5",
        "content-type" => "content-type",
        "date" => "date",
        "user-agent" => "user-agent",
        "x-amz-content-sha256" => "x-amz-content-sha256",
        "x-amz-date" => "x-amz-date",
        "x-amz-security-token" => "x-amz-security-token",
        "x-amz-user-agent" => "x-amz-user-agent",
        "x-amz-target" => "x-amz-target",
        "x-api-key" => "x-api-key",
        _ => name.ToString(),
    };
}

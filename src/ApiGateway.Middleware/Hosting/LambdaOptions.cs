namespace ApiGateway.Middleware.Hosting;

/// <summary>Where Lambda functions are that do not run in process; <c>ApiGateway:Lambda</c> in configuration.</summary>
public sealed class LambdaOptions
{
    /// <summary>Gets or sets the address of the Lambda API, such as <c>http://127.0.0.1:3001</c> of a local tool.</summary>
    /// <value>The default is that of AWS in the function's region, provided that there are keys; without keys nothing is sent to AWS.</value>
    public string? Endpoint { get; set; }

    /// <summary>Gets or sets the region for which calls to <see cref="Endpoint"/> are signed. The default is that of the function's ARN.</summary>
    public string? Region { get; set; }

    /// <summary>Gets the addresses of single functions, by name or ARN, with or without version or alias. They come before <see cref="Endpoint"/>.</summary>
    /// <value>An address with a path is called as it is, such as that of a runtime interface emulator:
    /// <c>http://127.0.0.1:9000/2015-03-31/functions/function/invocations</c>.</value>
    public IDictionary<string, string> Functions { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets or sets the id of the key with which calls are signed. The default sends them unsigned.</summary>
    public string? AccessKeyId { get; set; }

    /// <summary>Gets or sets the secret of that key. Keep it out of files that others read.</summary>
    public string? SecretAccessKey { get; set; }

    /// <summary>Gets or sets the token of temporary keys.</summary>
    public string? SessionToken { get; set; }
}

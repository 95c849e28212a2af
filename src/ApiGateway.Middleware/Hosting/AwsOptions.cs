namespace ApiGateway.Middleware.Hosting;

/// <summary>Where AWS services are, and the keys with which they are called; <c>ApiGateway:Aws</c> in configuration.</summary>
/// <remarks>
/// What <see cref="LambdaOptions"/> leaves open is taken from here: keys, and the address of <c>lambda</c>. An
/// <see cref="Contracts.IAwsCredentialsSource"/> in the container takes the place of the keys of both.
/// </remarks>
public sealed class AwsOptions
{
    /// <summary>Gets or sets the address of all services, such as <c>http://127.0.0.1:4566</c> of a local tool: scheme, host and port.</summary>
    /// <value>The default is <c>https://{service}.{region}.amazonaws.com</c>, provided that there are keys; without keys nothing is sent to AWS.</value>
    public string? Endpoint { get; set; }

    /// <summary>Gets the addresses of single services by their names in integrations, such as <c>sqs</c>. They come before <see cref="Endpoint"/>.</summary>
    public IDictionary<string, string> Endpoints { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets the region for which requests to these addresses are signed. The default is that of the integration.</summary>
    public string? Region { get; set; }

    /// <summary>Gets or sets the id of the key with which requests are signed. The default sends them unsigned.</summary>
    public string? AccessKeyId { get; set; }

    /// <summary>Gets or sets the secret of that key. Keep it out of files that others read.</summary>
    public string? SecretAccessKey { get; set; }

    /// <summary>Gets or sets the token of temporary keys.</summary>
    public string? SessionToken { get; set; }
}

namespace ApiGateway.Middleware.Contracts;

/// <summary>How signed requests (AWS Signature Version 4) are verified; <c>ApiGateway:SigV4</c> in configuration.</summary>
public sealed class SigV4Options
{
    /// <summary>Gets or sets how far the time of a request may be from that of the gateway, to both sides.</summary>
    /// <value>From zero to one day. The default is 5 minutes, as of the service.</value>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets the longest life of a presigned address; a longer <c>X-Amz-Expires</c> is refused.</summary>
    /// <value>From 1 second to 7 days. The default is 7 days.</value>
    public TimeSpan MaxPresignedLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Gets the services for which a request may be signed. Empty, the default, means <c>execute-api</c>.</summary>
    public IList<string> AcceptedServices { get; } = [];

    /// <summary>Gets the regions for which a request may be signed. Empty, the default, means the region of the gateway.</summary>
    public IList<string> AcceptedRegions { get; } = [];

    /// <summary>Gets or sets the host that callers sign, where a proxy in front of the gateway changes it. The default is the request's host.</summary>
    public string? HostOverride { get; set; }

    /// <summary>Gets or sets a value indicating whether empty and dot segments of the path are removed before it is compared.</summary>
    /// <value>The default is <see langword="true"/>, as every service but S3 does.</value>
    public bool NormalizePath { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether every header <c>x-amz-*</c> but the token must be signed. The default is <see langword="false"/>.</summary>
    public bool RequireSignedAmzHeaders { get; set; }

    /// <summary>Gets or sets a value indicating whether a presigned address may leave the body unsigned (<c>UNSIGNED-PAYLOAD</c>), over TLS.</summary>
    /// <value>The default is <see langword="false"/>, as of the service.</value>
    public bool AllowUnsignedPayload { get; set; }

    /// <summary>Gets or sets a value indicating whether answers repeat a wrong <c>Authorization</c> header in clear text instead of its hash.</summary>
    /// <value>The default is <see langword="false"/>: the header may hold a token that opens other doors.</value>
    public bool LegacyHeaderEcho { get; set; }

    /// <summary>Gets or sets a value indicating whether a wrong signature is answered with what should have been signed.</summary>
    /// <value>The default, <see langword="null"/>, does so in the environment <c>Development</c> only.</value>
    public bool? VerboseMismatch { get; set; }

    /// <summary>Gets or sets a value indicating whether callers without any policy may call every method, as far as no policy denies it.</summary>
    /// <value>The default is <see langword="false"/>: who has no policy may do what resource policies allow.</value>
    public bool AllowWithoutPolicy { get; set; }

    /// <summary>Gets or sets the shortest id of an access key; shorter ones are refused without asking the store.</summary>
    /// <value>From 1 to 128 characters. The default is 16.</value>
    public int MinAccessKeyIdLength { get; set; } = 16;

    /// <summary>Gets or sets how long an access key is remembered before the store is asked again.</summary>
    /// <value>Zero asks for each request. The default is 60 seconds.</value>
    public TimeSpan CredentialCacheTtl { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets or sets how long it is remembered that there is no such access key.</summary>
    /// <value>Zero asks for each request. The default is 5 seconds.</value>
    public TimeSpan UnknownCredentialCacheTtl { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets the largest number of access keys that are remembered.</summary>
    /// <value>At least 1. The default is 10,000.</value>
    public int CredentialCacheSize { get; set; } = 10_000;
}

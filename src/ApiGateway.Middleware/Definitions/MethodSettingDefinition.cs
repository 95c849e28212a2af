using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions;

/// <summary>Settings of a stage for a method, or for all; <c>MethodSetting</c> of <c>AWS::ApiGateway::Stage</c>.</summary>
public sealed class MethodSettingDefinition : DefinitionNode
{
    /// <summary>Gets or sets how many requests per second the method serves to all callers together, from 0 to 1,000,000,000.</summary>
    /// <value>The default is 10,000 if <see cref="ThrottlingBurstLimit"/> is set, else no limit.</value>
    public double? ThrottlingRateLimit { get; set; }

    /// <summary>Gets or sets how many requests the method serves at once, 0 or more.</summary>
    /// <value>The default is 5,000 if <see cref="ThrottlingRateLimit"/> is set, else no limit.</value>
    public int? ThrottlingBurstLimit { get; set; }

    /// <summary>Gets or sets whether answers of the method are cached, in a stage with <see cref="StageDefinition.CacheClusterEnabled"/>.
    /// Under <c>*/*</c> that means <c>GET</c> requests; other methods need an entry of their own.</summary>
    /// <value>The default is false.</value>
    public bool CachingEnabled { get; set; }

    /// <summary>Gets or sets how long answers are kept, in seconds.</summary>
    /// <value>From 0 to 3,600; 0 keeps none. The default is 300.</value>
    public int? CacheTtlInSeconds { get; set; }

    /// <summary>Gets or sets whether answers are encrypted while they are kept (AES-GCM), with the key of the gateway's options.</summary>
    /// <value>The default is false.</value>
    public bool CacheDataEncrypted { get; set; }

    /// <summary>Gets or sets whether only callers with the permission <c>execute-api:InvalidateCache</c> get a new answer by
    /// <c>Cache-Control: max-age=0</c>.</summary>
    /// <value>The default is true; false lets everybody.</value>
    public bool? RequireAuthorizationForCacheControl { get; set; }

    /// <summary>Gets or sets what becomes of such requests of others.</summary>
    /// <value>The default is <see cref="UnauthorizedCacheControlStrategy.SucceedWithResponseHeader"/>.</value>
    public UnauthorizedCacheControlStrategy UnauthorizedCacheControlHeaderStrategy { get; set; }
}

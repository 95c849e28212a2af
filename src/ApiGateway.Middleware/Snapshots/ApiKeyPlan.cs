using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>Where a method's callers have their key, and which keys the stage accepts.</summary>
internal sealed class ApiKeyPlan(ApiKeySource source, ApiKeyTable keys)
{
    /// <summary>Gets whether the authorizer gives the key, instead of a header.</summary>
    public bool IsFromAuthorizer { get; } = source == ApiKeySource.Authorizer;

    public ApiKeyTable Keys { get; } = keys;
}

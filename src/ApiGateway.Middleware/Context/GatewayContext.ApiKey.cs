using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Context;

/// <content>Whose usage plan the request counts in; nothing on methods that need no API key.</content>
internal sealed partial class GatewayContext
{
    private ThrottleRequest? _throttle;

    /// <summary>Gets or sets the value of the caller's API key: a secret. Written by the API key step, if it is valid.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Gets or sets what that key may do in the stage. Written by the API key step.</summary>
    public ApiKeyGrant? ApiKeyGrant { get; set; }

    /// <summary>Gets what the request asks of the limits. Written by the throttling step.</summary>
    public ThrottleRequest Throttle => _throttle ??= new ThrottleRequest();

    private void ResetApiKey()
    {
        _throttle?.Reset();
        ApiKey = null;
        ApiKeyGrant = null;
    }
}

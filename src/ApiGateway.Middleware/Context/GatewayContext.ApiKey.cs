using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Context;

/// <content>Whose usage plan the request counts in; nothing on methods that need no API key.</content>
internal sealed partial class GatewayContext
{
    /// <summary>Gets or sets the value of the caller's API key: a secret. Written by the API key step, if it is valid.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Gets or sets what that key may do in the stage. Written by the API key step.</summary>
    public ApiKeyGrant? ApiKeyGrant { get; set; }

    private void ResetApiKey()
    {
        ApiKey = null;
        ApiKeyGrant = null;
    }
}

using ApiGateway.Middleware.Buffers.Counting;

namespace ApiGateway.Middleware.Context;

/// <content>What an access log tells of backend and answer.</content>
internal sealed partial class GatewayContext
{
    /// <summary>Gets whether the request is one that access logs tell of: where connections are opened, the handshakes, if they have not been told of
    /// yet.</summary>
    public bool IsLogged => !HasLeft && (Stage.Messages is null || (Connection is not null && !IsEnded));

    /// <summary>Gets or sets whether the request was none of the API's after all, and went on to the application. Written by the route step.</summary>
    public bool HasLeft { get; set; }

    /// <summary>Gets or sets how long the backend took, or <see langword="null"/> if nobody measures. Written by the integration.</summary>
    public TimeSpan? IntegrationLatency { get; set; }

    /// <summary>Gets or sets the status of the backend's answer, of a function that of its invocation; 0 if there is none. Written by the integration.</summary>
    public int IntegrationStatus { get; set; }

    /// <summary>Gets or sets the status that a function's answer has; 0 if there is none. Written by the integration.</summary>
    public int FunctionStatus { get; set; }

    /// <summary>Gets or sets what counts the bytes of the answer, or <see langword="null"/>. Written by the entry.</summary>
    public CountedResponse? Counted { get; set; }

    /// <summary>Takes over what another event of the same request knows of its backend.</summary>
    public void TakeIntegrationOf(GatewayContext other) =>
        (IntegrationLatency, IntegrationStatus, FunctionStatus) = (other.IntegrationLatency, other.IntegrationStatus, other.FunctionStatus);

    private void ResetAccessLog()
    {
        HasLeft = false;
        IntegrationLatency = null;
        IntegrationStatus = 0;
        FunctionStatus = 0;
        Counted = null;
    }
}

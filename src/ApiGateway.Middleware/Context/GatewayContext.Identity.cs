using System.Net;

namespace ApiGateway.Middleware.Context;

/// <content>Who the request is and where it comes from, found out when first asked.</content>
internal sealed partial class GatewayContext
{
    private string? _requestId;
    private string? _extendedRequestId;
    private IPAddress? _sourceIp;
    private DateTimeOffset? _receivedAt;

    /// <summary>Gets the id of the request: a UUID, or the second id where the API's kind has one only.</summary>
    public string RequestId => _requestId ??= Api.IdHeaders.ExtendedRequestId is null ? ExtendedRequestId : RequestIds.NewRequestId();

    /// <summary>Gets the second id of the request, in the form of <c>x-amz-apigw-id</c>.</summary>
    public string ExtendedRequestId => _extendedRequestId ??= RequestIds.NewExtendedRequestId();

    /// <summary>Gets the caller's address, or <see langword="null"/> where the transport has none.</summary>
    public IPAddress? SourceIp => _sourceIp ??= ClientAddress.Of(Http, Snapshot.ClientAddress);

    /// <summary>Gets when the request arrived, in UTC. The clock is read when it is first asked for, which a step that runs early does.</summary>
    public DateTimeOffset ReceivedAt => _receivedAt ??= time.GetUtcNow();

    /// <summary>Gets or sets why the gateway answers itself. Written by the response writer.</summary>
    public GatewayError? Error { get; set; }

    /// <summary>Gets or sets the value of <c>X-Amzn-Trace-Id</c> towards the backend. Written by the integration.</summary>
    public string? TraceId { get; set; }

    private void ResetIdentity()
    {
        TraceId = null;
        _requestId = null;
        _extendedRequestId = null;
        _sourceIp = null;
        _receivedAt = null;
        Error = null;
    }
}

namespace ApiGateway.Middleware.Snapshots;

/// <summary>The customized form of an answer of the gateway.</summary>
internal sealed class GatewayResponsePlan
{
    /// <summary>Gets the status, or <see langword="null"/> for that of the error.</summary>
    public required int? StatusCode { get; init; }

    public required GatewayResponseHeader[] Headers { get; init; }

    /// <summary>Gets the bodies in the order of the definition; at least one.</summary>
    public required GatewayResponseBody[] Bodies { get; init; }
}

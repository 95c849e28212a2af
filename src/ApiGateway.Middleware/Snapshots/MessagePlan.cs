namespace ApiGateway.Middleware.Snapshots;

/// <summary>What is particular to the routes of a WebSocket API's messages.</summary>
internal sealed class MessagePlan
{
    /// <summary>Gets whether the client gets the integration's answer.</summary>
    public required bool IsTwoWay { get; init; }

    /// <summary>Gets whether the status of the integration's answer decides whether a connection is opened; if not, any answer opens it.</summary>
    public required bool DecidesByStatus { get; init; }
}

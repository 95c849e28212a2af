namespace ApiGateway.Middleware.Snapshots;

/// <summary>Holds the snapshot in force. One volatile read per request, one volatile write per reload.</summary>
internal sealed class SnapshotSource
{
    private GatewaySnapshot _current = GatewaySnapshot.Empty;

    /// <summary>Gets the newest good snapshot. Only the pipeline's entry reads it; later steps use what it found.</summary>
    public GatewaySnapshot Current => Volatile.Read(ref _current);

    public void Publish(GatewaySnapshot next) => Volatile.Write(ref _current, next);
}

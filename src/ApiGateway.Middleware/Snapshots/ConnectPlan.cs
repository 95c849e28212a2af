namespace ApiGateway.Middleware.Snapshots;

/// <summary>Opens a WebSocket connection once the route <c>$connect</c>, where there is one, has said yes.</summary>
internal sealed class ConnectPlan() : IntegrationPlan(Backend.Connect, System.Threading.Timeout.InfiniteTimeSpan);

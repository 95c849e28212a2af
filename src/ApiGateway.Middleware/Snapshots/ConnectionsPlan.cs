namespace ApiGateway.Middleware.Snapshots;

/// <summary>Lets backends post to the connections of a stage, ask for them and close them.</summary>
internal sealed class ConnectionsPlan() : IntegrationPlan(Backend.Connections, System.Threading.Timeout.InfiniteTimeSpan);

namespace ApiGateway.Middleware.Telemetry;

/// <summary>The first event id of each folder; a range has a hundred.</summary>
internal static class EventIds
{
    public const int Snapshots = 1000;
    public const int Pipeline = 1100;
    public const int Responses = 1200;
    public const int Integrations = 1300;
    public const int Authorization = 1400;
    public const int Throttling = 1500;
    public const int Caching = 1600;
    public const int Transformation = 1700;
    public const int Tokens = 1900;
    public const int WebSockets = 2000;
}

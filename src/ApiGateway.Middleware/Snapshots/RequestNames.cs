namespace ApiGateway.Middleware.Snapshots;

/// <summary>What a request has hit so far; its names in logs, metrics and activities.</summary>
internal readonly record struct RequestNames(ApiSnapshot Api, StageSnapshot? Stage, RouteSnapshot? Route);

namespace ApiGateway.Middleware.Compilation;

/// <summary>What ARNs and default host names are made of.</summary>
internal sealed record GatewayIdentity(string Region, string AccountId, string Partition);

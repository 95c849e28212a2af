namespace ApiGateway.Middleware.Contracts;

/// <summary>How many requests a key has in a period.</summary>
/// <param name="Limit">The requests.</param>
/// <param name="Period">The period.</param>
/// <param name="Offset">How many fewer there are in the first period that is counted.</param>
internal sealed record QuotaLimit(long Limit, QuotaPeriod Period, long Offset);

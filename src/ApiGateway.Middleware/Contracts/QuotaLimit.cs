namespace ApiGateway.Middleware.Contracts;

/// <summary>How many requests a key has in a period.</summary>
/// <param name="Limit">The requests, 0 or more.</param>
/// <param name="Period">The period.</param>
/// <param name="Offset">How many fewer there are in the first period that is counted, from 0 to the limit.</param>
public sealed record QuotaLimit(long Limit, QuotaPeriod Period, long Offset);

using System.Runtime.InteropServices;

namespace ApiGateway.Middleware.Contracts;

/// <summary>What a key used of a usage plan on one day.</summary>
/// <param name="Day">The day, in UTC.</param>
/// <param name="Used">The requests that were let in, in all stages of the plan.</param>
/// <param name="Remaining">The requests that the quota's period had left at the end of the day, or now if the day is today;
/// <see langword="null"/> if the plan has no quota.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct UsageDay(DateOnly Day, long Used, long? Remaining);

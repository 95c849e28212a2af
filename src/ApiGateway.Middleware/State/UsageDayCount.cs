using System.Runtime.InteropServices;

namespace ApiGateway.Middleware.State;

/// <summary>The requests of one day.</summary>
/// <param name="Day">The day's number.</param>
/// <param name="Used">How many there were.</param>
/// <param name="Remaining">How many the quota's period had left at the end of the day, or <see langword="null"/> without a quota.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UsageDayCount(int Day, long Used, long? Remaining);

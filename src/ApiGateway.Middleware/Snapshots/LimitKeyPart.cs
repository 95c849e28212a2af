namespace ApiGateway.Middleware.Snapshots;

/// <summary>A part of what tells the callers of a limit apart.</summary>
/// <param name="Place">Where it is read.</param>
/// <param name="Name">The name there, or empty.</param>
/// <param name="V4Bits">How many bits of an IPv4 address count.</param>
/// <param name="V6Bits">How many bits of an IPv6 address count.</param>
internal readonly record struct LimitKeyPart(LimitKeyPlace Place, string Name, int V4Bits = 0, int V6Bits = 0);

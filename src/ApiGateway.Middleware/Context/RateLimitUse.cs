using System.Runtime.InteropServices;

namespace ApiGateway.Middleware.Context;

/// <summary>What a request has to do with one of its limits by caller.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct RateLimitUse
{
    public const int NotAsked = -1;

    /// <summary>The hash of what tells callers apart.</summary>
    public UInt128 Key;

    /// <summary>The limit's place among the levels that the store is asked for; <see cref="NotAsked"/> where requests under way count, or an earlier limit has refused.</summary>
    public int Level;

    /// <summary>Whether the request counts as one that is under way.</summary>
    public bool IsHeld;

    /// <summary>How many more requests may be under way.</summary>
    public double Remaining;
}

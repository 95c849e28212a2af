using System.Runtime.InteropServices;

namespace ApiGateway.Middleware.Contracts;

/// <summary>The answer of a store. The default value refuses.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ThrottleResult
{
    /// <summary>The request is let in.</summary>
    public static readonly ThrottleResult Allowed = new() { Decision = ThrottleDecision.Allowed };

    /// <summary>The quota is exhausted.</summary>
    public static readonly ThrottleResult QuotaExceeded = new() { Decision = ThrottleDecision.QuotaExceeded };

    /// <summary>The store could not be asked, and is to refuse then.</summary>
    public static readonly ThrottleResult Unavailable = new() { Decision = ThrottleDecision.Unavailable };

    /// <summary>Gets what is decided.</summary>
    public ThrottleDecision Decision { get; private init; }

    /// <summary>Gets which of <see cref="ThrottleRequest.Levels"/> has refused, if <see cref="Decision"/> is <see cref="ThrottleDecision.Throttled"/>.</summary>
    public int Level { get; private init; }

    /// <summary>A level refuses.</summary>
    /// <param name="level">Its place in <see cref="ThrottleRequest.Levels"/>.</param>
    /// <returns>The answer.</returns>
    public static ThrottleResult Throttled(int level) => new() { Decision = ThrottleDecision.Throttled, Level = level };
}

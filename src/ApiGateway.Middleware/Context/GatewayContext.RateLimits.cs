using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Context;

/// <content>Limits by caller; nothing on methods that have none.</content>
internal sealed partial class GatewayContext
{
    private RateLimitUse[] _rateLimits = [];
    private ThrottleRequest? _charges;
    private int _rateLimitCount;

    /// <summary>Gets or sets what is to be done at the end of the request. Written by the throttling step.</summary>
    public IRequestEnd? AtEnd { get; set; }

    /// <summary>Gets what the request has to do with its limits by caller, in their order. Written by the throttling step.</summary>
    public Span<RateLimitUse> RateLimits => _rateLimits.AsSpan(0, _rateLimitCount);

    /// <summary>Gets what is taken after the answer.</summary>
    public ThrottleRequest Charges => _charges ??= new ThrottleRequest();

    public Span<RateLimitUse> BeginRateLimits(int count)
    {
        if (_rateLimits.Length < count)
        {
            _rateLimits = new RateLimitUse[count];
        }

        _rateLimitCount = count;
        RateLimits.Fill(new RateLimitUse { Level = RateLimitUse.NotAsked, Remaining = double.NaN });
        return RateLimits;
    }

    /// <summary>Leaves the charges to a store that has not ended yet.</summary>
    public void LeaveCharges() => _charges = null;

    private void ResetRateLimits()
    {
        AtEnd = null;
        _rateLimitCount = 0;
        _charges?.Reset();
    }
}

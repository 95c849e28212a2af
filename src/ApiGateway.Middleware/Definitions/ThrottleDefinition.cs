namespace ApiGateway.Middleware.Definitions;

/// <summary>How many requests per time; <c>ThrottleSettings</c> of <c>AWS::ApiGateway::UsagePlan</c>. Refuses with 429.</summary>
/// <remarks>A token bucket: it holds <see cref="BurstLimit"/> requests, starts full, and regains <see cref="RateLimit"/> per second.</remarks>
public sealed class ThrottleDefinition : DefinitionNode
{
    /// <summary>Initializes a new instance of the <see cref="ThrottleDefinition"/> class.</summary>
    public ThrottleDefinition()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ThrottleDefinition"/> class.</summary>
    /// <param name="rateLimit">Requests per second.</param>
    /// <param name="burstLimit">Requests at once.</param>
    public ThrottleDefinition(double rateLimit, int burstLimit)
    {
        RateLimit = rateLimit;
        BurstLimit = burstLimit;
    }

    /// <summary>Gets or sets how many requests per second the bucket regains, from 0 to 1,000,000,000; fractions are fine. Required.</summary>
    public double? RateLimit { get; set; }

    /// <summary>Gets or sets how many requests a full bucket holds, 0 or more. Required; 0 refuses every request.</summary>
    public int? BurstLimit { get; set; }
}

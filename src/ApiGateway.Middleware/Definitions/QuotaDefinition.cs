using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions;

/// <summary>How many requests a key has in a period; <c>QuotaSettings</c> of <c>AWS::ApiGateway::UsagePlan</c>. Refuses with 429.</summary>
public sealed class QuotaDefinition : DefinitionNode
{
    /// <summary>Gets or sets the requests per period, 0 or more. Required.</summary>
    public long? Limit { get; set; }

    /// <summary>Gets or sets the period. Required.</summary>
    public QuotaPeriod? Period { get; set; }

    /// <summary>Gets or sets how many fewer requests the first counted period has, from 0 to <see cref="Limit"/>. The default is 0.</summary>
    public long Offset { get; set; }
}

namespace ApiGateway.Middleware.Contracts;

/// <summary>How long a quota of a usage plan counts before it begins again; all in UTC. Source: <c>QuotaSettings</c> of <c>AWS::ApiGateway::UsagePlan</c>.</summary>
public enum QuotaPeriod
{
    /// <summary><c>DAY</c>: begins at 00:00.</summary>
    Day,

    /// <summary><c>WEEK</c>: begins on Sunday at 00:00.</summary>
    Week,

    /// <summary><c>MONTH</c>: begins on the first day at 00:00.</summary>
    Month,
}

namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>How a request's value compares to the policy's.</summary>
internal enum ConditionComparison
{
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

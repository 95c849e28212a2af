namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>Reads the sign of a comparison.</summary>
internal static class OrderTest
{
    public static bool Holds(ConditionComparison comparison, int sign) => comparison switch
    {
        ConditionComparison.Less => sign < 0,
        ConditionComparison.LessOrEqual => sign <= 0,
        ConditionComparison.Greater => sign > 0,
        ConditionComparison.GreaterOrEqual => sign >= 0,
        _ => sign == 0,
    };
}

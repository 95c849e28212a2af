namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>How several values of a request are taken together.</summary>
internal enum ConditionQuantifier
{
    /// <summary>No prefix.</summary>
    Plain,
    ForAnyValue,
    ForAllValues,
}

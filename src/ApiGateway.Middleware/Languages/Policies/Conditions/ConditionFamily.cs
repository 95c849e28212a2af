namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>What operators compare.</summary>
internal enum ConditionFamily
{
    Text,
    TextIgnoreCase,
    TextLike,
    Number,
    Date,
    Bool,
    Binary,
    Address,
    Arn,
    Null,
}

namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>What the values of a condition key are.</summary>
internal enum PolicyKeyType
{
    Text,
    Arn,
    Address,
    Date,
    Number,

    /// <summary>Seconds since 1970, good for both families of operators.</summary>
    DateOrNumber,
    Bool,
}

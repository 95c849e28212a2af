namespace ApiGateway.Middleware.Languages.Policies.Matching;

/// <summary>Where an ARN pattern may have variables.</summary>
internal enum ArnVariables
{
    Nowhere,

    /// <summary>After the fifth colon.</summary>
    InResource,

    Everywhere,
}

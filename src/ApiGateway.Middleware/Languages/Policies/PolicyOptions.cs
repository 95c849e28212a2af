namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>How a policy document is compiled.</summary>
internal sealed record PolicyOptions
{
    /// <summary>The bounds of the kind, no API, no keys beside the global ones.</summary>
    public static PolicyOptions Default { get; } = new();

    /// <summary>Gets the bounds, or <see langword="null"/> for those of <see cref="PolicyLimits.For"/>.</summary>
    public PolicyLimits? Limits { get; init; }

    /// <summary>Gets the ARN of the API, <c>arn:{partition}:execute-api:{region}:{account}:{apiId}</c>, without a slash at its end.</summary>
    /// <remarks>The short form <c>execute-api:/…</c> of a resource policy stands for it.</remarks>
    public string? ApiArn { get; init; }

    /// <summary>Gets the condition keys that the host supplies beside <see cref="PolicyKeys.All"/>; other keys are warned about.</summary>
    public IReadOnlyList<PolicyKeyInfo> AdditionalKeys { get; init; } = [];

    /// <summary>Gets whether a condition with an unknown operator or key leaves the document valid, and its statement on the safe side:
    /// such a condition is never met in a permission and always met in a denial.</summary>
    /// <value>The default is false: an unknown operator is an error, and an unknown key is absent.</value>
    public bool ClosesUnknownConditions { get; init; }
}

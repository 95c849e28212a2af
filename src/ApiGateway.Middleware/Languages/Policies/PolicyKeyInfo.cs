namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>What is known of a condition key when a policy is loaded.</summary>
/// <param name="Name">The key; a slash at the end stands for a family such as <c>aws:PrincipalTag/</c>.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Id">Which key of the gateway it is.</param>
internal sealed record PolicyKeyInfo(string Name, PolicyKeyType Type, PolicyKeyId Id = PolicyKeyId.Other)
{
    /// <summary>Gets whether a request may have several values of it.</summary>
    public bool IsMultiValued { get; init; }

    /// <summary>Gets whether the host supplies it, so that nobody here knows how many values it has.</summary>
    public bool IsOfHost { get; init; }

    /// <summary>Gets whether only signed requests have it.</summary>
    public bool NeedsAuthentication { get; init; }

    /// <summary>Gets whether only requests of private endpoints have it.</summary>
    public bool NeedsPrivateEndpoint { get; init; }

    /// <summary>Gets whether any client can send any value of it.</summary>
    public bool IsForgeable { get; init; }
}

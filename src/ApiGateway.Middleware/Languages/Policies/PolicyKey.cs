namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>A condition key as a policy names it, resolved when the policy is loaded.</summary>
internal sealed class PolicyKey
{
    private PolicyKey(string name, PolicyKeyId id, string argument)
    {
        Name = name;
        Id = id;
        Argument = argument;
    }

    /// <summary>Gets the name, as the policy writes it.</summary>
    public string Name { get; }

    /// <summary>Gets which key of the gateway it is.</summary>
    public PolicyKeyId Id { get; }

    /// <summary>Gets what follows the slash of <see cref="PolicyKeyId.PrincipalTag"/>: ignore its case.</summary>
    public string Argument { get; }

    /// <summary>The key of a name. Keys ignore case.</summary>
    public static PolicyKey Of(string name)
    {
        var id = PolicyKeys.Find(name, [])?.Id ?? PolicyKeyId.Other;
        return new PolicyKey(name, id, id == PolicyKeyId.PrincipalTag ? name[PolicyKeys.PrincipalTagPrefix.Length..] : "");
    }
}

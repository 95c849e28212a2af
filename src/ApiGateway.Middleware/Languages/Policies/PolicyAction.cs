namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>What a caller wants to do. The gateway's own actions are matched by one bit, others by text.</summary>
internal sealed class PolicyAction
{
    private PolicyAction(string name, byte bit)
    {
        Name = name;
        Bit = bit;
    }

    /// <summary>Every request.</summary>
    public static PolicyAction Invoke { get; } = new("execute-api:Invoke", 1);

    /// <summary>A request that asks for a fresh answer of a cached method.</summary>
    public static PolicyAction InvalidateCache { get; } = new("execute-api:InvalidateCache", 2);

    /// <summary>A call to a WebSocket connection from outside.</summary>
    public static PolicyAction ManageConnections { get; } = new("execute-api:ManageConnections", 4);

    /// <summary>Gets the actions of the gateway.</summary>
    public static IReadOnlyList<PolicyAction> Known { get; } = [Invoke, InvalidateCache, ManageConnections];

    /// <summary>Gets the name, <c>vendor:Action</c>.</summary>
    public string Name { get; }

    /// <summary>Gets the bit of a known action, or 0.</summary>
    public byte Bit { get; }

    /// <summary>The action of a name; known ones ignore case, as all policies do.</summary>
    public static PolicyAction Of(string name)
    {
        foreach (var action in Known)
        {
            if (action.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return action;
            }
        }

        return new PolicyAction(name, 0);
    }
}

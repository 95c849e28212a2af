namespace ApiGateway.Middleware.Contracts;

/// <summary>What the others think of a node that shows that it lives.</summary>
public enum NodeState
{
    /// <summary>The registry did not know it: the node is new, or the registry has lost its data. Its connections have to be added again.</summary>
    Unknown,

    /// <summary>The registry knows it.</summary>
    Known,

    /// <summary>It was silent for so long that others have begun to take its connections for closed. Connections whose entries are gone have
    /// to be closed without more ado. From now on the node counts as new.</summary>
    Replaced,
}

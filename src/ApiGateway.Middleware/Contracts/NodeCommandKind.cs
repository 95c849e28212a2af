namespace ApiGateway.Middleware.Contracts;

/// <summary>What a node is asked to do with a connection.</summary>
public enum NodeCommandKind
{
    /// <summary>Send a message to the client.</summary>
    Post,

    /// <summary>Close it.</summary>
    Close,
}

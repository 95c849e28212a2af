namespace ApiGateway.Middleware.Snapshots;

/// <summary>What the answers of a method depend on, besides API and stage.</summary>
internal sealed class CacheKeyPlan
{
    /// <summary>Gets what a key begins with: the namespace, and which parts follow. Keys of another make never look alike.</summary>
    public required string Prefix { get; init; }

    /// <summary>Gets the declared parts in their order.</summary>
    public required CacheKeyPart[] Parts { get; init; }

    /// <summary>Gets whether scheme, host and the whole path are in the key.</summary>
    public bool HasTarget { get; init; }

    public bool HasQuery { get; init; }

    public bool HasCaller { get; init; }

    /// <summary>Tells whether a request header is in the key.</summary>
    public bool HasHeader(string name) =>
        Array.Exists(Parts, part => part.Place == CacheKeyPlace.Header && part.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

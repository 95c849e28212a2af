namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>Bounds of a policy document. A document that passes one is invalid.</summary>
internal sealed record PolicyLimits
{
    private static readonly PolicyLimits Resource = new();
    private static readonly PolicyLimits Identity = new() { MaxLength = 10_240 };
    private static readonly PolicyLimits Endpoint = new() { MaxLength = 20_480 };
    private static readonly PolicyLimits Authorizer = new() { CountsBytes = true, MaxResourceLength = 512 };

    /// <summary>Gets the longest document, white space included.</summary>
    /// <value>The default is 8,192; 10,240 for identities, 20,480 for endpoints.</value>
    public int MaxLength { get; init; } = 8_192;

    /// <summary>Gets whether <see cref="MaxLength"/> counts UTF-8 bytes, not UTF-16 units.</summary>
    public bool CountsBytes { get; init; }

    /// <summary>Gets how deep objects and arrays may nest.</summary>
    /// <value>From 1 to 64. The default is 8.</value>
    public int MaxDepth { get; init; } = 8;

    /// <summary>Gets how many statements a document may have.</summary>
    public int MaxStatements { get; init; } = 1_000;

    /// <summary>Gets how many entries one list may have.</summary>
    public int MaxValues { get; init; } = 100;

    /// <summary>Gets the longest entry of <c>Resource</c> and <c>NotResource</c>, in UTF-16 units.</summary>
    public int MaxResourceLength { get; init; } = int.MaxValue;

    /// <summary>The bounds of the managed service for one kind of document.</summary>
    public static PolicyLimits For(PolicyKind kind) => kind switch
    {
        PolicyKind.Identity => Identity,
        PolicyKind.Authorizer => Authorizer,
        PolicyKind.Endpoint => Endpoint,
        _ => Resource,
    };
}

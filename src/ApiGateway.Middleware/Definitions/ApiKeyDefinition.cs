namespace ApiGateway.Middleware.Definitions;

/// <summary>An API key; <c>AWS::ApiGateway::ApiKey</c> with its usage plans.</summary>
/// <remarks>A key tells who calls; it is no authorization. Values are secrets: they appear in no log and no snapshot.</remarks>
public sealed class ApiKeyDefinition : DefinitionNode
{
    /// <summary>Initializes a new instance of the <see cref="ApiKeyDefinition"/> class.</summary>
    /// <param name="id">The key's id; the key under <c>ApiKeys</c>. Usage and buckets are kept under it, whatever the value.</param>
    public ApiKeyDefinition(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        Id = id;
    }

    /// <summary>Gets the key's id.</summary>
    public string Id { get; }

    /// <summary>Gets or sets the key's name, at most 1,024 characters. It has no effect on requests.</summary>
    public string? Name { get; set; }

    /// <summary>Gets or sets a description. It has no effect on requests.</summary>
    public string? Description { get; set; }

    /// <summary>Gets or sets what callers send, 20 to 128 characters. Required.</summary>
    public string? Value { get; set; }

    /// <summary>Gets or sets a second value, which is valid as well, so that callers can change from one to the other. The default is none.</summary>
    public string? PreviousValue { get; set; }

    /// <summary>Gets or sets when <see cref="PreviousValue"/> ends. The default is never.</summary>
    public DateTimeOffset? PreviousValueExpires { get; set; }

    /// <summary>Gets or sets whether callers may use the key. The default is true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets the ids of the key's usage plans, at most 10, and at most one for each stage. Without one, the key opens nothing.</summary>
    public IList<string> UsagePlans { get; } = [];
}

namespace ApiGateway.Middleware.Languages.Schemas;

/// <summary>How a schema is compiled.</summary>
internal sealed record SchemaOptions
{
    /// <summary>Draft 4, the default limits, and a base address that nothing else has.</summary>
    public static SchemaOptions Default { get; } = new();

    /// <summary>Gets the edition of the schema and of the documents it refers to.</summary>
    public SchemaDialect Dialect { get; init; }

    /// <summary>Gets the absolute address of the schema, against which its references are resolved.</summary>
    public Uri? BaseUri { get; init; }

    /// <summary>Gets the bounds of schema and body.</summary>
    public SchemaLimits Limits { get; init; } = SchemaLimits.Default;

    /// <summary>Gets whether an empty <c>required</c> is an error, as the managed service has it for models.</summary>
    public bool StrictRequired { get; init; }
}

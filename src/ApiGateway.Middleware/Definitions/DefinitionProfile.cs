namespace ApiGateway.Middleware.Definitions;

/// <summary>Which defaults a definition gets where it says nothing.</summary>
public enum DefinitionProfile
{
    /// <summary>Written for this library, in settings or code: streaming, implied mappings and responses, no response ids.</summary>
    Embedded,

    /// <summary>Written for Amazon API Gateway: its limits, headers and rules hold to the letter.</summary>
    Exact,
}

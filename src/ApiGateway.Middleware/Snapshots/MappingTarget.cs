namespace ApiGateway.Middleware.Snapshots;

/// <summary>Where a mapped parameter goes.</summary>
internal enum MappingTarget
{
    Header,
    Query,
    Path,

    /// <summary>The status of a response, in mappings of HTTP APIs.</summary>
    StatusCode,
}

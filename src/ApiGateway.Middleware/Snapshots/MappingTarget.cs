namespace ApiGateway.Middleware.Snapshots;

/// <summary>Where a mapped parameter goes.</summary>
internal enum MappingTarget
{
    Header,
    Query,
    Path,
}

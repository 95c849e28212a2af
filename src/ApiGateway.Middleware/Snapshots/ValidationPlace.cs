namespace ApiGateway.Middleware.Snapshots;

/// <summary>Where a required parameter stands, in the order in which missing ones are told.</summary>
internal enum ValidationPlace
{
    Header,
    Path,
    Query,
}

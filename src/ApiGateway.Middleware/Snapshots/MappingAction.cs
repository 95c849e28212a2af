namespace ApiGateway.Middleware.Snapshots;

/// <summary>What a parameter mapping of HTTP APIs does to its target, in the order in which mappings of one message are carried out.</summary>
internal enum MappingAction
{
    Remove,
    Overwrite,
    Append,
}

namespace ApiGateway.Middleware.Tests.Allocations;

/// <summary>Counts bytes, so nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(AllocationsCollection), DisableParallelization = true)]
public sealed class AllocationsCollection;

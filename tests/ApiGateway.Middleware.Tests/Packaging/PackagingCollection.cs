namespace ApiGateway.Middleware.Tests.Packaging;

/// <summary>Builds programs, which takes all processors there are, so nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(PackagingCollection), DisableParallelization = true)]
public sealed class PackagingCollection;

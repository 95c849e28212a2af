namespace ApiGateway.Middleware.Snapshots;

/// <summary>What is served below a base path of a host.</summary>
internal sealed class ApiMapping
{
    /// <summary>Gets the base path with a leading slash, or empty for the root.</summary>
    public required string BasePath { get; init; }

    /// <summary>Gets the stages that the next segment can name.</summary>
    public required SegmentTable<StageSnapshot> Stages { get; init; }

    /// <summary>Gets the stage that the mapping fixes; the path then names none.</summary>
    public StageSnapshot? FixedStage { get; init; }

    /// <summary>Gets the stage of the root, for paths that begin with no stage's name, or <see langword="null"/>.</summary>
    public StageSnapshot? DefaultStage { get; init; }

    /// <summary>Gets whether this is a mapping of a custom domain name.</summary>
    public bool IsOfDomain { get; init; }

    /// <summary>Gets the API in whose name a request without a stage is refused.</summary>
    public required ApiSnapshot Owner { get; init; }

    /// <summary>Gets whether a request that no stage matches is refused with 403, instead of going on to the application.</summary>
    public bool IsClaiming { get; init; }

    /// <summary>Gets whether this is the default host of an API that refuses it.</summary>
    public bool IsDisabled { get; init; }
}

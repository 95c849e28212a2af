using ApiGateway.Middleware.Languages.Templates.Variables;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>What the transformation step does for a route.</summary>
internal sealed class TransformationPlan
{
    public required RequestTransformationPlan Request { get; init; }

    /// <summary>Gets what becomes of the answer, or <see langword="null"/> if the integration writes it to the client.</summary>
    public required ResponseTransformationPlan? Response { get; init; }

    /// <summary>Gets the stage's variables as templates see them.</summary>
    public required StageVariablesObject StageVariables { get; init; }
}

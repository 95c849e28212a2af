namespace ApiGateway.Middleware.Definitions;

/// <summary>A stage of a usage plan; <c>ApiStage</c> of <c>AWS::ApiGateway::UsagePlan</c>.</summary>
public sealed class UsagePlanStageDefinition : DefinitionNode
{
    /// <summary>Initializes a new instance of the <see cref="UsagePlanStageDefinition"/> class.</summary>
    /// <param name="apiId">The API's id or name.</param>
    /// <param name="stage">The stage's name.</param>
    public UsagePlanStageDefinition(string apiId, string stage)
    {
        ArgumentNullException.ThrowIfNull(apiId);
        ArgumentNullException.ThrowIfNull(stage);
        ApiId = apiId;
        Stage = stage;
    }

    /// <summary>Gets the API's id or name.</summary>
    public string ApiId { get; }

    /// <summary>Gets the stage's name.</summary>
    public string Stage { get; }

    /// <summary>Gets limits for single methods, such as <c>/orders/GET</c>; each takes the place of the plan's limit for its method.</summary>
    public IDictionary<string, ThrottleDefinition> Throttle { get; } = new Dictionary<string, ThrottleDefinition>(StringComparer.Ordinal);
}

namespace ApiGateway.Middleware.Definitions;

/// <summary>What the holders of API keys may do; <c>AWS::ApiGateway::UsagePlan</c>.</summary>
/// <remarks>Throttle and quota count for each key, summed over all stages of the plan, and only where a method requires a key.</remarks>
public sealed class UsagePlanDefinition : DefinitionNode
{
    /// <summary>Initializes a new instance of the <see cref="UsagePlanDefinition"/> class.</summary>
    /// <param name="id">The plan's id; the key under <c>UsagePlans</c>. Usage and buckets are kept under it.</param>
    public UsagePlanDefinition(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        Id = id;
    }

    /// <summary>Gets the plan's id.</summary>
    public string Id { get; }

    /// <summary>Gets or sets the plan's name. It has no effect on requests.</summary>
    public string? Name { get; set; }

    /// <summary>Gets or sets a description. It has no effect on requests.</summary>
    public string? Description { get; set; }

    /// <summary>Gets the stages that the plan's keys open.</summary>
    public IList<UsagePlanStageDefinition> ApiStages { get; } = [];

    /// <summary>Gets or sets the limit of each key. The default is none.</summary>
    public ThrottleDefinition? Throttle { get; set; }

    /// <summary>Gets or sets the quota of each key. The default is none.</summary>
    public QuotaDefinition? Quota { get; set; }

    /// <summary>Adds a stage.</summary>
    /// <param name="api">The API's id or name.</param>
    /// <param name="stage">The stage's name.</param>
    /// <param name="configure">Sets limits for single methods.</param>
    /// <returns>The same plan.</returns>
    public UsagePlanDefinition AddStage(string api, string stage, Action<UsagePlanStageDefinition>? configure = null)
    {
        var added = new UsagePlanStageDefinition(api, stage);
        configure?.Invoke(added);
        ApiStages.Add(added);
        return this;
    }
}

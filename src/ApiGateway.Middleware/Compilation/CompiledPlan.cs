using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Compilation;

/// <summary>A usage plan that was checked.</summary>
/// <param name="Definition">The plan.</param>
/// <param name="Origin">Where it was written.</param>
/// <param name="Quota">Its quota.</param>
/// <param name="Stages">Its stages by API id and name, each with the limits of its methods by route key.</param>
internal sealed record CompiledPlan(
    UsagePlanDefinition Definition, DefinitionOrigin Origin, QuotaLimit? Quota,
    IReadOnlyDictionary<(string Api, string Stage), IReadOnlyDictionary<string, ThrottleDefinition>> Stages)
{
    public string Id => Definition.Id;
}

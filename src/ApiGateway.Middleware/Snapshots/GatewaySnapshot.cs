using System.Collections.Frozen;
using ApiGateway.Middleware.Languages.Policies.Combination;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>A complete, compiled definition. A request reads one snapshot from its start to its end.</summary>
internal sealed class GatewaySnapshot(
    string revision, ApiDirectory directory, IReadOnlyList<ApiSnapshot> apis, ClientAddressPlan clientAddress)
{
    // Made when first needed: by events of connections alone. Two threads may make it at once; both make the same.
    private FrozenDictionary<(string ApiId, string Name), StageSnapshot>? _stages;

    public static readonly GatewaySnapshot Empty = new("", ApiDirectory.Empty, [], ClientAddressPlan.TrustNobody);

    /// <summary>Gets a short text that equal definitions share.</summary>
    public string Revision { get; } = revision;

    public ApiDirectory Directory { get; } = directory;

    public IReadOnlyList<ApiSnapshot> Apis { get; } = apis;

    public IReadOnlyList<StageSnapshot> Stages { get; init; } = [];

    /// <summary>Finds a stage, or <see langword="null"/>.</summary>
    /// <param name="apiId">The id of its API.</param>
    /// <param name="name">Its name.</param>
    public StageSnapshot? FindStage(string apiId, string name) =>
        (_stages ??= Stages.ToFrozenDictionary(static stage => (stage.Api.Id, stage.Name))).GetValueOrDefault((apiId, name));

    /// <summary>Gets the usage plans by their ids.</summary>
    public FrozenDictionary<string, UsagePlanSnapshot> UsagePlans { get; init; } = FrozenDictionary<string, UsagePlanSnapshot>.Empty;

    public ClientAddressPlan ClientAddress { get; } = clientAddress;

    /// <summary>Gets how much the refusals of policies tell.</summary>
    public AccessDeniedDetail AccessDenied { get; init; }

    /// <summary>Gets the condition keys that the application supplies, or <see langword="null"/> if there are none.</summary>
    public ConditionKeySet? ConditionKeys { get; init; }
}

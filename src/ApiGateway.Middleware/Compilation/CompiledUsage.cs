using System.Collections.Frozen;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>The usage plans with their keys, before they are at the methods that they guard.</summary>
/// <param name="Plans">The plans by their ids.</param>
/// <param name="Keys">The keys that each stage accepts, by API id and stage name.</param>
/// <param name="Account">The limit of all requests together.</param>
/// <param name="Connections">The limit of all new WebSocket connections together.</param>
internal sealed record CompiledUsage(
    FrozenDictionary<string, UsagePlanSnapshot> Plans, IReadOnlyDictionary<(string Api, string Stage), ApiKeyTable> Keys, ThrottleLimit? Account,
    ThrottleLimit? Connections)
{
    public ApiKeyTable KeysOf(string apiId, string stage) => Keys.GetValueOrDefault((apiId, stage), ApiKeyTable.Empty);
}

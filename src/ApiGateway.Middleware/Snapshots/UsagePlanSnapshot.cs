using System.Collections.Frozen;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>A usage plan as those who read usage see it.</summary>
/// <param name="Id">The plan's id.</param>
/// <param name="Accounts">What is counted, by the ids of the plan's keys.</param>
internal sealed record UsagePlanSnapshot(string Id, FrozenDictionary<string, UsageAccount> Accounts);

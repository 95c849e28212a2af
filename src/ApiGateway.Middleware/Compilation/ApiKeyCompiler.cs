using System.Collections.Frozen;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Definitions.Settings;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Checks API keys and spreads them over the stages that they open. Source: "AWS::ApiGateway::ApiKey", and its quotas.</summary>
internal sealed class ApiKeyCompiler(IReadOnlyDictionary<string, CompiledPlan> plans, DefinitionErrors errors)
{
    private const int MinValueLength = 20;
    private const int MaxNameLength = 1024;
    private const int MaxPlans = 10;

    private readonly Dictionary<string, string> _ownerOfValue = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Api, string Stage), Dictionary<string, ApiKeyEntry>> _stages = [];
    private readonly Dictionary<(string Key, string Plan), UsageAccount> _accounts = [];
    private readonly Dictionary<(string Key, string Plan, string Api, string Stage), ApiKeyGrant> _grants = [];
    private readonly Dictionary<string, Dictionary<string, UsageAccount>> _accountsOfPlan = new(StringComparer.Ordinal);

    public void Add(IEnumerable<ApiKeyDefinition> keys)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            var origin = key.Origin ?? new DefinitionOrigin("code", $"ApiKeys:{key.Id}");
            if (!ids.Add(key.Id))
            {
                errors.Add(origin, $"Another API key has the id '{key.Id}'. Rename or remove one of them.");
                continue;
            }

            Add(key, origin);
        }
    }

    public IEnumerable<UsagePlanSnapshot> Plans() => plans.Values.Select(plan => new UsagePlanSnapshot(
        plan.Id, _accountsOfPlan.GetValueOrDefault(plan.Id, []).ToFrozenDictionary(StringComparer.Ordinal)));

    public Dictionary<(string Api, string Stage), ApiKeyTable> Tables() =>
        _stages.ToDictionary(static stage => stage.Key, static stage => new ApiKeyTable(stage.Value.Values));

    private void Add(ApiKeyDefinition key, DefinitionOrigin origin)
    {
        UsagePlanCompiler.CheckId(key.Id, "API key", origin, errors);
        if (key.Name?.Length > MaxNameLength)
        {
            errors.Add(origin.Child("Name"), $"Invalid API Key name, can be at most {MaxNameLength} characters. Shorten it.");
        }

        var isGood = CheckValue(key.Value, origin.Child("Value"), isRequired: true)
            & CheckValue(key.PreviousValue, origin.Child("PreviousValue"), isRequired: false);
        var own = PlansOf(key, origin);
        if (!isGood)
        {
            return;
        }

        var owner = AddValue(key, key.Value!, null, own, origin);
        if (key.PreviousValue is { } previous)
        {
            AddValue(key, previous, key.PreviousValueExpires, own, origin);
        }

        foreach (var plan in own)
        {
            // A key that is disabled now has its usage all the same.
            _accountsOfPlan.TryAdd(plan.Id, new(StringComparer.Ordinal));
            _accountsOfPlan[plan.Id][key.Id] = AccountOf(owner, plan);
        }
    }

    private bool CheckValue(string? value, DefinitionOrigin origin, bool isRequired)
    {
        // The value itself is never part of a message.
        var message = value switch
        {
            null => isRequired ? "An API key needs a value. Add one of 20 to 128 characters." : null,
            { Length: < MinValueLength } => $"API Key value should be at least {MinValueLength} characters, but has {value.Length}.",
            { Length: > ApiKeyHash.MaxValueLength } =>
                $"API Key value exceeds maximum size of {ApiKeyHash.MaxValueLength} characters: it has {value.Length}.",
            _ => null,
        };
        if (message is not null)
        {
            errors.Add(origin, message);
        }

        return message is null;
    }

    private List<CompiledPlan> PlansOf(ApiKeyDefinition key, DefinitionOrigin origin)
    {
        var at = origin.Child("UsagePlans");
        if (key.UsagePlans.Count > MaxPlans)
        {
            errors.Add(at, $"An API key is in at most {MaxPlans} usage plans, but this one is in {key.UsagePlans.Count}.");
        }

        if (key.UsagePlans.Count == 0)
        {
            errors.Warn(origin, $"The API key '{key.Id}' is in no usage plan, so it opens nothing. Name one in 'UsagePlans'.");
        }

        var own = new List<CompiledPlan>();
        var ofStage = new Dictionary<(string Api, string Stage), string>();
        foreach (var id in key.UsagePlans.Distinct(StringComparer.Ordinal))
        {
            if (!plans.TryGetValue(id, out var plan))
            {
                var known = plans.Count == 0 ? "none" : string.Join(", ", plans.Keys.Order(StringComparer.Ordinal));
                errors.Add(at, $"There is no usage plan '{id}'.{NearMiss.Suggest(id, plans.Keys)} Known: {known}.");
                continue;
            }

            own.Add(plan);
            foreach (var stage in plan.Stages.Keys)
            {
                if (!ofStage.TryAdd(stage, id))
                {
                    TellTwoPlans(key.Id, ofStage[stage], id, stage, at);
                }
            }
        }

        return own;
    }

    /// <summary>Lets a value open the stages of its plans; gives the id of the key that it counts for.</summary>
    private string AddValue(ApiKeyDefinition key, string value, DateTimeOffset? expires, List<CompiledPlan> own, DefinitionOrigin origin)
    {
        if (!key.Enabled)
        {
            return _ownerOfValue.GetValueOrDefault(value, key.Id);
        }

        if (!_ownerOfValue.TryAdd(value, key.Id) && _ownerOfValue[value] != key.Id)
        {
            errors.Warn(origin, $"The API keys '{_ownerOfValue[value]}' and '{key.Id}' have one value, so they count as one. Change one of them.");
        }

        var owner = _ownerOfValue[value];
        var hash = ApiKeyHash.Of(value);
        foreach (var plan in own)
        {
            foreach (var (stage, methods) in plan.Stages)
            {
                _stages.TryAdd(stage, new(StringComparer.Ordinal));
                var entries = _stages[stage];
                if (!entries.TryGetValue(value, out var entry))
                {
                    entries.Add(value, new ApiKeyEntry(hash, GrantOf(owner, plan, stage, methods), expires));
                }
                else if (entry.Grant.Account.UsagePlanId != plan.Id)
                {
                    if (owner != key.Id)
                    {
                        TellTwoPlans(key.Id, entry.Grant.Account.UsagePlanId, plan.Id, stage, origin);
                    }
                }
                else if (expires is null || entry.Expires < expires)
                {
                    entries[value] = entry with { Expires = entry.Expires is null ? null : expires };
                }
            }
        }

        return owner;
    }

    private void TellTwoPlans(string key, string first, string second, (string Api, string Stage) stage, DefinitionOrigin origin) =>
        errors.Add(
            origin, $"A key is in only one usage plan of a stage, but '{key}' is in '{first}' and '{second}' of stage '{stage.Stage}' of API '{stage.Api}'. Remove one of them.");

    private UsageAccount AccountOf(string key, CompiledPlan plan)
    {
        if (!_accounts.TryGetValue((key, plan.Id), out var account))
        {
            _accounts[(key, plan.Id)] = account = new UsageAccount(plan.Id, key, plan.Quota);
        }

        return account;
    }

    private ApiKeyGrant GrantOf(
        string key, CompiledPlan plan, (string Api, string Stage) stage, IReadOnlyDictionary<string, ThrottleDefinition> methods)
    {
        var place = (key, plan.Id, stage.Api, stage.Stage);
        if (!_grants.TryGetValue(place, out var grant))
        {
            var own = methods.Count == 0 ? null : methods.ToFrozenDictionary(
                static method => method.Key,
                method => LimitOf(method.Value, plan.Id, key, "method", plan.Id, key, stage.Api, stage.Stage, method.Key), StringComparer.Ordinal);
            _grants[place] = grant = new ApiKeyGrant(
                AccountOf(key, plan), plan.Definition.Throttle is { } throttle ? LimitOf(throttle, plan.Id, key, "key", plan.Id, key) : null, own);
        }

        return grant;
    }

    // Its errors were told with the plan.
    private static ThrottleLimit LimitOf(ThrottleDefinition throttle, string plan, string key, params ReadOnlySpan<string> name) =>
        new(ThrottleLimits.NameOf(name), throttle.RateLimit ?? 0, throttle.BurstLimit ?? 0) { Owner = plan, Caller = key };
}

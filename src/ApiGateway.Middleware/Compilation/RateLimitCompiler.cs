using System.Globalization;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles the limits by caller of an API of any kind: those of the API, of a stage, and of a route, which apply together.</summary>
/// <param name="apiId">The API's id.</param>
/// <param name="errors">Where errors go, each once.</param>
internal sealed class RateLimitCompiler(string apiId, DefinitionErrors errors)
{
    private const double MaxRate = 1_000_000_000;
    private const int MaxNameLength = 64;
    private const string RequestPrefix = "header:";
    private const string ResponsePrefix = "response:header:";

    // A definition has a limit for each place in which it counts for itself, and one for the places in which it counts for all.
    private readonly Dictionary<string, RateLimitPlan?> _compiled = new(StringComparer.Ordinal);
    private readonly HashSet<RateLimitDefinition> _told = [];

    /// <summary>Gets the limits of a route in a stage, or <see langword="null"/> if it has none.</summary>
    public RateLimitPlans? Compile(
        IDictionary<string, RateLimitDefinition> ofApi, DefinitionOrigin apiOrigin,
        StageDefinition stage, DefinitionOrigin stageOrigin,
        IDictionary<string, RateLimitDefinition> ofRoute, DefinitionOrigin routeOrigin, string routeKey)
    {
        if (ofApi.Count + stage.RateLimits.Count + ofRoute.Count == 0)
        {
            return null;
        }

        var limits = new List<KeyValuePair<string, RateLimitPlan?>>();
        Add(limits, ofApi, apiOrigin, "", "");
        Add(limits, stage.RateLimits, stageOrigin, stage.Name, "");
        Add(limits, ofRoute, routeOrigin, stage.Name, routeKey);
        var plans = limits.Select(static limit => limit.Value).OfType<RateLimitPlan>().ToArray();
        return plans.Length == 0 ? null : new RateLimitPlans(plans, PolicyOf(plans));
    }

    // In the place of one of the same name, at the place of the narrower one.
    private void Add(
        List<KeyValuePair<string, RateLimitPlan?>> limits, IDictionary<string, RateLimitDefinition> level, DefinitionOrigin origin, string stage, string route)
    {
        foreach (var (name, definition) in level)
        {
            limits.RemoveAll(limit => limit.Key == name);
            var bucket = ThrottleLimits.NameOf("rate", apiId, stage, route, name);
            if (!_compiled.TryGetValue(bucket, out var plan))
            {
                var at = definition.Origin ?? origin.Child("RateLimits").Child(name);
                plan = Compile(name, definition, bucket, stage, at, _told.Add(definition) ? errors : new DefinitionErrors());
                _compiled[bucket] = plan;
            }

            limits.Add(new(name, plan));
        }
    }

    private RateLimitPlan? Compile(
        string name, RateLimitDefinition definition, string bucket, string stage, DefinitionOrigin origin, DefinitionErrors errors)
    {
        if (name.Length is 0 or > MaxNameLength || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            errors.Add(origin, $"The name of a rate limit is 1 to {MaxNameLength} letters, digits, hyphens, underscores and dots, but is '{name}'.");
        }

        var (rate, burst, concurrency) = (definition.RateLimit, definition.BurstLimit, definition.ConcurrencyLimit);
        var key = LimitKeyCompiler.Compile(definition.Key, origin.Child("Key"), errors);
        if (concurrency is not null)
        {
            CheckConcurrency(definition, origin, errors);
        }
        else if (rate is null || burst is null)
        {
            if (definition.Enabled || rate is not null || burst is not null)
            {
                var missing = rate is not null ? "'BurstLimit' is" : burst is not null ? "'RateLimit' is" : "all are";
                errors.Add(origin, $"A rate limit needs 'RateLimit' and 'BurstLimit', or 'ConcurrencyLimit', but {missing} missing.");
            }

            return null;
        }
        else
        {
            Check(rate.Value, burst.Value, origin, errors);
        }

        var (place, cost, header) = CompileCost(definition.Cost, burst ?? 1, origin.Child("Cost"), errors);
        return !definition.Enabled ? null : new RateLimitPlan
        {
            Name = name,
            Limit = new ThrottleLimit(bucket, concurrency is null ? rate!.Value : 0, concurrency ?? burst!.Value)
            {
                ApiId = apiId,
                Owner = stage,
                CountsInFlight = concurrency is not null,
            },
            Key = key,
            CostPlace = place,
            Cost = cost,
            CostHeader = header,
            IsDryRun = definition.DryRun,
            HasHeaders = definition.Headers && !definition.DryRun,
        };
    }

    private static void CheckConcurrency(RateLimitDefinition definition, DefinitionOrigin origin, DefinitionErrors errors)
    {
        if (definition.RateLimit is not null || definition.BurstLimit is not null || definition.Cost is not null)
        {
            errors.Add(
                origin,
                "'ConcurrencyLimit' goes without 'RateLimit', 'BurstLimit' and 'Cost'. Make two limits of them; both apply.");
        }

        if (definition.ConcurrencyLimit < 1)
        {
            errors.Add(origin.Child("ConcurrencyLimit"), $"must be 1 or more requests, but is {definition.ConcurrencyLimit}.");
        }
    }

    // A bucket that regains nothing would need its memory for ever.
    private static void Check(double rate, int burst, DefinitionOrigin origin, DefinitionErrors errors)
    {
        if (!(rate is > 0 and <= MaxRate))
        {
            errors.Add(
                origin.Child("RateLimit"),
                string.Create(CultureInfo.InvariantCulture, $"must be above 0 and at most {MaxRate:0} tokens per second, but is {rate}."));
        }

        if (burst < 1)
        {
            errors.Add(origin.Child("BurstLimit"), $"must be 1 or more tokens, but is {burst}.");
        }
    }

    private static (LimitCost Place, int Cost, string? Header) CompileCost(string? text, int burst, DefinitionOrigin origin, DefinitionErrors errors)
    {
        if (text is null)
        {
            return (LimitCost.Fixed, 1, null);
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var cost) && cost >= 1 && cost <= burst)
        {
            return (LimitCost.Fixed, cost, null);
        }

        if (text.StartsWith(RequestPrefix, StringComparison.Ordinal) && HeaderName.IsValid(text[RequestPrefix.Length..]))
        {
            return (LimitCost.RequestHeader, 1, text[RequestPrefix.Length..]);
        }

        if (text.StartsWith(ResponsePrefix, StringComparison.Ordinal) && HeaderName.IsValid(text[ResponsePrefix.Length..]))
        {
            return (LimitCost.ResponseHeader, 1, text[ResponsePrefix.Length..]);
        }

        errors.Add(origin, $"must be from 1 to 'BurstLimit' ({burst}), '{RequestPrefix}NAME' or '{ResponsePrefix}NAME', but is '{text}'.");
        return (LimitCost.Fixed, 1, null);
    }

    // The window is the time in which an empty bucket fills.
    private static string? PolicyOf(RateLimitPlan[] plans)
    {
        var items = plans.Where(static plan => plan.HasHeaders).Select(static plan => plan.CountsInFlight
            ? string.Create(CultureInfo.InvariantCulture, $"\"{plan.Name}\";q={plan.Limit.BurstLimit};qu=\"concurrent-requests\"")
            : string.Create(CultureInfo.InvariantCulture, $"\"{plan.Name}\";q={plan.Limit.BurstLimit};w={Window(plan.Limit)}")).ToList();
        return items.Count == 0 ? null : string.Join(", ", items);
    }

    private static long Window(ThrottleLimit limit) => (long)Math.Min(1e15, Math.Ceiling(limit.BurstLimit / limit.RateLimit));
}

using System.Globalization;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Throttling;

/// <summary>Says in the managed service's words which limit refused a request. Source: "How do I troubleshoot 429 errors in API Gateway?".</summary>
internal static class RefusalText
{
    private const int ShownCharacters = 6;

    public static string Of(GatewayContext context, ThrottleOutcome outcome)
    {
        var (api, stage, route) = (context.Api.Id, context.Stage.Name, context.Route);
        var place = $"{api}/{stage}";
        var method = $"RestApi {api}, Stage {stage}, Resource {route.ResourcePath}, HttpMethod {route.HttpMethod}";
        var grant = context.ApiKeyGrant;
        var account = grant?.Account;
        return outcome switch
        {
            ThrottleOutcome.KeyThrottled =>
                $"API Key {Masked(context.ApiKey)} exceeded throttle limit for API Stage {place}: Key throttle limit exceeded for Usage Plan ID {account?.UsagePlanId}, {method}. {Limits(grant?.LimitOf(route))}",
            ThrottleOutcome.MethodThrottled => $"Method throttle limit exceeded for {method}. {Limits((route.EarlyThrottling ?? route.Throttling)?.Method)}",
            ThrottleOutcome.AccountThrottled => $"Account throttle limit exceeded for {method}. {Limits((route.EarlyThrottling ?? route.Throttling)?.Account)}",
            ThrottleOutcome.ConnectionsThrottled => $"Account limit of new connections exceeded for {method}. {Limits(route.EarlyThrottling?.Connections)}",
            ThrottleOutcome.Unavailable => $"Limits cannot be checked: their store does not answer. {method}.",
            _ => $"API Key {Masked(context.ApiKey)} exceeded quota limit for API Stage {place}: Key quota exhausted for Usage Plan ID {account?.UsagePlanId}. {Quota(account?.Quota)}",
        };
    }

    /// <summary>Says which limit by caller refused a request. The service has none, so the words are the gateway's.</summary>
    public static string Of(GatewayContext context, RateLimitPlan limit)
    {
        var route = context.Route;
        var method = $"RestApi {context.Api.Id}, Stage {context.Stage.Name}, Resource {route.ResourcePath}, HttpMethod {route.HttpMethod}";
        return limit.CountsInFlight
            ? string.Create(CultureInfo.InvariantCulture, $"Concurrency limit '{limit.Name}' exceeded for {method}. Limit: {limit.Limit.BurstLimit}")
            : $"Rate limit '{limit.Name}' exceeded for {method}. {Limits(limit.Limit)}";
    }

    // As many characters as the service shows: too few to guess the rest of at least 20.
    private static string Masked(string? key) => key is { Length: > ShownCharacters } ? $"****{key[^ShownCharacters..]}" : "****";

    private static string Limits(ThrottleLimit? limit) =>
        string.Create(CultureInfo.InvariantCulture, $"Limit: {limit?.RateLimit:0.00} Burst: {limit?.BurstLimit}");

    private static string Quota(QuotaLimit? quota) =>
        string.Create(CultureInfo.InvariantCulture, $"Limit: {quota?.Limit} Period: {NameOf(quota?.Period)}");

    private static string NameOf(QuotaPeriod? period) => period switch
    {
        QuotaPeriod.Day => "DAY",
        QuotaPeriod.Week => "WEEK",
        QuotaPeriod.Month => "MONTH",
        _ => "",
    };
}

using System.Globalization;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;

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
            ThrottleOutcome.MethodThrottled => $"Method throttle limit exceeded for {method}. {Limits(route.Throttling?.Method)}",
            ThrottleOutcome.AccountThrottled => $"Account throttle limit exceeded for {method}. {Limits(route.Throttling?.Account)}",
            ThrottleOutcome.Unavailable => $"Limits cannot be checked: their store does not answer. {method}.",
            _ => $"API Key {Masked(context.ApiKey)} exceeded quota limit for API Stage {place}: Key quota exhausted for Usage Plan ID {account?.UsagePlanId}. {Quota(account?.Quota)}",
        };
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

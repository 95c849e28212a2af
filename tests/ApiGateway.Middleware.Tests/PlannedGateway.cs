using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Tests;

/// <summary>A definition with an API, a plan that has its stage, and a key of that plan.</summary>
internal static class PlannedGateway
{
    public const string Key = "0123456789-0123456789";

    public static GatewayDefinition Create(Action<RestApiDefinition, UsagePlanDefinition, ApiKeyDefinition>? configure = null)
    {
        var api = Compiled.Mocks("api", "GET /orders", "ANY /", "GET /open");
        api.Methods[0].ApiKeyRequired = true;
        api.Methods[1].ApiKeyRequired = true;
        var plan = new UsagePlanDefinition("gold").AddStage("api", "dev");
        var key = new ApiKeyDefinition("partner") { Value = Key, UsagePlans = { "gold" } };
        configure?.Invoke(api, plan, key);
        return new GatewayDefinition { Apis = { api }, UsagePlans = { plan }, ApiKeys = { key } };
    }

    public static QuotaDefinition Quota(long limit, QuotaPeriod period = QuotaPeriod.Day) => new() { Limit = limit, Period = period };
}

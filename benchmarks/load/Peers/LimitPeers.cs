using System.Globalization;
using System.Threading.RateLimiting;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;

namespace Peers;

/// <summary>The servers of the comparison of limits, which tell callers apart by one header.</summary>
internal static class LimitPeers
{
    public const string Header = "x-api-key";
    private const int Callers = 100_000;

    /// <summary>A limit by header.</summary>
    public static WebApplication ByHeader(WebApplicationBuilder builder) => Gateway(
        builder,
        static _ => { },
        static api => api.Map("GET /hello", static method => method.InProcess().RateLimit("caller", static limit =>
        {
            limit.Key.Add($"header:{Header}");
            (limit.RateLimit, limit.BurstLimit, limit.Headers) = (1e6, 1_000_000, false);
        })));

    /// <summary>The same, and answers tell what is left.</summary>
    public static WebApplication WithHeaders(WebApplicationBuilder builder) => Gateway(
        builder,
        static _ => { },
        static api => api.Map("GET /hello", static method => method.InProcess().RateLimit("caller", static limit =>
        {
            limit.Key.Add($"header:{Header}");
            (limit.RateLimit, limit.BurstLimit) = (1e6, 1_000_000);
        })));

    /// <summary>A hundred thousand API keys, each with a limit and a quota, and a limit by header.</summary>
    public static WebApplication ByKey(WebApplicationBuilder builder) => Gateway(
        builder,
        static gateway =>
        {
            gateway.AddUsagePlan("gold", static plan =>
            {
                plan.AddStage("load", "prod");
                plan.Throttle = new(1e6, 1_000_000);
                plan.Quota = new() { Limit = long.MaxValue / 2, Period = QuotaPeriod.Month };
            });
            for (var i = 0; i < Callers; i++)
            {
                var value = i.ToString("caller-0000000000000", CultureInfo.InvariantCulture);
                gateway.AddApiKey(value, key =>
                {
                    key.Value = value;
                    key.UsagePlans.Add("gold");
                });
            }
        },
        static api => api.Map("GET /hello", static method => method.InProcess().RequireApiKey().RateLimit("caller", static limit =>
        {
            limit.Key.Add($"header:{Header}");
            (limit.RateLimit, limit.BurstLimit, limit.Headers) = (1e6, 1_000_000, false);
        })));

    /// <summary>The framework's middleware, with a bucket for each value of the header.</summary>
    public static WebApplication RateLimiter(WebApplicationBuilder builder)
    {
        builder.Services.AddRateLimiter(static options => options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(
            static http => RateLimitPartition.GetTokenBucketLimiter(http.Request.Headers[Header].ToString(), static _ => new()
            {
                TokenLimit = 1_000_000,
                TokensPerPeriod = 1_000_000,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            })));
        var app = builder.Build();
        app.UseStatistics();
        app.UseRateLimiter();
        app.Run(Answers.HelloAsync);
        return app;
    }

    private static WebApplication Gateway(WebApplicationBuilder builder, Action<IApiGatewayBuilder> extend, Action<RestApiBuilder> configure)
    {
        var gateway = builder.Services.AddApiGateway().AddRestApi("load", api =>
        {
            configure(api);
            api.Stage("prod");
        });
        extend(gateway);
        var app = builder.Build();
        app.UseStatistics();
        app.UseApiGateway();
        app.Run(Answers.HelloAsync);
        return app;
    }
}

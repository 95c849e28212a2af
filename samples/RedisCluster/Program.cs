using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Hosting.Usage;
using ApiGateway.Middleware.Redis.Hosting;

// appsettings.json has the API, the plan, the key, and where Redis is. Start it twice, on two ports: both share one limit.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddApiGateway().AddRedis();
builder.Services.AddHealthChecks().AddApiGateway().AddApiGatewayRedis();

var app = builder.Build();
app.UseHealthChecks("/healthz");
app.UseApiGateway();

// For whoever runs the gateway; keep such endpoints away from callers. Any host can be asked.
app.MapGet("/usage/{plan}/{key}", async (string plan, string key, IGatewayUsage usage, TimeProvider time) =>
{
    var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
    return await usage.GetAsync(plan, key, today, today);
});

await app.RunAsync();

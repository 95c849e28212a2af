using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Hosting.Usage;

// appsettings.json has the API, the plans and the keys.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddApiGateway();

var app = builder.Build();
app.UseApiGateway();

// For whoever runs the gateway; keep such endpoints away from callers.
app.MapGet("/usage/{plan}/{key}", async (string plan, string key, IGatewayUsage usage, TimeProvider time) =>
{
    var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
    return await usage.GetAsync(plan, key, today.AddDays(-1), today);
});
app.MapPut("/usage/{plan}/{key}/remaining/{requests:long}", async (string plan, string key, long requests, IGatewayUsage usage) =>
    await usage.SetRemainingAsync(plan, key, requests));

await app.RunAsync();

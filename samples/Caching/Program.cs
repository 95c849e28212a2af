using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Hosting.Caching;

// appsettings.json has the API and its cache.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddApiGateway();

var app = builder.Build();
app.UseApiGateway();
app.UseRouting();

// What is worth caching: it takes a second.
app.MapGet("/report/{year:int}", async (int year, string? unit, TimeProvider time) =>
{
    await Task.Delay(TimeSpan.FromSeconds(1), time);
    return new { year, unit, madeAt = time.GetUtcNow() };
});

// For whoever runs the gateway; keep such endpoints away from callers.
app.MapDelete("/cache", (IGatewayCache cache) => cache.FlushAsync("reports", "prod").AsTask());

await app.RunAsync();

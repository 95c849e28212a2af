using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Hosting;

// appsettings.json has the API: its routes, stages, limits and CORS.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddApiGateway().AddHandler("echo", static http =>
{
    var gateway = http.Features.Get<IGatewayFeature>()!;
    return http.Response.WriteAsJsonAsync(new Echo(gateway.RouteKey!, gateway.Stage, gateway.PathParameters, gateway.RequestId));
});

var app = builder.Build();
app.UseApiGateway();

// Endpoints of the application: one that the gateway leads to, one that no route takes, and the backend, which runs here so that the
// sample needs no network.
app.MapGet("/orders/new", () => new { total = 3 });
app.MapGet("/healthz", () => "healthy");
app.MapGet("/backend/{version}/orders/{id}", (string version, string id) => new { id, version });

await app.RunAsync();

internal sealed record Echo(string Route, string Stage, IReadOnlyDictionary<string, string> Variables, string RequestId);

using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.OpenApi.Hosting;

// appsettings.json names the document; the API is all in there.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddApiGateway().AddOpenApi();

var app = builder.Build();
app.UseApiGateway();

// The backend of the API. It runs here so that the sample needs no network; the stage variable 'backend' says where it is.
var orders = new Dictionary<string, Order> { ["1"] = new("1", "chair", 4), ["2"] = new("2", "table", 1) };
var backend = app.MapGroup("/backend/orders");
backend.MapGet("/", (string? sku) => orders.Values.Where(order => sku is null || order.Sku == sku));
backend.MapGet("/{id}", (string id) => orders.TryGetValue(id, out var order)
    ? Results.Ok(order)
    : Results.NotFound(new { error = $"no order {id}" }));

await app.RunAsync();

internal sealed record Order(string Id, string Sku, int Count);

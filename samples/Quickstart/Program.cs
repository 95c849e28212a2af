using ApiGateway.Middleware.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddApiGateway().AddRestApi("shop", api => api
    .Map("ANY /products/{proxy+}", method => method.InProcess())
    .Map("GET /status", method => method.Mock(204))
    .Stage("prod"));

var app = builder.Build();
app.UseApiGateway();

// The application's own endpoints stay reachable; those below /products also as /prod/products/..., through the gateway.
app.MapGet("/", () => "The shop is open.");
app.MapGet("/products/{id:int}", (int id) => new { id, name = $"Product {id}" });

await app.RunAsync();

using System.Net;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Hosting;

// Published ahead of time: an API from settings, one from code, and each kind of integration.
var upstream = WebApplication.CreateSlimBuilder();
upstream.WebHost.ConfigureKestrel(static server => server.Listen(IPAddress.Loopback, 0));
upstream.Logging.ClearProviders();
await using var backend = upstream.Build();
backend.MapGet("/items/{id}", (string id, HttpRequest request) => $"item {id} for {request.Headers["X-Forwarded-For"]}");
await backend.StartAsync();

// The settings lie beside the program, wherever it is started.
var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddApiGateway()
    .AddHandler("stage", static http => http.Response.WriteAsync($"stage {http.Features.Get<IGatewayFeature>()!.Stage}"))
    .AddRestApi("code", api => api
        .Map("GET /items/{id}", method => method.HttpProxy("http://${stageVariables.backend}/items/{id}"))
        .Map("GET /orders/{id}", method => method.InProcess())
        .Stage("code", ("backend", new Uri(backend.Urls.First()).Authority)));
builder.Services.AddHealthChecks().AddApiGateway();

var app = builder.Build();
app.UseApiGateway();
app.MapHealthChecks("/healthz");
app.MapGet("/", () => "ok");
app.MapGet("/orders/{id:int}", (int id) => $"order {id}");

await app.RunAsync();

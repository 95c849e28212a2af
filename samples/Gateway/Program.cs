using System.Text;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.OpenApi.Hosting;
using ApiGateway.Middleware.Redis.Hosting;
using Gateway;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

// A gateway configured by files alone: appsettings.json of the content root, which --contentRoot DIR chooses.
var test = TestInvokeCommand.Parse(args);
var builder = WebApplication.CreateBuilder(test?.Rest ?? args);
var demo = args.Contains("--demo") ? DemoUpstream.Start() : null;
if (demo is not null)
{
    builder.Configuration.AddInMemoryCollection(DemoUpstream.Settings(demo.Urls.First()));
}

// Documents in apis/ are APIs, too; "DefinitionsFolder" in settings says it otherwise.
const string Folder = "ApiGateway:DefinitionsFolder";
if (Directory.Exists(Path.Combine(builder.Environment.ContentRootPath, "apis")) && !builder.Configuration.GetSection(Folder).Exists())
{
    builder.Configuration.AddInMemoryCollection(
        [new($"{Folder}:Path", "apis"), new($"{Folder}:BasePath", "/{name}"), new($"{Folder}:Stages:dev", null)]);
}

builder.WebHost.ConfigureKestrel(server =>
{
    server.AddServerHeader = false;

    // The gateway has limits of its own, by route.
    server.Limits.MaxRequestBodySize = null;
    server.Limits.MaxRequestLineSize = 16 * 1024;
});
var gateway = builder.Services.AddApiGateway().AddOpenApi();
var health = builder.Services.AddHealthChecks().AddApiGateway();
if (builder.Configuration.GetSection(RedisOptions.SectionName).Exists())
{
    gateway.AddRedis();
    health.AddApiGatewayRedis();
}

if (test is not null)
{
    // What the logs would say stands in the execution log.
    builder.Logging.ClearProviders();
    await using var services = builder.Build();
    return await test.RunAsync(services.Services, Console.Out, Console.Error);
}

var app = builder.Build();
if (app.Configuration["HealthPath"] is not "" and var path)
{
    app.UseHealthChecks(path ?? "/healthz", new HealthCheckOptions { ResponseWriter = HealthReportWriter.WriteAsync });
}

app.UseApiGateway();
app.Run(static http =>
{
    // Neither an API's answer nor the server's empty one: the same form as the gateway's own.
    http.Response.StatusCode = StatusCodes.Status404NotFound;
    http.Response.ContentType = "application/json";
    return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("""{"message":"Not Found"}""")).AsTask();
});

if (demo is not null)
{
    app.Lifetime.ApplicationStarted.Register(() => DemoUpstream.PrintCommands(app.Urls.First()));
}

await app.RunAsync();
return 0;

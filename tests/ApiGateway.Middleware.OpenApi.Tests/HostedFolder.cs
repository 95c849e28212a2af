using System.Net;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.OpenApi.Tests;

/// <summary>A content root, and applications with the gateway that run in it.</summary>
internal sealed class HostedFolder : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Path { get; } = Directory.CreateTempSubdirectory("openapi-tests-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), timeout.Token);
        }
    }

    public static async Task<HealthStatus> HealthAsync(WebApplication app) =>
        (await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status;

    public static async Task<HttpStatusCode> StatusAsync(WebApplication app, string path)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(app.Urls.First() + path));
        return response.StatusCode;
    }

    public static async Task<string> GetAsync(WebApplication app, string path)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri(app.Urls.First() + path));
    }

    public void Write(string file, string text) => File.WriteAllText(System.IO.Path.Combine(Path, file), text);

    public async Task<WebApplication> StartAsync(Action<IApiGatewayBuilder> configure)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = Path });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddHealthChecks().AddApiGateway();
        configure(builder.Services.AddApiGateway());
        var app = builder.Build();
        app.UseApiGateway();
        app.Run(static context => context.Response.WriteAsync(context.Features.Get<Context.IGatewayFeature>() is null
            ? $"not the gateway's: {context.Request.Path}"
            : $"in process: {context.Request.Path}"));
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return app;
    }
}

using System.Net;
using System.Text;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.FunctionalTests.Harness;

/// <summary>An application with the gateway in it, on a real port.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    /// <summary>What the application answers where no API does.</summary>
    public const string Outside = "outside";

    private readonly WebApplication _app;

    private TestHost(WebApplication app, LogSink logs, HttpClient client)
    {
        _app = app;
        Logs = logs;
        Client = client;
    }

    public LogSink Logs { get; }

    public HttpClient Client { get; }

    public int Port => Client.BaseAddress!.Port;

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a host with the members of the section <c>ApiGateway</c>, as JSON.</summary>
    public static Task<TestHost> StartAsync(string settings) => StartAsync(new TestHostSetup { Settings = settings });

    public static Task<TestHost> StartAsync(Action<IApiGatewayBuilder> gateway) => StartAsync(new TestHostSetup { Gateway = gateway });

    public static async Task<TestHost> StartAsync(TestHostSetup setup)
    {
        var logs = new LogSink();
        var reloads = setup.ContentRoot is not null;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = reloads ? [] : ["--hostBuilder:reloadConfigOnChange=false"],
            ContentRootPath = setup.ContentRoot,
        });
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Debug);
        builder.Logging.AddProvider(logs);
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestLineSize = 16 * 1024;
            server.Limits.MinRequestBodyDataRate = null;
            server.Limits.MinResponseDataRate = null;
            server.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = setup.Protocols);
        });
        if (setup.Settings is { } settings)
        {
            builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "ApiGateway": {{settings}} }""")));
        }

        if (setup.Time is { } time)
        {
            builder.Services.AddSingleton(time);
        }

        setup.Builder?.Invoke(builder);
        var gateway = builder.Services.AddApiGateway();
        setup.Gateway?.Invoke(gateway);
        builder.Services.AddHealthChecks().AddApiGateway();

        var app = builder.Build();
        try
        {
            (setup.App ?? (static app => app.UseApiGateway()))(app);
            if (setup.AddsTerminal)
            {
                app.Run(static http => http.Response.WriteAsync(Outside));
            }

            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new TestHost(app, logs, TestClient.Create(app.Urls.First(), setup.Protocols == HttpProtocols.Http2));
    }

    public Task<HttpResponseMessage> GetAsync(string target) => SendAsync(HttpMethod.Get, target);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string target, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var request = TestClient.Request(method, Client.BaseAddress!, target);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async Task<string> GetTextAsync(string target, string? host = null)
    {
        var request = TestClient.Request(HttpMethod.Get, Client.BaseAddress!, target);
        request.Headers.Host = host;
        using var response = await Client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Opens a connection of which the test writes every byte.</summary>
    public Task<RawConnection> ConnectAsync() => RawConnection.OpenAsync(Port);

    public Task<HealthReport> CheckHealthAsync() => Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

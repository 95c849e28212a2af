using System.Net;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Responses;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Tests.Responses;

/// <summary>A gateway on a real port that refuses every matched request as its header <c>X-Refuse</c> says, whatever step would do so.</summary>
internal sealed class RefusingServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RefusingServer(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    /// <summary>Starts a server whose API has <c>ANY /orders/{id}</c> and the stage <c>dev</c>.</summary>
    public static async Task<RefusingServer> StartAsync(Action<RestApiDefinition> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Services.AddApiGateway().AddRestApi("api", api =>
        {
            api.Map("ANY /orders/{id}", static method => method.Mock()).Stage("dev", ("version", "7"));
            configure(api.Definition);
        });
        var app = builder.Build();
        app.UseApiGateway(static pipeline => pipeline.InsertAfter(GatewayStep.Route, static branch => branch.Use(Refuse)));
        await app.StartAsync();
        return new RefusingServer(app);
    }

    /// <summary>Asks for <c>/dev/orders/42?q=a%20b</c>, and to be refused.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        string refusal, HttpMethod? method = null, string target = "/dev/orders/42?q=a%20b", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, target);
        request.Headers.Add("X-Refuse", refusal);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request);
    }

    /// <summary>Gets the names of the headers of an answer, without those of the server.</summary>
    public static string HeadersOf(HttpResponseMessage response) => string.Join(
        ' ', response.Headers.Concat(response.Content.Headers).Select(static header => header.Key).Except(["Date", "Content-Length"]).Order(StringComparer.Ordinal));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static Task Refuse(HttpContext http, RequestDelegate next) =>
        http.RequestServices.GetRequiredService<GatewayResponseWriter>().RejectAsync(
            GatewayContext.Of(http), RefusalTable.Find(http.Request.Headers["X-Refuse"].ToString()));
}

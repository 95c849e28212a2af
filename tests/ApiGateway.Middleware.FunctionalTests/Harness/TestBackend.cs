using System.Net;
using System.Threading.Channels;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.FunctionalTests.Harness;

/// <summary>A backend on a real port that records what it received.</summary>
internal sealed class TestBackend : IAsyncDisposable
{
    private readonly Channel<RecordedRequest> _requests = Channel.CreateUnbounded<RecordedRequest>();
    private WebApplication _app = null!;

    /// <summary>Gets scheme, host and port.</summary>
    public string Url { get; private set; } = "";

    public string Authority => new Uri(Url).Authority;

    public int Count => _requests.Reader.Count;

    /// <summary>Starts a backend that answers 200 and the text <c>backend</c>.</summary>
    public static Task<TestBackend> StartAsync() => StartAsync(static http => http.Response.WriteAsync("backend"));

    /// <summary>Starts a backend that records each request, with its whole body, before <paramref name="answer"/>.</summary>
    public static async Task<TestBackend> StartAsync(
        RequestDelegate answer, HttpProtocols protocols = HttpProtocols.Http1, X509Certificate2? certificate = null)
    {
        var backend = new TestBackend();
        await backend.StartCoreAsync(
            async http =>
            {
                backend._requests.Writer.TryWrite(await RecordedRequest.FromAsync(http));
                await answer(http);
            },
            protocols,
            certificate);
        return backend;
    }

    /// <summary>Starts a backend that leaves the body to <paramref name="answer"/> and records nothing.</summary>
    public static async Task<TestBackend> StartRawAsync(RequestDelegate answer, HttpProtocols protocols = HttpProtocols.Http1)
    {
        var backend = new TestBackend();
        await backend.StartCoreAsync(answer, protocols, null);
        return backend;
    }

    /// <summary>Takes the next request, in order, and waits until there is one.</summary>
    public Task<RecordedRequest> NextAsync() => _requests.Reader.ReadAsync().InTime();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task StartCoreAsync(RequestDelegate answer, HttpProtocols protocols, X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = null;
            server.Limits.MaxRequestLineSize = 16 * 1024;
            server.Limits.MinRequestBodyDataRate = null;
            server.Limits.MinResponseDataRate = null;
            server.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = protocols;
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }
            });
        });
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(answer);
        await _app.StartAsync();
        Url = _app.Urls.First();
    }
}

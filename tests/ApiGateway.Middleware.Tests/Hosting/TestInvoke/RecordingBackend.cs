using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Tests.Hosting.TestInvoke;

/// <summary>A backend on a real port that remembers the last request.</summary>
internal sealed class RecordingBackend : IAsyncDisposable
{
    private WebApplication _app = null!;

    public string Url => _app.Urls.First();

    /// <summary>Gets target, body and authorization of the last request.</summary>
    public (string Target, string Body, string? Authorization) Last { get; private set; }

    public static async Task<RecordingBackend> StartAsync(RequestDelegate answer)
    {
        var backend = new RecordingBackend();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        backend._app = builder.Build();
        backend._app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            backend.Last = (http.Request.Path + http.Request.QueryString, await reader.ReadToEndAsync(), http.Request.Headers.Authorization);
            await answer(http);
        });
        await backend._app.StartAsync();
        return backend;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

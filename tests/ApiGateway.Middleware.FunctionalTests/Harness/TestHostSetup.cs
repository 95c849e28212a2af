using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ApiGateway.Middleware.FunctionalTests.Harness;

/// <summary>What a <see cref="TestHost"/> is made of; all of it can be left out.</summary>
internal sealed class TestHostSetup
{
    /// <summary>Gets the section <c>ApiGateway</c> as JSON.</summary>
    public string? Settings { get; init; }

    /// <summary>Gets the directory with an <c>appsettings.json</c> that is read, and read again when it changes.</summary>
    public string? ContentRoot { get; init; }

    public Action<WebApplicationBuilder>? Builder { get; init; }

    public Action<IApiGatewayBuilder>? Gateway { get; init; }

    /// <summary>Gets the middleware. The default is the gateway alone.</summary>
    public Action<WebApplication>? App { get; init; }

    /// <summary>Gets whether the pipeline ends with an answer of its own.</summary>
    public bool AddsTerminal { get; init; } = true;

    public TimeProvider? Time { get; init; }

    public HttpProtocols Protocols { get; init; } = HttpProtocols.Http1;
}

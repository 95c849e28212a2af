using ApiGateway.Middleware.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Puts the gateway into the pipeline of an application.</summary>
public static class ApiGatewayApplicationBuilderExtensions
{
    /// <summary>Adds the gateway with all its steps. Requests that no API claims go on to the next middleware.</summary>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    /// <exception cref="InvalidOperationException"><c>AddApiGateway()</c> was not called.</exception>
    public static IApplicationBuilder UseApiGateway(this IApplicationBuilder app) => app.UseApiGateway(default, static _ => { });

    /// <summary>Adds the gateway under a prefix. All requests below the prefix are the gateway's.</summary>
    /// <param name="app">The application.</param>
    /// <param name="path">The prefix, such as <c>/gateway</c>.</param>
    /// <returns>The same application.</returns>
    /// <exception cref="InvalidOperationException"><c>AddApiGateway()</c> was not called.</exception>
    public static IApplicationBuilder UseApiGateway(this IApplicationBuilder app, PathString path) => app.UseApiGateway(path, static _ => { });

    /// <summary>Adds the gateway with middleware of your own between its steps.</summary>
    /// <param name="app">The application.</param>
    /// <param name="configure">Inserts middleware before or after steps, or chooses the steps.</param>
    /// <returns>The same application.</returns>
    /// <exception cref="InvalidOperationException"><c>AddApiGateway()</c> was not called, or the steps cannot work in the chosen order.</exception>
    public static IApplicationBuilder UseApiGateway(this IApplicationBuilder app, Action<GatewayPipelineBuilder> configure) =>
        app.UseApiGateway(default, configure);

    /// <summary>Adds the gateway under a prefix, with middleware of your own between its steps.</summary>
    /// <param name="app">The application.</param>
    /// <param name="path">The prefix, such as <c>/gateway</c>.</param>
    /// <param name="configure">Inserts middleware before or after steps, or chooses the steps.</param>
    /// <returns>The same application.</returns>
    /// <exception cref="InvalidOperationException"><c>AddApiGateway()</c> was not called, or the steps cannot work in the chosen order.</exception>
    public static IApplicationBuilder UseApiGateway(this IApplicationBuilder app, PathString path, Action<GatewayPipelineBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(configure);

        if (app.ApplicationServices.GetService<Snapshots.SnapshotSource>() is null)
        {
            throw new InvalidOperationException("The gateway's services are missing. Call builder.Services.AddApiGateway() first.");
        }

        var pipeline = new GatewayPipelineBuilder(app);
        configure(pipeline);
        pipeline.CheckOrder();
        var mount = path.Value?.TrimEnd('/') ?? "";
        var routedBefore = InProcessNext.HasRouting(app);
        return app.Use(next =>
        {
            var chain = pipeline.Build();
            return ActivatorUtilities.CreateInstance<GatewayMiddleware>(
                app.ApplicationServices, next, InProcessNext.Create(app, next, routedBefore), chain, mount).InvokeAsync;
        });
    }
}

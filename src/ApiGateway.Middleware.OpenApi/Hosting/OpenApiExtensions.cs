using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.OpenApi.Import;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiGateway.Middleware.OpenApi.Hosting;

/// <summary>Adds APIs from OpenAPI documents to the gateway.</summary>
public static class OpenApiExtensions
{
    /// <summary>Lets settings name OpenAPI documents: <c>"Apis": { "orders": { "Definition": "orders.yaml" } }</c>.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <returns>The same builder.</returns>
    public static IApiGatewayBuilder AddOpenApi(this IApiGatewayBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.TryAddSingleton<OpenApiDocumentLoader>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IDocumentReader, OpenApiDocumentReader>());
        return builder;
    }

    /// <summary>Adds the API of a document. Changes of the file take effect while the host runs; a wrong one leaves the old API in force.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="path">The file, JSON or YAML; relative to the content root.</param>
    /// <param name="configure">Sets options, such as stages. Called at every load.</param>
    /// <returns>The same builder.</returns>
    public static IApiGatewayBuilder AddOpenApi(this IApiGatewayBuilder builder, string path, Action<OpenApiImportOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        builder.AddOpenApi().Services.AddSingleton<IDefinitionProvider>(provider => new OpenApiFileProvider(
            provider.GetRequiredService<OpenApiDocumentLoader>(), path, configure));
        return builder;
    }

    /// <summary>Adds one API for each JSON and YAML file of a folder, not of the folders below it. Files may come, change and go while the host runs.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="path">The folder; relative to the content root.</param>
    /// <param name="configure">Sets options of all APIs, such as stages. Called at every load, for every file.</param>
    /// <returns>The same builder.</returns>
    public static IApiGatewayBuilder AddOpenApiFolder(
        this IApiGatewayBuilder builder, string path, Action<OpenApiImportOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        builder.AddOpenApi().Services.AddSingleton<IDefinitionProvider>(provider => new OpenApiFolderProvider(
            provider.GetRequiredService<OpenApiDocumentLoader>(), path, configure));
        return builder;
    }
}

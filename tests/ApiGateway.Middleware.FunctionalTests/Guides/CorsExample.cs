using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.Guides;

/// <summary>The example of <c>docs/guides/cors.md</c>.</summary>
internal static class CorsExample
{
    public static void Configure(RestApiBuilder api)
    {
        // Begin.
        api.Definition.Cors = new CorsDefinition
        {
            AllowOrigins = { "https://shop.example.com", "https://*.example.org" },
            ExposeHeaders = { "X-Total-Count" },
            AllowCredentials = true,
            MaxAge = 600,
        };

        // End.
    }
}

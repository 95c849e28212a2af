using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.Guides;

/// <summary>The example of <c>docs/guides/http-apis.md</c>.</summary>
internal static class HttpApisExample
{
    public static void Configure(IApiGatewayBuilder gateway)
    {
        // Begin.
        gateway.AddHttpApi("shop", static api => api
            .Host("localhost")
            .Map("GET /orders/{id}", static route => route.HttpProxy("http://${stageVariables.backend}/orders/{id}"))
            .Map("GET /orders/new", static route => route.InProcess("form"))
            .Map("$default", static route => route.InProcess("rest"))
            .Cors(static cors =>
            {
                cors.AllowOrigins.Add("https://shop.example.com");
                cors.AllowMethods.Add("GET");
            })
            .Stage("$default", ("backend", "127.0.0.1:9000"))
            .Throttle("$default", rateLimit: 100, burstLimit: 50)
            .Throttle("$default", rateLimit: 100, burstLimit: 1, routeKey: "GET /orders/new")
            .Stage("dev", ("backend", "127.0.0.1:9001")));

        // End.
    }
}

using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.Guides;

/// <summary>The example of <c>docs/guides/gateway-responses.md</c>.</summary>
internal static class GatewayResponsesExample
{
    public static void Configure(RestApiBuilder api)
    {
        // Begin.
        api.Definition.GatewayResponses[GatewayResponseType.MissingAuthenticationToken] = new(GatewayResponseType.MissingAuthenticationToken)
        {
            StatusCode = 404,
            ResponseParameters =
            {
                ["gatewayresponse.header.Cache-Control"] = "'no-store'",
                ["gatewayresponse.header.X-Stage"] = "context.stage",
            },
            ResponseTemplates =
            {
                ["application/json"] = """{"error":$context.error.messageString,"method":"$context.httpMethod"}""",
                ["text/plain"] = "There is no $context.path.",
            },
        };

        // End.
    }
}

using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.Aws;

/// <summary>Hosts with one route to a service or a function, as an import would define it.</summary>
internal static class AwsSetup
{
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    public const string Arn = "arn:aws:apigateway:eu-west-1:";
    public const string Function =
        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:orders/invocations";

    private const string Keys = $"\"AccessKeyId\": \"AKIDEXAMPLE\", \"SecretAccessKey\": \"{Secret}\"";

    /// <summary>A host whose services are all at one address, called with keys.</summary>
    public static Task<TestHost> StartServiceAsync(
        string url, string uri, Action<IntegrationDefinition>? configure = null, string route = "POST /x", Action<RestApiBuilder>? api = null) =>
        TestHost.StartAsync(new TestHostSetup
        {
            Settings = $$"""{ "Aws": { "Endpoint": "{{url}}", {{Keys}} } }""",
            Gateway = gateway => gateway.AddRestApi("api", builder => Api(builder, route, uri, configure, api)),
        });

    /// <summary>A host with a function in process.</summary>
    public static Task<TestHost> StartFunctionAsync(
        LambdaFunction function, Action<IntegrationDefinition>? configure = null, Action<RestApiBuilder>? api = null) =>
        TestHost.StartAsync(new TestHostSetup
        {
            Gateway = gateway => gateway.AddLambdaFunction("orders", function)
                .AddRestApi("api", builder => Api(builder, "ANY /x", Function, configure, api)),
        });

    /// <summary>Adds a response, and declares it and its headers.</summary>
    public static IntegrationResponseDefinition Response(
        this IntegrationDefinition integration, string status, string? pattern = null, string? template = null)
    {
        var response = new IntegrationResponseDefinition(status) { SelectionPattern = pattern };
        if (template is not null)
        {
            response.ResponseTemplates["application/json"] = template;
        }

        integration.IntegrationResponses.Add(response);
        return response;
    }

    private static void Api(
        RestApiBuilder api, string route, string uri, Action<IntegrationDefinition>? configure, Action<RestApiBuilder>? more)
    {
        api.Map(route, method =>
        {
            method.Aws(uri, integration =>
            {
                integration.IntegrationHttpMethod = "POST";
                (configure ?? (static integration => integration.Response("200")))(integration);
            });
            foreach (var response in method.Definition.Integration!.IntegrationResponses)
            {
                method.Response(int.Parse(response.StatusCode, System.Globalization.CultureInfo.InvariantCulture));
            }
        }).Stage("dev");
        api.Definition.Profile = DefinitionProfile.Exact;
        more?.Invoke(api);
    }
}

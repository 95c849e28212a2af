using System.Buffers;
using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.Lambda;

/// <summary>Hosts with one route to one function.</summary>
internal static class LambdaSetup
{
    public const string Uri =
        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:orders:live/invocations";

    /// <summary>A function of the application that always gives the same payload.</summary>
    public static LambdaFunction Answering(string payload) => (_, answer, _, _) =>
    {
        answer.Write(Encoding.UTF8.GetBytes(payload));
        return ValueTask.CompletedTask;
    };

    /// <summary>A host with a function in process.</summary>
    public static Task<TestHost> StartAsync(LambdaFunction function, Action<RestApiBuilder>? configure = null, TimeProvider? time = null) =>
        TestHost.StartAsync(new TestHostSetup
        {
            Time = time,
            Gateway = gateway => gateway.AddLambdaFunction("orders", function).AddRestApi("api", api => Api(api, configure)),
        });

    /// <summary>A host whose function is behind the Invoke API.</summary>
    public static Task<TestHost> StartAsync(string lambda, Action<RestApiBuilder>? configure = null) => TestHost.StartAsync(new TestHostSetup
    {
        Settings = $$"""{ "Lambda": {{lambda}} }""",
        Gateway = gateway => gateway.AddRestApi("api", api => Api(api, configure)),
    });

    // As an import would be: the rules of the managed service, to the letter.
    private static void Api(RestApiBuilder api, Action<RestApiBuilder>? configure)
    {
        api.Map("ANY /{proxy+}", static method => method.LambdaProxy(Uri, static integration => integration.IntegrationHttpMethod = "POST"))
            .Stage("dev");
        api.Definition.Profile = DefinitionProfile.Exact;
        configure?.Invoke(api);
    }
}

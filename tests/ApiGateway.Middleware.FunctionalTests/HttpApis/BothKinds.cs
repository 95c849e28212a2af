using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.HttpApis;

/// <summary>The kinds of API whose shared behaviour is one test, and settings of an API <c>api</c> with the stage <c>dev</c>.</summary>
internal static class BothKinds
{
    public const string Rest = "REST";
    public const string Http = "HTTP";

    public static TheoryData<string> Names => [Rest, Http];

    /// <summary>Writes the section <c>ApiGateway</c>.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="routes">The members of <c>Routes</c>.</param>
    /// <param name="api">More members of the API, each with a comma in front.</param>
    /// <param name="stage">The members of the stage.</param>
    /// <param name="gateway">More members of the gateway, each with a comma in front.</param>
    public static string Settings(string kind, string routes, string api = "", string stage = "", string gateway = "") =>
        $$"""
        { "Apis": { "api": { "ProtocolType": "{{kind}}", "Routes": { {{routes}} }, "Stages": { "dev": { {{stage}} } } {{api}} } } {{gateway}} }
        """;

    public static Task<TestHost> StartAsync(string settings, Action<IApiGatewayBuilder>? gateway = null, TimeProvider? time = null) =>
        TestHost.StartAsync(new TestHostSetup { Settings = settings, Gateway = gateway, Time = time });

    /// <summary>A route that the handler <c>h</c> answers.</summary>
    public static string Handled(string key) => $$""" "{{key}}": { "Integration": { "Type": "IN_PROCESS", "Handler": "h" } } """;
}

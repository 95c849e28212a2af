using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ApiGateway.Middleware.FunctionalTests.Hosting;

/// <summary>A host with a wrong definition does not start, and says everything that is wrong.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Start_ManyErrors_AllAreToldWithSourcePathAndCure()
    {
        using var directory = new SettingsDirectory();
        directory.Write("""
            {
              "ApiGateway": {
                "Regio": "eu-west-1",
                "Apis": {
                  "api": {
                    "Stage": {},
                    "Routes": {
                      "GET /a": { "Integration": { "Type": "MOK" } },
                      "GET /b": { "Integration": { "Type": "HTTP_PROXY", "Uri": "ftp://host/" } },
                      "GET /c": { "Integration": { "Type": "HTTP_PROXY", "Uri": "http://{host}/" } },
                      "GET /d": { "Integration": { "Type": "IN_PROCESS", "Handler": "none" } },
                      "GET /e": { "Integration": { "Type": "MOCK", "TimeoutInMillis": 49 } },
                      "GET /f": {},
                      "GET g": { "Integration": { "Type": "MOCK" } },
                      "GET": { "Integration": { "Type": "MOCK" } },
                      "GET /h/{x+}/y": { "Integration": { "Type": "MOCK" } },
                      "GET /i": { "Integration": { "Type": "HTTP_PROXY", "Uri": "http://host/{id}" } },
                      "GET /j": { "Integration": { "Type": "HTTP_PROXY", "Uri": "http://user@host/" } },
                      "GET /k": { "Integration": { "Type": "HTTP_PROXY", "Uri": "http://host/../x" } }
                    },
                    "Stages": { "de v": {} }
                  },
                  "sockets": { "ProtocolType": "WEBSOCKET" }
                },
                "DomainNames": { "https://x": {} }
              }
            }
            """);

        var failure = await Assert.ThrowsAsync<DefinitionException>(
            () => TestHost.StartAsync(new TestHostSetup { ContentRoot = directory.Path }));

        string[] expected =
        [
            "ApiGateway:Regio 'Regio' is not known here. Did you mean 'Region'?",
            "ApiGateway:Apis:api:Stage 'Stage' is not known here. Did you mean 'Stages'?",
            "Routes:GET /a:Integration:Type 'Type' must be one of HTTP_PROXY, HTTP, MOCK, IN_PROCESS, AWS_PROXY, AWS, but is 'MOK'. Did you mean 'MOCK'?",
            "Routes:GET /b:Integration:Uri Invalid HTTP endpoint specified for URI: it must begin with http:// or https://",
            "Routes:GET /c:Integration:Uri A path variable cannot supply the host",
            "Routes:GET /d:Integration:Handler There is no handler 'none'. Register it with AddHandler(\"none\", ...). Known: none.",
            "Routes:GET /e:Integration:TimeoutInMillis must be from 50 to 900000, but is 49.",
            "Routes:GET /f:Integration No integration is defined for the method.",
            "Routes:GET g A resource path begins with '/', but is 'g'.",
            "Routes:GET A route's key is 'METHOD /path'",
            "Routes:GET /h/{x+}/y Cannot create a child of a resource with a greedy path variable: {x+}",
            "Routes:GET /i:Integration:Uri The address has '{id}', but the path has no such variable. Known: none.",
            "Routes:GET /j:Integration:Uri Invalid HTTP endpoint specified for URI",
            "Routes:GET /k:Integration:Uri Invalid HTTP endpoint specified for URI",
            "Stages:de v A stage's name has 1 to 128 letters, digits, '_' and '-', but is 'de v'.",
            "Apis:sockets:RouteSelectionExpression A WebSocket API needs an expression that gives the key of a message's route, such as '$request.body.action'.",
        ];
        Assert.All(expected, text => Assert.Contains(
            failure.Errors, error => $"{error}".StartsWith("appsettings.json: ", StringComparison.Ordinal) && $"{error}".Contains(text, StringComparison.Ordinal)));
        Assert.All(failure.Errors, error => Assert.Contains($"{error}", failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_OptionsAndDefinitionWrong_BothAreTold()
    {
        var failure = await Assert.ThrowsAsync<DefinitionException>(() => TestHost.StartAsync(
            """{ "AccountId": "12", "ForwardLimit": 99, "TrustedProxies": [ "nobody" ], "Apis": { "api": { "Rotes": {}, "Stages": { "a b": {} } } } }"""));

        Assert.Contains("AccountId: must be 12 digits, but is '12'.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("ForwardLimit: must be from 1 to 32, but is 99.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("but one is 'nobody'.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'Routes'?", failure.Message, StringComparison.Ordinal);
        Assert.Contains("but is 'a b'.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TwoApisClaimTheSame_Fails()
    {
        var failure = await Assert.ThrowsAsync<DefinitionException>(() => TestHost.StartAsync(static gateway => gateway
            .AddRestApi("one", static api => api.Map("GET /x", static method => method.Mock()).Stage("dev"))
            .AddRestApi("two", static api => api.Map("GET /x", static method => method.Mock()).Stage("dev"))));

        Assert.Contains("Stage 'dev' is also a stage of API 'one'", Assert.Single(failure.Errors).Message, StringComparison.Ordinal);
        Assert.StartsWith("code: Apis:two", $"{failure.Errors[0]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ErrorsInCode_NameTheRoute()
    {
        var failure = await Assert.ThrowsAsync<DefinitionException>(() => TestHost.StartAsync(static gateway => gateway
            .AddRestApi("api", static api => api
                .Map("GET /x", static method => method.HttpProxy("nonsense"))
                .Map("GET /x", static method => method.Mock())
                .Stage("dev"))));

        Assert.Contains(failure.Errors, static error => $"{error}".StartsWith("code: Apis:api:Routes:GET /x:Integration:Uri ", StringComparison.Ordinal));
        Assert.Contains(failure.Errors, static error => error.Message.Contains("is defined twice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_ProviderThrows_IsOneError()
    {
        var failure = await Assert.ThrowsAsync<DefinitionException>(
            () => TestHost.StartAsync(static gateway => gateway.AddDefinitionProvider<BrokenProvider>()));

        Assert.Contains("BrokenProvider: ", $"{Assert.Single(failure.Errors)}", StringComparison.Ordinal);
        Assert.Contains("out of order", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithoutAnyApi_LetsEverythingThroughAndIsHealthy()
    {
        await using var host = await TestHost.StartAsync("{}");

        Assert.Equal(TestHost.Outside, await host.GetTextAsync("/dev/x"));
        Assert.Equal(HealthStatus.Healthy, (await host.CheckHealthAsync()).Status);
    }

    private sealed class BrokenProvider : IDefinitionProvider
    {
        public ValueTask LoadAsync(GatewayDefinition definition, DefinitionErrors errors, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("out of order");

        public Microsoft.Extensions.Primitives.IChangeToken? GetReloadToken() => null;
    }
}

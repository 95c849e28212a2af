using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class TransformationPlanCompilerTests
{
    [Theory]
    [InlineData(IntegrationKind.Http, DefinitionProfile.Embedded)]
    [InlineData(IntegrationKind.HttpProxy, DefinitionProfile.Embedded)]
    [InlineData(IntegrationKind.HttpProxy, DefinitionProfile.Exact)]
    [InlineData(IntegrationKind.InProcess, DefinitionProfile.Embedded)]
    public void Compile_NothingToChange_GivesNoPlan(IntegrationKind kind, DefinitionProfile profile)
    {
        var api = Api(kind);
        api.Profile = profile;

        Assert.Null(Route(api).Transformation);
    }

    [Fact]
    public void Compile_SeveralStages_ShareTemplates()
    {
        var api = Api(IntegrationKind.Http);
        api.Methods[0].Integration!.RequestTemplates["application/json"] = "$stageVariables.x";
        api.Stages["prod"] = new StageDefinition("prod");

        var templates = Compiled.Snapshot(api).Stages
            .Select(static stage => stage.Routes.Routes[0].Transformation!.Request.Templates.Templates[0].Template).ToList();

        Assert.NotNull(templates[0]);
        Assert.Same(templates[0], templates[1]);
    }

    [Theory]
    [InlineData("integration.request.header.Content-Length", "'1'", "cannot be mapped")]
    [InlineData("integration.request.header.Transfer-Encoding", "'1'", "cannot be mapped")]
    [InlineData("integration.request.header.a b", "'1'", "A request parameter's name is")]
    [InlineData("integration.request.header.", "'1'", "A request parameter's name is")]
    [InlineData("integration.request.cookie.a", "'1'", "A request parameter's name is")]
    [InlineData("integration.request.header.a", "true", "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: true]")]
    [InlineData("integration.request.header.a", "integration.response.body", "Invalid mapping expression specified")]
    public void Compile_WrongRequestParameter_IsAnErrorOfEmbeddedDefinitions(string target, string source, string expected)
    {
        var api = Api(IntegrationKind.HttpProxy);
        api.Methods[0].Integration!.RequestParameters[target] = source;

        var error = Assert.Single(Compiled.Errors(api).Errors);

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("RequestParameters:" + target, error.Origin.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc", null, "from 200 to 599")]
    [InlineData("101", null, "from 200 to 599")]
    [InlineData("+20", null, "from 200 to 599")]
    [InlineData("200", "(", "no regular expression")]
    [InlineData("404", null, "no response 404")]
    public void Compile_WrongResponse_IsAnErrorOfEmbeddedDefinitions(string status, string? pattern, string expected)
    {
        var api = Api(IntegrationKind.Http);
        api.Methods[0].MethodResponses["200"] = new MethodResponseDefinition("200");
        api.Methods[0].Integration!.IntegrationResponses.Add(new IntegrationResponseDefinition(status) { SelectionPattern = pattern });

        Assert.Contains(expected, Assert.Single(Compiled.Errors(api).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_WhatTheServiceFailsOnAtRunTime_IsAWarningOfExactDefinitions()
    {
        var api = Api(IntegrationKind.Http);
        api.Profile = DefinitionProfile.Exact;
        var integration = api.Methods[0].Integration!;
        integration.RequestParameters["integration.request.header.Content-Length"] = "'1'";
        integration.RequestParameters["integration.request.header.X"] = "method.request.header.undeclared";
        integration.RequestTemplates["application/json"] = "#if(";
        integration.IntegrationResponses.Add(new IntegrationResponseDefinition("200") { SelectionPattern = "(" });
        integration.IntegrationResponses.Add(new IntegrationResponseDefinition("404"));

        var errors = Compiled.Errors(api);

        Assert.Empty(errors.Errors);
        foreach (var text in (string[])["cannot be mapped", "does not declare", "Line 1, column", "no regular expression", "no response 404"])
        {
            Assert.Contains(errors.Warnings, warning => warning.Message.Contains(text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Compile_StaticPreflight_IsWorkedOutBeforehand()
    {
        var api = Api(IntegrationKind.Mock);
        var method = api.Methods[0];
        method.Integration!.RequestTemplates["application/json"] = "{\"statusCode\": 204}";
        method.Integration.IntegrationResponses.Add(new IntegrationResponseDefinition("200")
        {
            ResponseParameters = { ["method.response.header.Access-Control-Allow-Origin"] = "stageVariables.origin" },
            ResponseTemplates = { ["text/plain"] = " ok " },
        });
        api.Stages["dev"].Variables["origin"] = "https://example.com";

        var answer = Assert.Single(((MockIntegrationPlan)Route(api).Integration).Answers);

        Assert.Equal(200, answer.Status);
        Assert.Equal("ok", System.Text.Encoding.UTF8.GetString(answer.Body.Span));
        Assert.Equal(
            [new("Content-Type", "text/plain"), new("Access-Control-Allow-Origin", "https://example.com")], answer.Headers);
    }

    [Theory]
    [InlineData("context.stage", "ok")]
    [InlineData("'*'", "$context.stage")]
    public void Compile_MockThatDependsOnTheRequest_IsNotWorkedOut(string header, string template)
    {
        var api = Api(IntegrationKind.Mock);
        api.Methods[0].Integration!.RequestTemplates["application/json"] = "{\"statusCode\": 204}";
        api.Methods[0].Integration!.IntegrationResponses.Add(new IntegrationResponseDefinition("200")
        {
            ResponseParameters = { ["method.response.header.X"] = header },
            ResponseTemplates = { ["text/plain"] = template },
        });

        Assert.Empty(((MockIntegrationPlan)Route(api).Integration).Answers);
    }

    private static RouteSnapshot Route(RestApiDefinition api) => Assert.Single(Compiled.Stage(api).Routes.Routes);

    private static RestApiDefinition Api(IntegrationKind kind)
    {
        var api = Compiled.Mocks("api", "GET /a");
        api.Methods[0].Integration = new IntegrationDefinition(kind)
        {
            Uri = kind is IntegrationKind.Http or IntegrationKind.HttpProxy ? "http://host/" : null,
            IntegrationHttpMethod = kind is IntegrationKind.Http or IntegrationKind.HttpProxy ? "GET" : null,
        };
        return api;
    }
}

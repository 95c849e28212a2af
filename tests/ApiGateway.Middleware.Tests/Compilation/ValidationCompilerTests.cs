using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class ValidationCompilerTests
{
    private const string Prefix = "https://apigateway.amazonaws.com/restapis/";

    [Fact]
    public void Compile_NoValidator_HasNoPlan()
    {
        var api = Api();
        api.Methods[0].RequestValidatorId = null;
        api.Methods[0].RequestParameters["method.request.header.a"] = true;

        Assert.Null(Plan(api));
    }

    [Theory]
    [InlineData(false, false, true, true)]
    [InlineData(false, true, false, true)]
    [InlineData(true, false, true, false)]
    public void Compile_NothingToDo_HasNoPlan(bool body, bool parameters, bool isRequired, bool isJson)
    {
        var api = Api(body, parameters);
        api.Methods[0].RequestParameters["method.request.header.a"] = isRequired;
        api.Models["Order"] = new ModelDefinition("Order", "{}");
        api.Methods[0].RequestModels[isJson ? "application/json" : "application/xml"] = "Order";

        Assert.Null(Plan(api));
    }

    [Fact]
    public void Compile_ParametersOnly_HoldsNoBody()
    {
        var api = Api(body: false);
        api.Methods[0].RequestParameters["method.request.header.a"] = true;
        api.Methods[0].RequestParameters["method.request.header.b"] = false;

        var plan = Plan(api)!;

        Assert.Null(plan.Models);
        Assert.Equal([new ValidationParameter(ValidationPlace.Header, "a")], plan.Parameters);
    }

    [Fact]
    public void Compile_NoModels_ActsAsWithEmpty()
    {
        var models = Plan(Api())!.Models!;

        Assert.True(IsValid(models.For("")!, "{}"));
        Assert.False(IsValid(models.For("application/json")!, "[]"));
        Assert.Null(models.For("text/plain"));
    }

    [Theory]
    [InlineData("Empty", "{\"a\":1}", "[]")]
    [InlineData("Error", "{\"message\":\"a\"}", "{\"message\":1}")]
    public void Compile_BuiltInModels_AreThere(string name, string valid, string invalid)
    {
        var api = Api();
        api.Methods[0].RequestModels["application/json"] = name;

        var model = Plan(api)!.Models!.For("")!;

        Assert.True(IsValid(model, valid));
        Assert.False(IsValid(model, invalid));
    }

    [Fact]
    public void Compile_SeveralStagesAndRoutes_ShareTheModel()
    {
        var api = Api("POST /a", "POST /b");
        api.Stages["prod"] = new StageDefinition("prod");
        api.Models["Order"] = new ModelDefinition("Order", """{"type":"object"}""");
        foreach (var method in api.Methods)
        {
            method.RequestModels["application/json"] = "Order";
        }

        var stages = Compiled.Snapshot(api).Stages;

        var models = stages.SelectMany(static stage => stage.Routes.Routes).Select(static route => route.Validation!.Models!.For("")!).ToList();
        Assert.Equal(4, models.Count);
        Assert.Single(models.Distinct());
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", "application/json", true)]
    [InlineData("text/json", "text/json", true)]
    [InlineData("application/*+json", "application/vnd.x+json", true)]
    [InlineData("*/*", "text/plain", true)]
    [InlineData("$default", "text/plain", true)]
    [InlineData("multipart/form-data", "multipart/form-data", false)]
    [InlineData("application/*", "application/json", false)]
    public void Compile_MediaTypeOfADocument_Works(string key, string contentType, bool isValidated)
    {
        var api = Api();
        api.Models["Order"] = new ModelDefinition("Order", """{"type":"object"}""");
        api.Methods[0].RequestModels[key] = "Order";

        Assert.Equal(isValidated, Plan(api)?.Models?.For(contentType) is not null);
    }

    [Fact]
    public void Compile_ExactProfile_TakesStarsLiterally()
    {
        var api = Api(DefinitionProfile.Exact);
        api.Models["Order"] = new ModelDefinition("Order", """{"type":"object"}""");
        api.Methods[0].RequestModels["application/json"] = "Order";
        api.Methods[0].RequestModels["*/*"] = "Order";

        Assert.Null(Plan(api)!.Models!.For("text/plain"));
    }

    [Fact]
    public void Compile_ModelOfAnotherContentType_ValidatesNothing()
    {
        var api = Api();
        api.Models["Order"] = new ModelDefinition("Order", "<xsd/>") { ContentType = "application/xml" };
        api.Methods[0].RequestModels["application/json"] = "Order";

        Assert.Null(Plan(api));
    }

    [Theory]
    [InlineData("api", "Line")]
    [InlineData("a1b2c3d4e5", "Line")]
    [InlineData("api", "%4Cine")]
    [InlineData("a1b2c3d4e5", "L%69ne")]
    [InlineData("other", "Line#")]
    [InlineData("other", "Line#/definitions/inner")]
    public void Compile_ReferenceToAModel_ResolvesWhateverTheId(string id, string name)
    {
        var api = Api();
        api.Models["Line"] = new ModelDefinition("Line", """{"type":"string","definitions":{"inner":{"type":"string"}}}""");
        api.Models["Order"] = new ModelDefinition("Order", $$$$"""{"properties":{"line":{"$ref":"{{{{Prefix}}}}{{{{id}}}}/models/{{{{name}}}}"}}}""");
        api.Methods[0].RequestModels["application/json"] = "Order";

        var model = Plan(api)!.Models!.For("")!;

        Assert.True(IsValid(model, """{"line":"a"}"""));
        Assert.False(IsValid(model, """{"line":1}"""));
    }

    [Theory]
    [InlineData("With Space", "With%20Space")]
    [InlineData("List_1-x", "List_1-x")]
    [InlineData("Größe", "Gr%C3%B6%C3%9Fe")]
    [InlineData("Größe", "Größe")]
    public void Compile_NameOfOtherCharacters_Resolves(string name, string written)
    {
        var api = Api();
        api.Models[name] = new ModelDefinition(name, """{"type":"string"}""");
        api.Models["Order"] = new ModelDefinition("Order", $$$$"""{"items":{"$ref":"{{{{Prefix}}}}api/models/{{{{written}}}}"}}""");
        api.Methods[0].RequestModels["application/json"] = "Order";

        Assert.False(IsValid(Plan(api)!.Models!.For("")!, "[1]"));
    }

    [Fact]
    public void Compile_CircleOfModels_IsValidatedLazily()
    {
        var api = Api();
        api.Models["Tree"] = new ModelDefinition("Tree", $$$$"""{"required":["name"],"properties":{"list":{"$ref":"{{{{Prefix}}}}x/models/List"}}}""");
        api.Models["List"] = new ModelDefinition("List", $$$$"""{"type":"array","items":{"$ref":"{{{{Prefix}}}}y/models/Tree"}}""");
        api.Methods[0].RequestModels["application/json"] = "Tree";

        var model = Plan(api)!.Models!.For("")!;

        Assert.True(IsValid(model, """{"name":"a","list":[{"name":"b","list":[{"name":"c"}]}]}"""));
        Assert.False(IsValid(model, """{"name":"a","list":[{"name":"b","list":[{}]}]}"""));
    }

    [Fact]
    public void Compile_Draft2020_KnowsItsKeywords()
    {
        var api = Api();
        api.Models["Order"] = new ModelDefinition("Order", """{"required":[],"properties":{"a":{"const":1},"b":{"exclusiveMinimum":3}}}""") { IsDraft2020 = true };
        api.Methods[0].RequestModels["application/json"] = "Order";

        var model = Plan(api)!.Models!.For("")!;

        Assert.True(IsValid(model, """{"a":1.0,"b":4}"""));
        Assert.False(IsValid(model, """{"a":2}"""));
        Assert.False(IsValid(model, """{"b":3}"""));
    }

    [Fact]
    public void Compile_EmptyRequired_IsAnInvalidModelAsTheServiceHasIt()
    {
        var api = Api();
        api.Models["Order"] = new ModelDefinition("Order", """{"properties":{"a":{"required":[]}}}""");
        api.Methods[0].RequestModels["application/json"] = "Order";

        var error = Assert.Single(Compiled.Errors(api).Errors);

        Assert.StartsWith("Invalid model specified: Validation Result: warnings : [], errors : [Model 'Order' at '/properties/a/required'", error.Message, StringComparison.Ordinal);
        Assert.Equal("Apis:api:Models:Order:Schema", error.Origin.Path);
    }

    [Fact]
    public void Compile_ErrorInAReferredModel_IsToldOnceAndAtItsPlace()
    {
        var api = Api("POST /a", "POST /b");
        api.Models["Line"] = new ModelDefinition("Line", """{"properties":{"x/y":{"type":"int"}}}""") { Origin = new DefinitionOrigin("a.yaml", "$.definitions.Line", 7) };
        api.Models["Order"] = new ModelDefinition("Order", $$$$"""{"items":{"$ref":"{{{{Prefix}}}}api/models/Line"}}""");
        api.Models["List"] = new ModelDefinition("List", $$$$"""{"items":{"$ref":"{{{{Prefix}}}}z/models/Line"}}""");
        api.Methods[0].RequestModels["application/json"] = "Order";
        api.Methods[1].RequestModels["application/json"] = "List";

        var error = Assert.Single(Compiled.Errors(api).Errors);

        Assert.Equal(new DefinitionOrigin("a.yaml", "$.definitions.Line.properties['x/y'].type", 7), error.Origin);
        Assert.Contains("Model 'Line' at '/properties/x~1y/type': must be one of array, boolean", error.Message, StringComparison.Ordinal);
        Assert.Contains("\"int\"", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "well-formed JSON")]
    [InlineData("[]", "must be a schema")]
    [InlineData("""{"$ref":"https://apigateway.amazonaws.com/restapis/api/models/Gone"}""", "finds nothing there")]
    [InlineData("""{"$ref":"https://example.com/x"}""", "finds nothing there")]
    [InlineData("""{"$ref":"#/definitions/x"}""", "finds nothing there")]
    [InlineData("""{"pattern":"("}""", "no ECMA 262 regular expression")]
    public void Compile_InvalidSchema_IsAnErrorWithTheReason(string schema, string reason)
    {
        var api = Api();
        api.Models["Order"] = new ModelDefinition("Order", schema);
        api.Methods[0].RequestModels["application/json"] = "Order";

        Assert.Contains(reason, Assert.Single(Compiled.Errors(api).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_ExpressionOfAnotherEngine_ExactProfileFailsAtRunTimeOnly()
    {
        var api = Api(DefinitionProfile.Exact);
        api.Models["Order"] = new ModelDefinition("Order", """{"properties":{"a":{"pattern":"("}}}""");
        api.Methods[0].RequestModels["application/json"] = "Order";

        var warning = Assert.Single(Compiled.Errors(api).Warnings, static warning => warning.Message.Contains("pattern", StringComparison.Ordinal));
        Assert.EndsWith("will fail with 500.", warning.Message, StringComparison.Ordinal);
        Assert.Null(Plan(api)!.Models!.For("")!.Schema);
    }

    [Fact]
    public void Compile_UnusedModel_IsNotCompiled()
    {
        var api = Api();
        api.Models["Order"] = new ModelDefinition("Order", "{");

        Assert.Empty(Compiled.Errors(api).Errors);
    }

    [Theory]
    [InlineData(DefinitionProfile.Embedded)]
    [InlineData(DefinitionProfile.Exact)]
    public void Compile_UnknownValidator_StopsEmbeddedDefinitionsOnly(DefinitionProfile profile) => AssertReported(
        profile, static api => api.Methods[0].RequestValidatorId = "w",
        "Invalid Request Validator identifier specified: 'w' is not among the API's request validators. Known: v.", "RequestValidatorId");

    [Theory]
    [InlineData(DefinitionProfile.Embedded)]
    [InlineData(DefinitionProfile.Exact)]
    public void Compile_UnknownModel_StopsEmbeddedDefinitionsOnly(DefinitionProfile profile) => AssertReported(
        profile, static api => api.Methods[0].RequestModels["application/json"] = "Gone",
        "Invalid model identifier specified: Gone.", "RequestModels:application/json");

    [Theory]
    [InlineData(DefinitionProfile.Embedded)]
    [InlineData(DefinitionProfile.Exact)]
    public void Compile_NameInTwoPlaces_StopsEmbeddedDefinitionsOnly(DefinitionProfile profile) => AssertReported(
        profile,
        static api =>
        {
            api.Methods[0].RequestParameters["method.request.header.a"] = false;
            api.Methods[0].RequestParameters["method.request.querystring.a"] = false;
        },
        "Parameter names must be unique across querystring, header and path, but 'a' is not.", "RequestParameters:method.request.querystring.a");

    [Theory]
    [InlineData("method.request.cookie.a")]
    [InlineData("method.request.header.")]
    [InlineData("method.request.header")]
    [InlineData("header.a")]
    public void Compile_WrongParameterKey_IsAnError(string key) => AssertReported(
        DefinitionProfile.Embedded, api => api.Methods[0].RequestParameters[key] = true, $"but is '{key}'.", $"RequestParameters:{key}");

    [Fact]
    public void Compile_RequiredPathParameterThatThePathLacks_Warns()
    {
        var api = Api();
        api.Methods[0].RequestParameters["method.request.path.id"] = true;

        Assert.Contains("'id' is required, but the path has no '{id}'", Assert.Single(Compiled.Errors(api).Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GatewayResponseType.BadRequestBody, """{"e": "$context.error.validationErrorString"}""", true)]
    [InlineData(GatewayResponseType.Default4xx, """{"e": "$context.error.validationErrorString"}""", true)]
    [InlineData(GatewayResponseType.BadRequestBody, """{"e": $context.error.messageString}""", false)]
    [InlineData(GatewayResponseType.Default5xx, """{"e": "$context.error.validationErrorString"}""", false)]
    public void Explains_GatewayResponse_OnlyIfItShowsTheReasons(GatewayResponseType type, string template, bool explains)
    {
        var api = Api();
        api.GatewayResponses[type] = new GatewayResponseDefinition(type) { ResponseTemplates = { ["application/json"] = template } };

        Assert.Equal(explains, Plan(api)!.Explains);
    }

    private static void AssertReported(DefinitionProfile profile, Action<RestApiDefinition> change, string message, string place)
    {
        var api = Api(profile);
        change(api);

        var found = Compiled.Errors(api);

        var told = Assert.Single(profile == DefinitionProfile.Exact ? found.Warnings : found.Errors, error => error.Message.Contains(message, StringComparison.Ordinal));
        Assert.EndsWith(place, told.Origin.Path, StringComparison.Ordinal);
        Assert.Equal(profile == DefinitionProfile.Exact, found.Errors.Count == 0);
    }

    private static RestApiDefinition Api(params string[] routes)
    {
        var api = Compiled.Mocks("api", routes.Length == 0 ? ["POST /x"] : routes);
        api.RequestValidators["v"] = new RequestValidatorDefinition("v") { ValidateRequestBody = true, ValidateRequestParameters = true };
        foreach (var method in api.Methods)
        {
            method.RequestValidatorId = "v";
        }

        return api;
    }

    private static RestApiDefinition Api(DefinitionProfile profile)
    {
        var api = Api();
        api.Profile = profile;
        return api;
    }

    private static RestApiDefinition Api(bool body, bool parameters = true)
    {
        var api = Api();
        api.RequestValidators["v"].ValidateRequestBody = body;
        api.RequestValidators["v"].ValidateRequestParameters = parameters;
        return api;
    }

    private static ValidationPlan? Plan(RestApiDefinition api) => Assert.Single(Compiled.Stage(api).Routes.Routes).Validation;

    private static bool IsValid(ValidationModel model, string body) => model.Schema!.IsValid(Encoding.UTF8.GetBytes(body));
}

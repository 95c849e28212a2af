using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Import;

namespace ApiGateway.Middleware.OpenApi.Tests;

public sealed class ImportTests
{
    private const string Mock = "x-amazon-apigateway-integration: {type: mock}";

    [Theory]
    [InlineData(BasePathMode.Ignore, "/e")]
    [InlineData(BasePathMode.Prepend, "/a/b/c/e")]
    [InlineData(BasePathMode.Split, "/b/c/e")]
    public void Import_SwaggerBasePath_FollowsMode(BasePathMode mode, string path) =>
        Assert.Equal(path, Assert.Single(TestDocument.ImportFile("base-path.yaml", new() { BasePathMode = mode }).Methods).ResourcePath);

    [Theory]
    [InlineData(BasePathMode.Ignore, "/test")]
    [InlineData(BasePathMode.Prepend, "/base-url/part/test")]
    [InlineData(BasePathMode.Split, "/part/test")]
    public void Import_ServerPath_FollowsMode(BasePathMode mode, string path) =>
        Assert.Equal(path, Assert.Single(TestDocument.ImportFile("modern-31.yaml", new() { BasePathMode = mode }).Methods).ResourcePath);

    [Theory]
    [InlineData(BasePathMode.Ignore, "/x")]
    [InlineData(BasePathMode.Prepend, "/base-var/x")]
    [InlineData(BasePathMode.Split, "/x")]
    public void Import_BasePathVariable_FollowsMode(BasePathMode mode, string path)
    {
        var text = TestDocument.With($"{{{Mock}}}", """servers: [{url: "https://a/{basePath}", variables: {basePath: {default: base-var}}}]""");

        Assert.Equal(path, Assert.Single(TestDocument.Import(text, new() { BasePathMode = mode }).Methods).ResourcePath);
    }

    [Fact]
    public void Import_SharedParts_AreFollowed()
    {
        var method = Assert.Single(TestDocument.ImportFile("base-path.yaml").Methods);

        Assert.True(method.RequestParameters["method.request.header.x-trace"]);
        Assert.False(method.MethodResponses["200"].ResponseParameters["method.response.header.X-Total"]);
        Assert.Equal(["application/json", "application/vnd.orders+json"], method.RequestModels.Keys.Order());
        Assert.StartsWith("MODEL", method.RequestModels["application/json"], StringComparison.Ordinal);
    }

    [Fact]
    public void Import_EachNode_KnowsItsPlace()
    {
        var api = TestDocument.ImportFile("console-oas30.json");

        var method = api.Methods.First(static method => method.RouteKey == "POST /pets");
        Assert.Equal("console-oas30.json(31): $.paths['/pets'].post", method.Origin!.ToString());
        Assert.Equal("$.paths['/pets'].post.x-amazon-apigateway-integration", method.Integration!.Origin!.Path);
        Assert.Equal("$.components.schemas.Pet", api.Models["Pet"].Origin!.Path);
    }

    [Theory]
    [InlineData("", "security: [{k: []}]", true)]
    [InlineData("security: [], ", "security: [{k: []}]", false)]
    [InlineData("security: [{k: []}], ", "", true)]
    [InlineData("", "", false)]
    public void Import_RootSecurity_HoldsUnlessTheOperationHasItsOwn(string operation, string root, bool expected)
    {
        var text = TestDocument.With($"{{{operation}{Mock}}}", $"{root}\ncomponents: {{securitySchemes: {{k: {{type: apiKey, name: X-API-Key, in: header}}}}}}");

        Assert.Equal(expected, Assert.Single(TestDocument.Import(text).Methods).ApiKeyRequired);
    }

    [Theory]
    [InlineData("type: token", "name: X-T, in: header", "method.request.header.X-T", AuthorizationType.Custom)]
    [InlineData("type: token, identitySource: method.request.header.Other", "name: X-T, in: header", "method.request.header.X-T", AuthorizationType.Custom)]
    [InlineData("type: cognito_user_pools", "name: Authorization, in: header", "method.request.header.Authorization", AuthorizationType.CognitoUserPools)]
    [InlineData("type: request, identitySource: context.accountId", "name: X-T, in: header", "context.accountId", AuthorizationType.Custom)]
    [InlineData("type: request", "name: q, in: query", "method.request.querystring.q", AuthorizationType.Custom)]
    [InlineData("type: request", "name: Unused, in: header", null, AuthorizationType.Custom)]
    public void Import_Authorizer_HasItsIdentitySource(string extension, string scheme, string? source, AuthorizationType type)
    {
        var api = TestDocument.Import(TestDocument.With(
            $"{{security: [{{a: [s]}}], {Mock}}}",
            $"components: {{securitySchemes: {{a: {{type: apiKey, {scheme}, x-amazon-apigateway-authorizer: {{{extension}}}}}, unused: {{type: apiKey, name: n, in: header, x-amazon-apigateway-authorizer: {{type: token}}}}}}}}"));

        var method = Assert.Single(api.Methods);
        Assert.Equal(source, api.Authorizers["a"].IdentitySource);
        Assert.Equal(type, method.AuthorizationType);
        Assert.Equal("a", method.AuthorizerId);
        Assert.Equal(type == AuthorizationType.CognitoUserPools ? ["s"] : [], method.AuthorizationScopes);
        Assert.True(api.Authorizers.ContainsKey("unused"));
    }

    [Fact]
    public void Import_SamBody_WorksOutFunctions()
    {
        var options = new OpenApiImportOptions { Region = "eu-west-1", AccountId = "111122223333" };
        options.Substitutions["OrdersFunction.Arn"] = "arn:aws:lambda:eu-west-1:111122223333:function:orders";

        var api = TestDocument.ImportFile("sam-body.yaml", options);

        var any = api.Methods.First(static method => method.HttpMethod == "ANY");
        Assert.Equal(
            "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:orders/invocations",
            any.Integration!.Uri);
        Assert.Equal("arn:aws:iam::111122223333:role/orders", any.Integration.Credentials);
        Assert.Equal(IntegrationKind.AwsProxy, any.Integration.Type);
        Assert.True(any.ApiKeyRequired);
        Assert.EndsWith(":function:me:${stageVariables.alias}/invocations", api.Methods[1].Integration!.Uri, StringComparison.Ordinal);
        Assert.Equal(["orders/read", "orders/write"], api.Methods[1].AuthorizationScopes);
        Assert.Contains("orders in eu-west-1", api.Extensions["info"]);
        Assert.Equal("1.0", api.Version);
    }

    [Fact]
    public void Import_Integration_HasTheRecordedDefaults()
    {
        var methods = TestDocument.ImportFile("console-oas30.json").Methods;

        var get = methods[0].Integration!;
        Assert.Equal("INTERNET", get.ConnectionType);
        Assert.Null(get.IntegrationResponses[0].SelectionPattern);
        Assert.Equal("5\\d{2}", get.IntegrationResponses[1].SelectionPattern);
        Assert.Equal("200", get.IntegrationResponses[1].StatusCode);
        Assert.Equal(ContentHandling.ConvertToText, get.IntegrationResponses[1].ContentHandling);
        var post = methods.First(static method => method.HttpMethod == "POST");
        Assert.Equal(PassthroughBehavior.WhenNoTemplates, post.Integration!.PassthroughBehavior);
        Assert.True(post.Integration.InsecureSkipVerification);
        Assert.Equal("full", post.RequestValidatorId);
        Assert.Equal("CreatePet", post.OperationName);
    }

    [Fact]
    public void Import_Everything_IsKept()
    {
        var api = TestDocument.ImportFile("everything.yaml");

        Assert.Equal(ApiKeySource.Authorizer, api.ApiKeySource);
        Assert.Equal(["image/png", "*/*"], api.BinaryMediaTypes);
        Assert.Equal(1024, api.MinimumCompressionSize);
        Assert.StartsWith("{\"Version\":\"2012-10-17\"", api.Policy, StringComparison.Ordinal);
        Assert.Equal(430, api.GatewayResponses[GatewayResponseType.Throttled].StatusCode);
        Assert.True(api.DisableExecuteApiEndpoint);
        Assert.Equal("\"TLS_1_2\"", api.Extensions["x-amazon-apigateway-security-policy"]);
        Assert.Equal("\"STRICT\"", api.Extensions["x-amazon-apigateway-endpoint-access-mode"]);
        Assert.Equal(2, api.DocumentationParts.Count);
        Assert.Equal(DefinitionProfile.Exact, api.Profile);
        var methods = api.Methods.ToDictionary(static method => method.HttpMethod);
        Assert.Equal("all", methods["GET"].RequestValidatorId);
        Assert.Equal("body", methods["DELETE"].RequestValidatorId);
        Assert.Equal(AuthorizationType.Custom, methods["GET"].AuthorizationType);
        Assert.Equal(AuthorizationType.AwsIam, methods["DELETE"].AuthorizationType);
        Assert.Equal((AuthorizationType.Jwt, "Jwt"), (methods["PATCH"].AuthorizationType, methods["PATCH"].AuthorizerId));
        Assert.True(methods["DELETE"].Integration!.StreamsResponse);
        Assert.Equal(methods["PATCH"].RequestModels["application/json"], methods["PATCH"].RequestModels["application/xml"]);
    }

    [Fact]
    public void Import_CorsOfHttpApis_Warns()
    {
        var warning = Assert.Single(TestDocument.Errors(TestDocument.Read("everything.yaml")).Warnings);

        Assert.Contains("x-amazon-apigateway-cors", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_Documentation_CanBeLeftOut()
    {
        var api = TestDocument.ImportFile("everything.yaml", new() { IgnoreDocumentation = true });

        Assert.Empty(api.DocumentationParts);
        Assert.Null(api.DocumentationVersion);
    }

    [Fact]
    public void Import_Schemas_ReferToModelsByAddress()
    {
        var api = TestDocument.ImportFile("console-oas30.json", new() { Id = "abc" });

        Assert.Equal("""{"type":"array","items":{"$ref":"https://apigateway.amazonaws.com/restapis/abc/models/Pet"}}""", api.Models["Pets"].Schema);
        Assert.Contains("\"exclusiveMinimum\":true", api.Models["NewPet"].Schema);
        Assert.False(api.Models["Pet"].IsDraft2020);
    }

    [Theory]
    [InlineData("type: string, nullable: true", """{"type":["string","null"]}""")]
    [InlineData("type: string, nullable: false", """{"type":"string"}""")]
    [InlineData("type: string, nullable: true, enum: [a]", """{"type":["string","null"],"enum":["a",null]}""")]
    [InlineData("nullable: true, not: {type: string}", """{"anyOf":[{"not":{"type":"string"}},{"type":"null"}]}""")]
    [InlineData("properties: {nullable: {type: string}}", """{"properties":{"nullable":{"type":"string"}}}""")]
    [InlineData("enum: [{$ref: '#/a'}], example: {$ref: x}", """{"enum":[{"$ref":"#/a"}],"example":{"$ref":"x"}}""")]
    [InlineData("$ref: '#/components/schemas/B/properties/c', title: t", """{"type":"integer"}""")]
    [InlineData("items: {$ref: '#/components/schemas/Gone'}", """{"items":{}}""")]
    [InlineData("oneOf: [{type: 'null'}, {$ref: 'https://apigateway.amazonaws.com/restapis/x/models/B'}]", """{"oneOf":[{"type":"null"},{"$ref":"https://apigateway.amazonaws.com/restapis/test/models/B"}]}""")]
    public void Import_Schema30_BecomesDraft4(string schema, string expected)
    {
        var api = TestDocument.Import(TestDocument.With($"{{{Mock}}}", $"components: {{schemas: {{A: {{{schema}}}, B: {{properties: {{c: {{type: integer}}}}}}}}}}"));

        Assert.Equal(expected, api.Models["A"].Schema);
    }

    [Fact]
    public void Import_Schema31_KeepsItsKeywords()
    {
        var api = TestDocument.ImportFile("modern-31.yaml");

        Assert.True(api.Models["Item"].IsDraft2020);
        Assert.Contains("\"prefixItems\":[{\"type\":\"string\"},{\"type\":\"integer\"}],\"items\":false", api.Models["Item"].Schema);
        Assert.Contains("\"description\":\"Below.\",\"$ref\":", api.Models["Item"].Schema.Replace(
            "\"$ref\":\"https://apigateway.amazonaws.com/restapis/test/models/Item\",\"description\":\"Below.\"", "\"description\":\"Below.\",\"$ref\":"));
        Assert.Contains("\"not\":{}", api.Models["Never"].Schema);
        Assert.Equal("""["vpce-1"]""", System.Text.Json.Nodes.JsonNode.Parse(api.Extensions["x-amazon-apigateway-endpoint-configuration"])!["vpcEndpointIds"]!.ToJsonString());
    }

    [Theory]
    [InlineData("IN_PROCESS", IntegrationKind.InProcess, null)]
    [InlineData("http://orders:8080/", IntegrationKind.HttpProxy, "http://orders:8080/files/{path}")]
    public void Import_PlainDocument_TakesTheDefaultIntegration(string setting, IntegrationKind kind, string? uri)
    {
        var api = TestDocument.ImportFile("plain.yaml", new() { DefaultIntegration = setting });

        Assert.Equal(DefinitionProfile.Embedded, api.Profile);
        var method = api.Methods[1];
        Assert.Equal(kind, method.Integration!.Type);
        Assert.Equal(uri, method.Integration.Uri);
        var validator = api.RequestValidators[method.RequestValidatorId!];
        Assert.True(validator is { ValidateRequestBody: true, ValidateRequestParameters: true });
    }

    [Fact]
    public void Update_Merge_ReplacesMethodsAndAppendsBinaryTypes()
    {
        var (api, errors) = Update(ImportMode.Merge);

        Assert.Empty(errors.Errors);
        Assert.Equal(["GET /x", "GET /y"], api.Methods.Select(static method => method.RouteKey));
        Assert.Equal("new", api.Methods[0].OperationName);
        Assert.Empty(api.Methods[0].MethodResponses);
        Assert.Equal(["a/a", "b/b"], api.BinaryMediaTypes);
        Assert.True(api.DisableExecuteApiEndpoint);
    }

    [Fact]
    public void Update_Overwrite_DeletesTheRest()
    {
        var (api, _) = Update(ImportMode.Overwrite);

        Assert.Equal(["GET /x"], api.Methods.Select(static method => method.RouteKey));
        Assert.Equal(["b/b"], api.BinaryMediaTypes);
    }

    [Fact]
    public void Import_FailOnWarnings_Rejects()
    {
        var text = TestDocument.With($"{{requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Gone'}}}}}}}}, {Mock}}}");

        Assert.Single(TestDocument.Errors(text).Warnings);
        var error = Assert.Single(TestDocument.Errors(text, new() { FailOnWarnings = true }).Errors);
        Assert.StartsWith("Invalid model identifier specified: Gone", error.Message, StringComparison.Ordinal);
        Assert.Equal("$.paths['/x'].get.requestBody.content['application/json'].schema", error.Origin.Path);
        Assert.Equal(5, error.Origin.Line);
    }

    [Fact]
    public void Import_FailOnWarnings_TakesWhatIsOnlyNotInForce() => TestDocument.Import(
        TestDocument.With($"{{x-amazon-apigateway-auth: {{type: aws_iam}}, {Mock}}}"), new() { FailOnWarnings = true });

    private static (RestApiDefinition Api, DefinitionErrors Errors) Update(ImportMode mode)
    {
        var api = TestDocument.Import("""
            swagger: "2.0"
            info: {title: a}
            paths:
              /x: {get: {operationId: old, responses: {"200": {description: a}}, x-amazon-apigateway-integration: {type: mock}}}
              /y: {get: {x-amazon-apigateway-integration: {type: mock}}}
            x-amazon-apigateway-binary-media-types: [a/a]
            x-amazon-apigateway-endpoint-configuration: {disableExecuteApiEndpoint: true}
            """);
        var errors = new DefinitionErrors();
        var change = TestDocument.With($"{{operationId: new, {Mock}}}", "x-amazon-apigateway-binary-media-types: [b/b]");
        new OpenApiImporter(new() { Mode = mode }).Update(api, System.Text.Encoding.UTF8.GetBytes(change), "more.yaml", errors);
        return (api, errors);
    }
}

namespace ApiGateway.Middleware.OpenApi.Tests;

public sealed class ImportErrorTests
{
    private const string Mock = "x-amazon-apigateway-integration: {type: mock}";

    [Theory]
    [InlineData("", "Invalid OpenAPI input.")]
    [InlineData("a: [", "Invalid OpenAPI input.")]
    [InlineData("[]", "Invalid OpenAPI input.")]
    [InlineData("swagger: '1.2'", "Invalid OpenAPI input.")]
    [InlineData("openapi: 4.0.0", "Invalid OpenAPI input.")]
    [InlineData("openapi: 3.0.0\nopenapi: 3.0.1", "Invalid OpenAPI input. The member 'openapi' appears twice, first in line 1.")]
    [InlineData("a: &a [*b]", "Invalid OpenAPI input. There is no anchor '&b'")]
    [InlineData("openapi: 3.0.0\n---\na: b", "Invalid OpenAPI input. A second document")]
    [InlineData("openapi: !GetAtt a", "Invalid OpenAPI input. The tag '!GetAtt' is not known")]
    public void Import_NoOpenApi_IsOneError(string text, string message)
    {
        var error = Assert.Single(TestDocument.Errors(text).Errors);

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Origin.Line);
    }

    [Theory]
    [InlineData("{\"openapi\": \"3.0.0\",\n\"openapi\": \"3.0.0\"}", "appears twice, first in line 1", 2)]
    [InlineData("{\"openapi\": \"3.0.0\",\n\"paths\": {\n\"/x\": ", "Invalid OpenAPI input.", 3)]
    [InlineData("{} {}", "Invalid OpenAPI input.", 1)]
    [InlineData("{\"a\": \"\\ud800\"}", "surrogate", 1)]
    public void Import_WrongJson_TellsTheLine(string text, string message, int line)
    {
        var error = Assert.Single(TestDocument.Errors(text, source: "test.json").Errors);

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(line, error.Origin.Line);
    }

    [Theory]
    [InlineData("parameters: [{name: a, in: query}, {name: a, in: header}]", "Parameter names must be unique across querystring, header and path")]
    [InlineData("parameters: [{name: a}]", "A parameter needs 'name' and 'in'.")]
    [InlineData("parameters: {}", "'parameters' must be a list, but is an object.")]
    [InlineData("parameters: [{$ref: '#/components/parameters/P'}]", "'$ref' leads nowhere: the document has no '#/components/parameters/P'.")]
    [InlineData("parameters: [{$ref: 'https://example.com/p.yaml'}]", "'$ref' must stay inside the document")]
    [InlineData("parameters: [{$ref: 'other.yaml#/p'}]", "'$ref' must stay inside the document")]
    [InlineData("parameters: [{$ref: '#/paths/~1x/get/parameters/0'}]", "'$ref' leads in a circle")]
    [InlineData("security: [{gone: []}]", "The security scheme 'gone' is not defined.")]
    [InlineData("x-amazon-apigateway-auth: {type: jwt}", "'type' of x-amazon-apigateway-auth must be NONE or AWS_IAM, but is 'jwt'.")]
    [InlineData("x-amazon-apigateway-integration: {type: grpc}", "'type' of an integration must be http, http_proxy, aws, aws_proxy or mock, but is 'grpc'.")]
    [InlineData("x-amazon-apigateway-integration: {}", "'type' of an integration must be")]
    [InlineData("x-amazon-apigateway-integration: {type: mock, passthroughBehavior: maybe}", "'passthroughBehavior' must be")]
    [InlineData("x-amazon-apigateway-integration: {type: mock, contentHandling: a}", "'contentHandling' must be")]
    [InlineData("x-amazon-apigateway-integration: {type: mock, timeoutInMillis: soon}", "'timeoutInMillis' must be a whole number, but is 'soon'.")]
    [InlineData("x-amazon-apigateway-integration: {type: mock, responses: {default: {}}}", "An integration response needs 'statusCode'")]
    [InlineData("x-amazon-apigateway-integration: {type: mock, requestParameters: {integration.request.header.a: true}}", "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: true]")]
    [InlineData("x-amazon-apigateway-integration: {type: mock, requestTemplates: {'123': a}}", "Validation Result: warnings : [], errors : [Invalid content type specified: 123]")]
    [InlineData("x-amazon-apigateway-integration: {type: http, uri: {'Fn::GetAtt': [a, b]}}", "'uri' must be a text, but is the function 'Fn::GetAtt'")]
    public void Import_WrongOperation_IsAnError(string operation, string message)
    {
        var error = Assert.Single(TestDocument.Errors(TestDocument.With(
            $"{{{operation}{(operation.Contains("-integration", StringComparison.Ordinal) ? "" : $", {Mock}")}}}")).Errors);

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("$.paths['/x'].get", error.Origin.Path, StringComparison.Ordinal);
        Assert.Equal(5, error.Origin.Line);
    }

    [Theory]
    [InlineData("x-amazon-apigateway-minimum-compression-size: 10485761", "Invalid minimum compression size, must be between 0 and 10485760")]
    [InlineData("x-amazon-apigateway-api-key-source: COOKIE", "The source of API keys must be HEADER or AUTHORIZER, but is 'COOKIE'.")]
    [InlineData("x-amazon-apigateway-gateway-responses: {TEAPOT: {}}", "There is no gateway response 'TEAPOT'.")]
    [InlineData("x-amazon-apigateway-gateway-responses: {THROTTLED: {statusCode: 700}}", "'statusCode' must be from 100 to 599")]
    [InlineData("x-amazon-apigateway-request-validators: {' ': {}}", "Request Validator name cannot be blank")]
    [InlineData("x-amazon-apigateway-endpoint-configuration: {types: [EDGE, REGIONAL]}", "Cannot create an api with multiple Endpoint Types.")]
    [InlineData("x-amazon-apigateway-endpoint-configuration: {types: [PRIVATE], ipAddressType: ipv4}", "Only dualstack ipAddressType is supported for Private APIs.")]
    [InlineData("x-amazon-apigateway-documentation: {documentationParts: [{}]}", "A documentation part needs 'location' with a 'type'.")]
    [InlineData("components: {securitySchemes: {a: {x-amazon-apigateway-authorizer: {type: oidc}}}}", "'type' of an authorizer must be token, request, cognito_user_pools or jwt, but is 'oidc'.")]
    [InlineData("components: {securitySchemes: {a: {x-amazon-apigateway-authorizer: {type: token, authorizerResultTtlInSeconds: 3601}}}}", "'authorizerResultTtlInSeconds' must be from 0 to 3600, but is 3601.")]
    [InlineData("components: {schemas: {A: {$ref: '#/components/schemas/A'}}}", "The schema 'A' refers to nothing but itself.")]
    [InlineData("components: {schemas: {A: {items: {$ref: 'https://example.com/a'}}}}", "'$ref' must stay inside the document")]
    [InlineData("components: {schemas: {A: {items: {$ref: '#/components/schemas/A/items'}}}}", "'$ref' to '$.components.schemas.A.items' leads in a circle.")]
    [InlineData("components: {schemas: {A: 1}}", "The schema 'A' must be an object, but is 1.")]
    public void Import_WrongRoot_IsAnError(string root, string message)
    {
        var error = Assert.Single(TestDocument.Errors(TestDocument.With($"{{{Mock}}}", root)).Errors);

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("test.yaml", error.Origin.Source);
        Assert.Equal(6, error.Origin.Line);
    }

    [Theory]
    [InlineData("trace: {}", "no method TRACE")]
    [InlineData("get: {x-amazon-apigateway-request-validator: gone, x-amazon-apigateway-integration: {type: mock}}", "Invalid Request Validator identifier specified")]
    [InlineData("get: {parameters: [{name: a, in: cookie}]}", "Parameters in 'cookie' are not supported")]
    [InlineData("get: {responses: {default: {description: a}}}", "'default' is left out")]
    [InlineData("get: {x-amazon-apigateway-integration: {type: mock, responses: {default: {statusCode: 200}}}}", "gives status 200, which is not among the operation's responses")]
    [InlineData("get: {x-amazon-apigateway-integration: {type: http, requestParameters: {integration.request.header.a: method.request.header.b}}}", "takes 'method.request.header.b', which is not among")]
    [InlineData("get: {security: [{b: []}]}", "The security scheme 'b' has no effect")]
    [InlineData("get: {x-amazon-apigateway-integration: {type: mock, uri: {'Fn::Sub': '${Gone.Arn}'}}}", "'${Gone.Arn}' is not known.")]
    public void Import_Doubtful_IsAWarning(string item, string message)
    {
        var errors = TestDocument.Errors($$$"""
            openapi: 3.0.1
            paths:
              /x: { {{{item}}} }
            components: { securitySchemes: { b: { type: http, scheme: bearer } } }
            """);

        Assert.Empty(errors.Errors);
        Assert.Contains(message, Assert.Single(errors.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_SeveralErrors_AreToldAtOnce()
    {
        var errors = TestDocument.Errors(TestDocument.With("{x-amazon-apigateway-integration: {type: a}, parameters: [1]}", "info2: 1\nx-amazon-apigateway-api-key-source: X")).Errors;

        Assert.Equal(3, errors.Count);
    }
}

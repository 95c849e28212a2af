using System.Buffers;
using System.Net;
using System.Text;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.OpenApi.Hosting;
using Microsoft.AspNetCore.Builder;

namespace ApiGateway.Middleware.OpenApi.Tests;

/// <summary>Security of documents, as requests meet it.</summary>
public sealed class AuthorizationTests : IDisposable
{
    private const string Document = """
        openapi: 3.0.1
        info: {title: guarded, version: "1"}
        paths:
          /token: {get: {security: [{Token: []}], x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: "200"}}}, responses: {"200": {description: a}}}}
          /request: {get: {security: [{Request: []}], x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: "200"}}}, responses: {"200": {description: a}}}}
          /iam: {get: {x-amazon-apigateway-auth: {type: AWS_IAM}, x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: "200"}}}, responses: {"200": {description: a}}}}
          /pool: {get: {security: [{Pool: []}], x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: "200"}}}, responses: {"200": {description: a}}}}
          /open: {get: {x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: "200"}}}, responses: {"200": {description: a}}}}
        components:
          securitySchemes:
            Token:
              type: apiKey
              in: header
              name: X-Token
              x-amazon-apigateway-authtype: custom
              x-amazon-apigateway-authorizer: {type: token, identityValidationExpression: "^g.*", authorizerUri: "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:auth/invocations"}
            Request:
              type: apiKey
              in: header
              name: Unused
              x-amazon-apigateway-authtype: custom
              x-amazon-apigateway-authorizer: {type: request, identitySource: "method.request.querystring.t", authorizerResultTtlInSeconds: 0, authorizerUri: "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:auth/invocations"}
            Pool:
              type: apiKey
              in: header
              name: Authorization
              x-amazon-apigateway-authtype: cognito_user_pools
              x-amazon-apigateway-authorizer: {type: cognito_user_pools, providerARNs: ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_a"]}
        x-amazon-apigateway-policy:
          Version: "2012-10-17"
          Statement:
            - {Effect: Allow, Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*/GET/open"}
            - {Effect: Deny, Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*", Condition: {StringEquals: {"aws:UserAgent": "robot"}}}
        """;

    private readonly HostedFolder _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("/dev/open", "", HttpStatusCode.OK)]
    [InlineData("/dev/open", "User-Agent: robot", HttpStatusCode.Forbidden)]
    [InlineData("/dev/token", "", HttpStatusCode.Unauthorized)]
    [InlineData("/dev/token", "X-Token: good", HttpStatusCode.OK)]
    [InlineData("/dev/token", "X-Token: great", HttpStatusCode.Forbidden)]
    [InlineData("/dev/token", "X-Token: bad", HttpStatusCode.Unauthorized)]
    [InlineData("/dev/request", "", HttpStatusCode.Unauthorized)]
    [InlineData("/dev/request?t=good", "", HttpStatusCode.OK)]
    [InlineData("/dev/request?t=good", "User-Agent: robot", HttpStatusCode.Forbidden)]
    [InlineData("/dev/request?t=other", "", HttpStatusCode.Forbidden)]
    [InlineData("/dev/iam", "", HttpStatusCode.Forbidden)]
    [InlineData("/dev/pool", "", HttpStatusCode.Unauthorized)]
    [InlineData("/dev/pool", "Authorization: a.b.c", HttpStatusCode.Unauthorized)]
    public async Task Document_Security_IsInForce(string target, string header, HttpStatusCode status)
    {
        await using var app = await StartAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Urls.First() + target));
        if (header.Split(": ") is [var name, var value])
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
    }

    private async Task<WebApplication> StartAsync()
    {
        _host.Write("api.yaml", Document);
        return await _host.StartAsync(static gateway => gateway
            .AddOpenApi("api.yaml", static options => options.AddStage("dev"))
            .AddLambdaFunction("auth", static (payload, answer, _, _) =>
            {
                var effect = Encoding.UTF8.GetString(payload.Span).Contains("good", StringComparison.Ordinal) ? "Allow" : "Deny";
                answer.Write(Encoding.UTF8.GetBytes(
                    $$$"""{"principalId":"a","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"{{{effect}}}","Action":"execute-api:Invoke","Resource":"*"}]}}"""));
                return ValueTask.CompletedTask;
            }));
    }
}

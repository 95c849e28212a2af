using System.Text;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.Validation;

/// <summary>Hosts with APIs that validate, and requests to them.</summary>
internal static class ValidatedApi
{
    public const string ParametersAndBody = "params-and-body";
    public const string BodyOnly = "body-only";
    public const string ParametersOnly = "params-only";

    public const string Mail = """{"type":"object","required":["to","subject"],"properties":{"to":{"type":"string"},"subject":{"type":"string"}}}""";
    public const string ValidMail = """{"to":"ann@example.com","subject":"hello"}""";
    public const string InvalidBody = """{"message": "Invalid request body"}""";

    /// <summary>Starts a host with an API that has the stage <c>dev</c> and the three useful validators.</summary>
    public static Task<TestHost> StartAsync(Action<RestApiBuilder> configure, Action<IApiGatewayBuilder>? gateway = null) =>
        TestHost.StartAsync(builder =>
        {
            builder.AddHandler("ok", static _ => Task.CompletedTask);
            gateway?.Invoke(builder);
            builder.AddRestApi("api", api =>
            {
                AddValidator(api, ParametersAndBody, body: true, parameters: true);
                AddValidator(api, BodyOnly, body: true, parameters: false);
                AddValidator(api, ParametersOnly, body: false, parameters: true);
                api.Stage("dev");
                configure(api);
            });
        });

    public static MethodBuilder ValidateBy(this MethodBuilder method, string? validator, params ReadOnlySpan<string> required)
    {
        method.Definition.RequestValidatorId = validator;
        foreach (var key in required)
        {
            method.Definition.RequestParameters[key] = true;
        }

        return method;
    }

    public static MethodBuilder Body(this MethodBuilder method, string model, string contentType = "application/json")
    {
        method.Definition.RequestModels[contentType] = model;
        return method;
    }

    public static Task<HttpResponseMessage> PostAsync(
        this TestHost host, string target, string? body, string? contentType = "application/json", HttpMethod? method = null)
    {
        var request = TestClient.Request(method ?? HttpMethod.Post, host.Client.BaseAddress!, target);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (contentType is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            }
        }

        return host.Client.SendAsync(request);
    }

    public static Task AssertMissingAsync(HttpResponseMessage response, string names) => Refusal.AssertAsync(
        response, System.Net.HttpStatusCode.BadRequest, "BadRequestException", $$"""{"message": "Missing required request parameters: [{{names}}]"}""");

    public static Task AssertInvalidBodyAsync(HttpResponseMessage response) =>
        Refusal.AssertAsync(response, System.Net.HttpStatusCode.BadRequest, "BadRequestException", InvalidBody);

    private static void AddValidator(RestApiBuilder api, string name, bool body, bool parameters) =>
        api.Definition.RequestValidators[name] = new RequestValidatorDefinition(name) { ValidateRequestBody = body, ValidateRequestParameters = parameters };
}

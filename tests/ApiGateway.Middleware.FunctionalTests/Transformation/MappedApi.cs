using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.Transformation;

/// <summary>An API <c>api</c> with the stage <c>dev</c> and one method, <c>ANY /x/{id}</c>.</summary>
internal static class MappedApi
{
    /// <summary>Starts an API as an import makes it: nothing is implied.</summary>
    public static Task<TestHost> ExactAsync(IntegrationKind kind, string? uri, Action<MethodDefinition> configure) =>
        StartAsync(kind, uri, configure, DefinitionProfile.Exact);

    /// <summary>Starts an API as settings and code make it.</summary>
    public static Task<TestHost> EmbeddedAsync(IntegrationKind kind, string? uri, Action<MethodDefinition> configure) =>
        StartAsync(kind, uri, configure, DefinitionProfile.Embedded);

    /// <summary>Adds a request template for JSON.</summary>
    public static IntegrationDefinition Template(this IntegrationDefinition integration, string text, string type = "application/json")
    {
        integration.RequestTemplates[type] = text;
        return integration;
    }

    public static IntegrationDefinition Map(this IntegrationDefinition integration, string target, string source)
    {
        integration.RequestParameters["integration.request." + target] = source;
        return integration;
    }

    /// <summary>Adds a method response and the integration response that leads to it.</summary>
    public static IntegrationResponseDefinition Respond(this MethodDefinition method, string status = "200", string? pattern = null, string? template = null)
    {
        var response = new IntegrationResponseDefinition(status) { SelectionPattern = pattern };
        if (template is not null)
        {
            response.ResponseTemplates["application/json"] = template;
        }

        method.MethodResponses[status] = new MethodResponseDefinition(status);
        method.Integration!.IntegrationResponses.Add(response);
        return response;
    }

    public static IntegrationResponseDefinition Header(this IntegrationResponseDefinition response, string name, string source)
    {
        response.ResponseParameters["method.response.header." + name] = source;
        return response;
    }

    public static async Task<HttpResponseMessage> PostAsync(
        this TestHost host, string target, string? body, string? contentType = "application/json", params (string Name, string Value)[] headers)
    {
        var request = TestClient.Request(HttpMethod.Post, host.Client.BaseAddress!, target);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (contentType is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            }
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await host.Client.SendAsync(request);
    }

    private static Task<TestHost> StartAsync(
        IntegrationKind kind, string? uri, Action<MethodDefinition> configure, DefinitionProfile profile) =>
        TestHost.StartAsync(gateway => gateway.AddRestApi("api", api =>
        {
            api.Definition.Profile = profile;
            api.Stage("dev", ("name", "value"), ("text", "a/b?c"), ("empty", ""));
            api.Map("ANY /x/{id}", method =>
            {
                method.Definition.Integration = new IntegrationDefinition(kind) { Uri = uri, IntegrationHttpMethod = uri is null ? null : "ANY" };
                configure(method.Definition);
            });
        }));
}

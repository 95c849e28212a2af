using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.Transformation;

/// <summary>An API as a document describes it, with binary media types: <c>ANY /x</c> in the stage <c>dev</c>.</summary>
internal static class BinaryApi
{
    /// <summary>Bytes that are no UTF-8.</summary>
    public static readonly byte[] Bytes = [0x89, (byte)'P', (byte)'N', (byte)'G', 0xFF, 0x00, (byte)'z'];

    /// <summary>The same bytes read as text: each byte that begins nothing is U+FFFD.</summary>
    public const string BytesAsText = "\uFFFDPNG\uFFFD\0z";

    public static string BytesAsBase64 => Convert.ToBase64String(Bytes);

    /// <summary>Starts a gateway whose only route has an <c>HTTP</c> integration and one response without a pattern.</summary>
    public static Task<TestHost> StartHttpAsync(
        string backend, string[] types, Action<IntegrationDefinition>? request = null, Action<IntegrationResponseDefinition>? response = null) =>
        StartAsync(types, method =>
        {
            var selected = new IntegrationResponseDefinition("200");
            response?.Invoke(selected);
            method.Response(200).Http(backend + "/x", integration =>
            {
                integration.IntegrationHttpMethod = "POST";
                integration.IntegrationResponses.Add(selected);
                request?.Invoke(integration);
            });
        });

    public static Task<TestHost> StartAsync(string[] types, Action<MethodBuilder> method) => TestHost.StartAsync(gateway => gateway.AddRestApi("api", api =>
    {
        api.Map("ANY /x", method).Stage("dev").Definition.Profile = DefinitionProfile.Exact;
        foreach (var type in types)
        {
            api.Definition.BinaryMediaTypes.Add(type);
        }
    }));

    /// <summary>Sends a body with a type, or without one.</summary>
    public static async Task<(int Status, byte[] Body, HttpResponseMessage Response)> PostAsync(
        TestHost host, byte[] body, string? contentType, params string[] accept)
    {
        using var request = TestClient.Request(HttpMethod.Post, host.Client.BaseAddress!, "/dev/x");
        request.Content = new ByteArrayContent(body);
        if (contentType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        if (accept.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        var response = await host.Client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response);
    }
}

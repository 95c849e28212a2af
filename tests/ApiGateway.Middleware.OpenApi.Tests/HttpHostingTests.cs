using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.OpenApi.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.OpenApi.Tests;

/// <summary>Documents of HTTP APIs, as the service exports them and as templates embed them, run unchanged.</summary>
public sealed class HttpHostingTests : IDisposable
{
    private const string Shop = "https://login.example.com/shop";
    private const string Pets = "https://login.example.com/pets";

    private readonly HostedFolder _host = new();
    private readonly ConcurrentQueue<string> _events = [];

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task AddOpenApi_ExportOfTheService_Runs()
    {
        await using var issuer = await TestIssuer.StartAsync();
        _host.Write("orders.json", TestDocument.Read("http-export.json"));
        await using var app = await _host.StartAsync(gateway => Prepare(gateway)
            .AddLambdaFunction("orders", Answering("[]"))
            .AddLambdaFunction("partners", Answering("""{"isAuthorized":false}"""))
            .AddServiceAction("SQS-SendMessage", static (request, _) => ValueTask.FromResult(ServiceActionResult.Json($"\"{request.Parameters["MessageBody"]}\"")))
            .AddOpenApi("orders.json", options =>
            {
                options.ProtocolType = ApiKind.Http;
                options.AddStage("$default");
                options.ConfigureHttpApi = api => api.Authorizers["shop-jwt"].JwtConfiguration!.Issuers[0].JwksUri = issuer.KeysUri;
            }));

        using var read = await SendAsync(app, HttpMethod.Get, "/orders", ("Authorization", $"Bearer {issuer.Sign(Shop, "shop", "orders.read")}"), ("Origin", "https://shop.example.com"));
        using var scopeless = await SendAsync(app, HttpMethod.Get, "/orders", ("Authorization", issuer.Sign(Shop, "shop", "other")));
        using var unscoped = await SendAsync(app, HttpMethod.Post, "/orders", ("Authorization", issuer.Sign(Shop, "shop-admin", "")));
        using var denied = await SendAsync(app, HttpMethod.Get, "/orders/1", ("x-partner", "p"));
        using var signed = await SendAsync(app, HttpMethod.Get, "/internal/a");
        using var queued = await SendAsync(app, HttpMethod.Post, "/events", """{"message":"hello"}""");

        Assert.Equal("[]", await read.Content.ReadAsStringAsync());
        Assert.Equal("https://shop.example.com", read.Headers.GetValues("access-control-allow-origin").Single());
        Assert.Equal("x-gone", read.Headers.GetValues("access-control-expose-headers").Single());
        Assert.Equal(
            "Bearer scope=\"orders.read orders.admin\" error=\"insufficient_scope\" error_description=\"the token does not have a valid scope\"",
            scopeless.Headers.GetValues("www-authenticate").Single());
        Assert.Equal(
            (HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden),
            (scopeless.StatusCode, unscoped.StatusCode, denied.StatusCode, signed.StatusCode));
        Assert.Equal("\"hello\"", await queued.Content.ReadAsStringAsync());
        Assert.Equal(
            ["GET /orders", "POST /orders", "GET /orders/{id}"], _events.Select(static text => JsonDocument.Parse(text).RootElement.GetProperty("routeKey").GetString()));
    }

    [Fact]
    public async Task AddOpenApi_SamBody_Runs()
    {
        await using var issuer = await TestIssuer.StartAsync();
        _host.Write("pets.yaml", TestDocument.Read("http-sam.yaml"));
        await using var app = await _host.StartAsync(gateway => Prepare(gateway)
            .AddLambdaFunction("pets", Answering("""{"statusCode":200,"body":"pets"}"""))
            .AddLambdaFunction("auth", Answering(
                """{"principalId":"ann","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:*:*:*/*/GET/pets/1"}]}}"""))
            .AddOpenApi("pets.yaml", options =>
            {
                options.ProtocolType = ApiKind.Http;
                options.Substitutions["AWS::StackName"] = "pets";
                options.AddStage("$default");
                options.ConfigureHttpApi = api => api.Authorizers["OAuth2Authorizer"].JwtConfiguration!.Issuers[0].JwksUri = issuer.KeysUri;
            }));

        using var list = await SendAsync(app, HttpMethod.Get, $"/pets?token={issuer.Sign(Pets, "pets", "pets.read")}");
        using var one = await SendAsync(app, HttpMethod.Get, "/pets/1", ("Authorization", "a"));
        using var two = await SendAsync(app, HttpMethod.Get, "/pets/2", ("Authorization", "a"));
        using var anonymous = await SendAsync(app, HttpMethod.Get, "/pets/1");
        using var unsigned = await SendAsync(app, HttpMethod.Delete, "/pets/1");
        using var rest = await SendAsync(app, HttpMethod.Put, "/anything/else");

        Assert.Equal("pets", await list.Content.ReadAsStringAsync());
        Assert.Equal("pets", await one.Content.ReadAsStringAsync());
        Assert.Equal(
            (HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.OK),
            (two.StatusCode, anonymous.StatusCode, unsigned.StatusCode, rest.StatusCode));
        var versions = _events.Select(static text => JsonDocument.Parse(text).RootElement.GetProperty("version").GetString());
        Assert.Equal(["2.0", "1.0", "1.0", "1.0"], versions);
    }

    [Fact]
    public async Task Settings_ProtocolTypeAndDefinition_MakeAnHttpApiWithTheSettingsBesideIt()
    {
        _host.Write("plain.yaml", "openapi: 3.0.0\npaths: {/x: {get: {}}, /y: {get: {}}}");
        _host.Write("appsettings.json", """
            { "ApiGateway": { "Apis": { "plain": { "ProtocolType": "HTTP", "Definition": "plain.yaml", "Stages": { "$default": {} },
              "Import": { "DefaultIntegration": "IN_PROCESS" },
              "Authorizers": { "auth": { "AuthorizerUri": "auth", "IdentitySource": ["$request.header.X-Key"], "EnableSimpleResponses": true } },
              "Routes": { "GET /y": { "AuthorizationType": "CUSTOM", "AuthorizerId": "auth", "Integration": { "Type": "IN_PROCESS" } } } } } } }
            """);
        await using var app = await _host.StartAsync(gateway => gateway.AddLambdaFunction("auth", Answering("""{"isAuthorized":true}""")).AddOpenApi());

        Assert.Equal("in process: /x", await HostedFolder.GetAsync(app, "/x"));
        Assert.Equal(HttpStatusCode.Unauthorized, await HostedFolder.StatusAsync(app, "/y"));
        using var asked = await SendAsync(app, HttpMethod.Get, "/y", ("X-Key", "k"));
        Assert.Equal("in process: /y", await asked.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Settings_FolderWithProtocolType_MakesHttpApisOfItsDocuments()
    {
        Directory.CreateDirectory(Path.Combine(_host.Path, "apis"));
        _host.Write("apis/a.yaml", "openapi: 3.0.0\npaths: {/x: {get: {}}}");
        _host.Write("apis/b.yaml", "openapi: 3.0.0\npaths: {/x: {get: {}}}");
        _host.Write("appsettings.json", """
            { "ApiGateway": { "DefinitionsFolder": { "Path": "apis", "ProtocolType": "HTTP", "BasePath": "/{name}", "Stages": { "dev": {} }, "Import": { "DefaultIntegration": "IN_PROCESS" } },
              "Apis": { "b": { "ProtocolType": "REST" } } } }
            """);
        await using var app = await _host.StartAsync(static gateway => gateway.AddOpenApi());

        Assert.Equal(HttpStatusCode.NotFound, await HostedFolder.StatusAsync(app, "/a/dev/none"));
        Assert.Equal(HttpStatusCode.Forbidden, await HostedFolder.StatusAsync(app, "/b/dev/none"));
        Assert.Equal("in process: /x", await HostedFolder.GetAsync(app, "/a/dev/x"));
    }

    [Fact]
    public async Task MoreDocuments_OfAnHttpApi_AreRefused()
    {
        _host.Write("a.yaml", "openapi: 3.0.0\npaths: {}");

        var exception = await Assert.ThrowsAsync<DefinitionException>(() => _host.StartAsync(static gateway => gateway.AddOpenApi("a.yaml", static options =>
        {
            options.ProtocolType = ApiKind.Http;
            options.MoreDocuments.Add("a.yaml");
        })));

        Assert.Contains("one document", exception.Message, StringComparison.Ordinal);
    }

    private static IApiGatewayBuilder Prepare(IApiGatewayBuilder gateway)
    {
        gateway.Services.Configure<ApiGatewayOptions>(static options => options.Jwt.AllowInsecureJwks = true);
        return gateway.AddVpcLink("abc123", "http://127.0.0.1:9");
    }

    private static Task<HttpResponseMessage> SendAsync(WebApplication app, HttpMethod method, string path, params (string Name, string Value)[] headers) =>
        SendAsync(app, method, path, null, headers);

    private static async Task<HttpResponseMessage> SendAsync(
        WebApplication app, HttpMethod method, string path, string? json, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(app.Urls.First() + path));
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request);
    }

    private LambdaFunction Answering(string answer) => (payload, target, _, _) =>
    {
        _events.Enqueue(Encoding.UTF8.GetString(payload.Span));
        target.Write(Encoding.UTF8.GetBytes(answer));
        return ValueTask.CompletedTask;
    };
}

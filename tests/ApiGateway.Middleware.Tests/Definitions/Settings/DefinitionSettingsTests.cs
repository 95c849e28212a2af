using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace ApiGateway.Middleware.Tests.Definitions.Settings;

/// <summary>Every member of a definition from settings.</summary>
public sealed class DefinitionSettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("settings-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Load_ApiMembers_AreRead()
    {
        var api = await LoadApiAsync("""
            "ApiKeySource": "AUTHORIZER", "BinaryMediaTypes": ["image/png", "*/*"], "MinimumCompressionSize": 1024,
            "Policy": "{ \"Version\": \"2012-10-17\" }", "DocumentationVersion": "3", "Extensions": { "tags": "[]" },
            "DocumentationParts": [ { "Location": "{ \"type\": \"API\" }", "Properties": "{ \"a\": 1 }" } ],
            "RequestValidators": { "body": { "ValidateRequestBody": true }, "all": { "ValidateRequestBody": true, "ValidateRequestParameters": "true" } },
            "GatewayResponses": { "throttled": { "StatusCode": 430, "ResponseParameters": { "gatewayresponse.header.X": "'a'" }, "ResponseTemplates": { "application/json": "{}" } },
                                  "DEFAULT_5XX": {} },
            "Authorizers": { "jwt": { "Type": "request", "AuthType": "custom", "AuthorizerUri": "arn:u", "AuthorizerCredentials": "arn:c", "IdentitySource": "method.request.header.A",
                                      "IdentityValidationExpression": "x", "AuthorizerResultTtlInSeconds": 0, "ProviderARNs": ["arn:p"] } }
            """);

        Assert.Equal((ApiKeySource.Authorizer, 1024, "3"), (api.ApiKeySource, api.MinimumCompressionSize, api.DocumentationVersion));
        Assert.Equal(["image/png", "*/*"], api.BinaryMediaTypes);
        Assert.Equal("{ \"Version\": \"2012-10-17\" }", api.Policy);
        Assert.Equal("[]", api.Extensions["tags"]);
        Assert.Equal(new DocumentationPartDefinition("{ \"type\": \"API\" }", "{ \"a\": 1 }"), Assert.Single(api.DocumentationParts));
        Assert.Equal((true, false), (api.RequestValidators["body"].ValidateRequestBody, api.RequestValidators["body"].ValidateRequestParameters));
        Assert.True(api.RequestValidators["all"].ValidateRequestParameters);
        var response = api.GatewayResponses[GatewayResponseType.Throttled];
        Assert.Equal((430, "'a'", "{}"), (response.StatusCode, response.ResponseParameters["gatewayresponse.header.X"], response.ResponseTemplates["application/json"]));
        Assert.Null(api.GatewayResponses[GatewayResponseType.Default5xx].StatusCode);
        var authorizer = api.Authorizers["jwt"];
        Assert.Equal(
            ("REQUEST", "custom", "arn:u", "arn:c", "method.request.header.A", "x", 0),
            (authorizer.Type, authorizer.AuthType, authorizer.AuthorizerUri, authorizer.AuthorizerCredentials, authorizer.IdentitySource,
                authorizer.IdentityValidationExpression, authorizer.AuthorizerResultTtlInSeconds));
        Assert.Equal(["arn:p"], authorizer.ProviderArns);
    }

    [Fact]
    public async Task Load_JwtConfiguration_IsRead()
    {
        var api = await LoadApiAsync("""
            "Authorizers": {
              "rest": { "Type": "jwt", "JwtConfiguration": {
                "DefaultAlgorithms": ["RS256", "ES256"],
                "Issuers": [
                  { "Issuer": "https://a.example", "Audiences": ["one", "two"], "JwksUri": "https://keys.example/a",
                    "AdditionalClaims": [ { "ClaimName": "role", "ExpectedValues": ["admin"], "Format": "string-array", "Required": false }, { "ClaimName": "org" } ] },
                  { "Issuer": "https://b.example", "Audiences": "three" } ] } },
              "http": { "IdentitySource": "$request.header.Authorization", "JwtConfiguration": { "Issuer": "https://c.example/", "Audience": ["four"] } } },
            "Routes": { "GET /a": { "AuthorizationType": "JWT", "AuthorizerId": "rest" } }
            """);

        var rest = api.Authorizers["rest"];
        Assert.Equal((AuthorizationType.Jwt, "JWT"), (api.Methods[0].AuthorizationType, rest.Type));
        Assert.Equal(["RS256", "ES256"], rest.JwtConfiguration!.DefaultAlgorithms);
        var (first, second) = (rest.JwtConfiguration.Issuers[0], rest.JwtConfiguration.Issuers[1]);
        Assert.Equal(("https://a.example", "one two", "https://keys.example/a"), (first.Issuer, string.Join(' ', first.Audiences), first.JwksUri));
        Assert.Equal(("https://b.example", "three", null), (second.Issuer, string.Join(' ', second.Audiences), second.JwksUri));
        var (role, org) = (first.AdditionalClaims[0], first.AdditionalClaims[1]);
        Assert.Equal(("role", "admin", "string-array", false), (role.ClaimName, string.Join(' ', role.ExpectedValues), role.Format, role.Required));
        Assert.Equal(("org", 0, "single-string", true), (org.ClaimName, org.ExpectedValues.Count, org.Format, org.Required));
        var http = api.Authorizers["http"];
        var only = Assert.Single(http.JwtConfiguration!.Issuers);
        Assert.Equal(("JWT", "https://c.example/", "four"), (http.Type, only.Issuer, string.Join(' ', only.Audiences)));
    }

    [Fact]
    public async Task Load_MethodMembers_AreRead()
    {
        var api = await LoadApiAsync("""
            "Routes": { "GET /a": {
              "OperationName": "op", "AuthorizationType": "cognito_user_pools", "AuthorizerId": "pool", "AuthorizationScopes": ["a/b", "c"], "ApiKeyRequired": true,
              "RequestParameters": { "method.request.header.X": true, "method.request.querystring.q": false }, "RequestModels": { "application/json": "Order" },
              "RequestValidatorId": "all",
              "MethodResponses": { "200": { "Description": "ok", "ResponseParameters": { "method.response.header.X": false }, "ResponseModels": { "application/json": "Order" } }, "404": {} },
              "Integration": {
                "Type": "AWS_PROXY", "Uri": "arn:u", "IntegrationHttpMethod": "POST", "TimeoutInMillis": 100, "PassthroughBehavior": "NEVER", "ContentHandling": "CONVERT_TO_TEXT",
                "Credentials": "arn:c", "ConnectionType": "vpc_link", "ConnectionId": "link", "IntegrationTarget": "arn:t", "CacheNamespace": "n",
                "CacheKeyParameters": ["method.request.querystring.q"], "ResponseTransferMode": "STREAM",
                "RequestParameters": { "integration.request.header.X": "method.request.header.X" }, "RequestTemplates": { "application/json": "$input.json('$')" },
                "IntegrationResponses": [
                  { "StatusCode": "200", "ResponseParameters": { "method.response.header.X": "'a'" }, "ResponseTemplates": { "application/json": "{}" }, "ContentHandling": "CONVERT_TO_BINARY" },
                  { "StatusCode": 404, "SelectionPattern": "4\\d\\d" } ] } } }
            """);

        var method = Assert.Single(api.Methods);
        Assert.Equal(("op", AuthorizationType.CognitoUserPools, "pool", true, "all"), (method.OperationName, method.AuthorizationType, method.AuthorizerId, method.ApiKeyRequired, method.RequestValidatorId));
        Assert.Equal(["a/b", "c"], method.AuthorizationScopes);
        Assert.Equal((true, false), (method.RequestParameters["method.request.header.X"], method.RequestParameters["method.request.querystring.q"]));
        Assert.Equal("Order", method.RequestModels["application/json"]);
        Assert.Equal(["200", "404"], method.MethodResponses.Keys.Order());
        Assert.Equal(("ok", false, "Order"), (method.MethodResponses["200"].Description, method.MethodResponses["200"].ResponseParameters["method.response.header.X"], method.MethodResponses["200"].ResponseModels["application/json"]));
        var integration = method.Integration!;
        Assert.Equal((IntegrationKind.AwsProxy, "arn:u", "POST", 100), (integration.Type, integration.Uri, integration.IntegrationHttpMethod, integration.TimeoutInMillis));
        Assert.Equal((PassthroughBehavior.Never, ContentHandling.ConvertToText, true), (integration.PassthroughBehavior, integration.ContentHandling, integration.StreamsResponse));
        Assert.Equal(("arn:c", "VPC_LINK", "link", "arn:t", "n"), (integration.Credentials, integration.ConnectionType, integration.ConnectionId, integration.IntegrationTarget, integration.CacheNamespace));
        Assert.Equal(["method.request.querystring.q"], integration.CacheKeyParameters);
        Assert.Equal("method.request.header.X", integration.RequestParameters["integration.request.header.X"]);
        Assert.Equal("$input.json('$')", integration.RequestTemplates["application/json"]);
        var (ok, missing) = (integration.IntegrationResponses[0], integration.IntegrationResponses[1]);
        Assert.Equal(("200", null, "'a'", "{}", ContentHandling.ConvertToBinary), (ok.StatusCode, ok.SelectionPattern, ok.ResponseParameters["method.response.header.X"], ok.ResponseTemplates["application/json"], ok.ContentHandling));
        Assert.Equal(("404", "4\\d\\d"), (missing.StatusCode, missing.SelectionPattern));
    }

    [Theory]
    [InlineData("""{ "200": {}, "404": { "SelectionPattern": "404" } }""")]
    [InlineData("""{ "ok": { "StatusCode": 200 }, "other": { "StatusCode": 404, "SelectionPattern": "404" } }""")]
    [InlineData("""[ { "StatusCode": "200", "SelectionPattern": "" }, { "StatusCode": "404", "SelectionPattern": "404" } ]""")]
    public async Task Load_IntegrationResponses_AreAListOrAMap(string responses)
    {
        var api = await LoadApiAsync($$""" "Routes": { "GET /a": { "Integration": { "Type": "MOCK", "IntegrationResponses": {{responses}} } } } """);

        Assert.Equal([("200", null), ("404", "404")], api.Methods[0].Integration!.IntegrationResponses.Select(static r => (r.StatusCode, r.SelectionPattern)));
    }

    [Theory]
    [InlineData("\"*\"", "*")]
    [InlineData("[\"https://a\", \"https://b\"]", "https://a https://b")]
    [InlineData("{ \"AllowOrigins\": \"https://a\" }", "https://a")]
    public async Task Load_Cors_TakesItsThreeForms(string cors, string origins)
    {
        var api = await LoadApiAsync($"\"Cors\": {cors}");

        Assert.Equal(origins, string.Join(' ', api.Cors!.AllowOrigins));
    }

    [Fact]
    public async Task Load_CorsObject_IsRead()
    {
        var cors = (await LoadApiAsync("""
            "Cors": { "AllowOrigins": ["https://a"], "AllowMethods": ["GET"], "AllowHeaders": ["X-A"], "ExposeHeaders": ["X-B"], "MaxAge": 60, "AllowCredentials": true }
            """)).Cors!;

        Assert.Equal(["GET", "X-A", "X-B"], cors.AllowMethods.Concat(cors.AllowHeaders).Concat(cors.ExposeHeaders));
        Assert.Equal((60, true), (cors.MaxAge, cors.AllowCredentials));
    }

    [Theory]
    [InlineData("""{ "Schema": "{\"type\":\"object\"}" }""", """{"type":"object"}""", false)]
    [InlineData("""{ "Schema": "order.json" }""", """{ "$schema": "https://json-schema.org/draft/2020-12/schema" }""", true)]
    [InlineData("""{ "Schema": "{}", "IsDraft2020": true }""", "{}", true)]
    [InlineData(
        """{ "Schema": { "type": "object", "required": ["sku"], "additionalProperties": false, "properties": { "type": { "type": ["string", "null"], "maxLength": 5, "enum": ["a", "b"] }, "any": {} } } }""",
        """{"additionalProperties":false,"properties":{"any":{},"type":{"enum":["a","b"],"maxLength":5,"type":["string","null"]}},"required":["sku"],"type":"object"}""", false)]
    [InlineData(
        """{ "Schema": { "type": "array", "items": [{ "minimum": 1.5 }, { "pattern": "1" }], "dependencies": { "a": ["b"] }, "properties": { "1": { "type": "string" } } } }""",
        """{"dependencies":{"a":["b"]},"items":[{"minimum":1.5},{"pattern":"1"}],"properties":{"1":{"type":"string"}},"type":"array"}""", false)]
    public async Task Load_Model_TakesTextFileOrObject(string model, string schema, bool isDraft2020)
    {
        File.WriteAllText(Path.Combine(_folder, "order.json"), """{ "$schema": "https://json-schema.org/draft/2020-12/schema" }""");

        var read = (await LoadApiAsync($$""" "Models": { "Order": {{model}} } """)).Models["Order"];

        Assert.Equal((schema, isDraft2020, "application/json"), (read.Schema, read.IsDraft2020, read.ContentType));
    }

    [Fact]
    public async Task Load_TemplateOfAFile_IsRead()
    {
        File.WriteAllText(Path.Combine(_folder, "order.vtl"), "#set($a = 1)");

        var api = await LoadApiAsync("""
            "Routes": { "GET /a": { "Integration": { "Type": "MOCK", "RequestTemplates": { "application/json": "file:order.vtl" },
              "IntegrationResponses": { "200": { "ResponseTemplates": { "text/plain": "file: order.vtl" } } } } } }
            """);

        var integration = api.Methods[0].Integration!;
        Assert.Equal("#set($a = 1)", integration.RequestTemplates["application/json"]);
        Assert.Equal("#set($a = 1)", integration.IntegrationResponses[0].ResponseTemplates["text/plain"]);
    }

    [Theory]
    [InlineData(""" "ApiKeySource": "HEADR" """, "Did you mean 'HEADER'?")]
    [InlineData(""" "GatewayResponses": { "THROTLED": {} } """, "There is no gateway response 'THROTLED'. Did you mean 'THROTTLED'?")]
    [InlineData(""" "GatewayResponses": { "THROTTLED": { "StatusCode": 99 } } """, "'StatusCode' must be from 100 to 599, but is 99.")]
    [InlineData(""" "GatewayResponses": { "THROTTLED": { "ResponseTemplate": "x" } } """, "Did you mean 'ResponseTemplates'?")]
    [InlineData(""" "Models": { "A": {} } """, "A model needs a 'Schema'")]
    [InlineData(""" "Models": { "A": { "Schema": "gone.json" } } """, "The file 'gone.json' does not exist.")]
    [InlineData(""" "Models": { "A": { "Schema": "{ half" } } """, "'Schema' must be JSON, or the name of a file with JSON:")]
    [InlineData(""" "Models": { "A": { "Schema": { "enum": ["a", "1"] } } } """, "ApiGateway:Apis:shop:Models:A:Schema:enum:1 Settings do not tell whether '1' is a text here.")]
    [InlineData(""" "Policy": { "Version": "1" } """, "'Policy' must be a text, but is an object or a list.")]
    [InlineData(""" "Cors": { "AllowOrigin": "*" } """, "Did you mean 'AllowOrigins'?")]
    [InlineData(""" "RequestValidators": { "a": { "ValidateBody": true } } """, "'ValidateBody' is not known here.")]
    [InlineData(""" "Authorizers": { "a": { "Type": "OIDC" } } """, "'Type' must be one of TOKEN, REQUEST, COGNITO_USER_POOLS, JWT, but is 'OIDC'.")]
    [InlineData(""" "Authorizers": { "a": { "JwtConfiguration": { "Audiences": "x" } } } """, "Did you mean 'Audience'?")]
    [InlineData(""" "Authorizers": { "a": { "JwtConfiguration": { "Issuers": [ { "Audience": "x" } ] } } } """, "Did you mean 'Audiences'?")]
    [InlineData(""" "Authorizers": { "a": { "JwtConfiguration": { "Issuers": [ { "AdditionalClaims": [ { "Format": "text" } ] } ] } } } """, "'Format' must be one of single-string, string-array, space-separated-values, but is 'text'.")]
    [InlineData(""" "Routes": { "GET /a": { "RequestParameters": { "method.request.header.X": "yes" } } } """, "The members of 'RequestParameters' must be true or false, but this is 'yes'.")]
    [InlineData(""" "Routes": { "GET /a": { "MethodResponses": { "OK": {} } } } """, "A response needs a status from 100 to 599, as its key or as 'StatusCode', but has 'OK'.")]
    [InlineData(""" "Routes": { "GET /a": { "AuthorizationType": "IAM" } } """, "must be one of NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS, JWT, but is 'IAM'.")]
    [InlineData(""" "Routes": { "GET /a": { "Integration": { "Type": "MOCK", "RequestTemplates": { "a/b": "file:gone.vtl" } } } } """, "The file 'gone.vtl' does not exist.")]
    [InlineData(""" "Routes": { "GET /a": { "Integration": { "Type": "MOCK", "ConnectionType": "VPC" } } } """, "'ConnectionType' must be one of INTERNET, VPC_LINK, but is 'VPC'.")]
    [InlineData(""" "Routes": { "GET /a": { "Integration": { "Type": "MOCK", "IntegrationResponses": [ {} ] } } } """, "but has '0'.")]
    [InlineData(""" "Import": { "Region": "x" } """, "'Import' says how a document becomes an API, but there is none.")]
    [InlineData(""" "Definition": "a.yaml" """, "Nothing reads documents such as 'a.yaml'. Reference the package ApiGateway.Middleware.OpenApi")]
    public async Task Load_Wrong_TellsWhereAndWhat(string members, string expected)
    {
        var (_, errors) = await LoadAsync(members);

        Assert.Contains(errors.Errors, error => error.ToString().Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task GetReloadToken_FileThatSettingsName_SignalsItsChange()
    {
        File.WriteAllText(Path.Combine(_folder, "order.json"), "{}");
        await using var services = Services(""" "Models": { "Order": { "Schema": "order.json" } } """);
        var provider = services.GetRequiredService<IDefinitionProvider>();
        var changed = new TaskCompletionSource();
        provider.GetReloadToken()!.RegisterChangeCallback(_ => changed.TrySetResult(), null);
        await provider.LoadAsync(new GatewayDefinition(), new DefinitionErrors(), CancellationToken.None);

        File.WriteAllText(Path.Combine(_folder, "order.json"), "{ }");

        await changed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(provider.GetReloadToken()!.HasChanged);
    }

    [Fact]
    public async Task Load_UsagePlansAndKeys_AreRead()
    {
        File.WriteAllText(Path.Combine(_folder, "keys.csv"), "name,key\nfrom-file,value-of-the-file-1234");

        var (definition, errors) = await LoadAsync("", """
            , "UsagePlans": { "gold": { "Name": "Gold", "Description": "d", "Throttle": { "RateLimit": 0.5, "BurstLimit": 200 },
                "Quota": { "Limit": 100, "Period": "month", "Offset": 3 },
                "ApiStages": [ { "Api": "shop", "Stage": "prod", "Throttle": { "/orders/GET": { "RateLimit": 10, "BurstLimit": 20 } } }, { "ApiId": "b", "Stage": "s" } ] } },
              "ApiKeys": { "a": { "Name": "n", "Description": "d", "Value": "v", "PreviousValue": "p", "PreviousValueExpires": "2026-01-02T03:04:05Z",
                "Enabled": false, "UsagePlans": [ "gold", "silver" ] }, "b": { "Value": "v" } },
              "ApiKeysFile": "keys.csv", "Throttle": { "RateLimit": 10000, "BurstLimit": 5000 },
              "ConnectionThrottle": { "RateLimit": 500, "BurstLimit": 500 }
            """);

        Assert.Empty(errors.Errors);
        var plan = Assert.Single(definition.UsagePlans);
        Assert.Equal(("gold", "Gold", 0.5, 200), (plan.Id, plan.Name, plan.Throttle?.RateLimit, plan.Throttle?.BurstLimit));
        Assert.Equal((100, QuotaPeriod.Month, 3), (plan.Quota!.Limit, plan.Quota.Period, plan.Quota.Offset));
        Assert.Equal([("shop", "prod"), ("b", "s")], plan.ApiStages.Select(static stage => (stage.ApiId, stage.Stage)));
        Assert.Equal((10, 20), (plan.ApiStages[0].Throttle["/orders/GET"].RateLimit, plan.ApiStages[0].Throttle["/orders/GET"].BurstLimit));
        var (key, second, third) = (definition.ApiKeys[0], definition.ApiKeys[1], definition.ApiKeys[2]);
        Assert.Equal(("a", "v", "p", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), false), (key.Id, key.Value, key.PreviousValue, key.PreviousValueExpires, key.Enabled));
        Assert.Equal(["gold", "silver"], key.UsagePlans);
        Assert.True(second.Enabled);
        Assert.Equal(("from-file", "value-of-the-file-1234"), (third.Id, third.Value));
        Assert.Equal((10_000, 5_000), (definition.Throttle?.RateLimit, definition.Throttle?.BurstLimit));
        Assert.Equal((500, 500), (definition.ConnectionThrottle?.RateLimit, definition.ConnectionThrottle?.BurstLimit));
    }

    [Fact]
    public async Task Load_MethodSettings_AreRead()
    {
        var stage = (await LoadApiAsync(""" "Stages": { "prod": { "MethodSettings": { "*/*": { "ThrottlingRateLimit": 100, "ThrottlingBurstLimit": 50 }, "/a/GET": {} } } } """)).Stages["prod"];

        Assert.Equal((100, 50), (stage.MethodSettings["*/*"].ThrottlingRateLimit, stage.MethodSettings["*/*"].ThrottlingBurstLimit));
        Assert.Null(stage.MethodSettings["/a/GET"].ThrottlingRateLimit);
    }

    [Theory]
    [InlineData(""" "UsagePlans": { "gold": { "Quota": { "Period": "YEAR" } } } """, "ApiGateway:UsagePlans:gold:Quota:Period 'Period' must be one of DAY, WEEK, MONTH, but is 'YEAR'.")]
    [InlineData(""" "UsagePlans": { "gold": { "Trottle": {} } } """, "Did you mean 'Throttle'?")]
    [InlineData(""" "UsagePlans": { "gold": { "ApiStages": [ { "Api": "a", "ApiId": "b", "Stage": "s" } ] } } """, "'Api' and 'ApiId' mean the same, but are 'a' and 'b'. Remove one of them.")]
    [InlineData(""" "ApiKeys": { "a": { "Values": "v" } } """, "Did you mean 'Value'?")]
    [InlineData(""" "ApiKeys": { "a": { "PreviousValueExpires": "soon" } } """, "'PreviousValueExpires' must be a time such as 2026-12-31T00:00:00Z, but is 'soon'.")]
    [InlineData(""" "ApiKeysFile": "gone.csv" """, "The file 'gone.csv' does not exist.")]
    [InlineData(""" "Throttle": { "RateLimit": "fast" } """, "'RateLimit' must be a number, but is 'fast'.")]
    public async Task Load_WrongPlan_TellsWhereAndWhat(string members, string expected)
    {
        var (_, errors) = await LoadAsync("", "," + members);

        Assert.Contains(errors.Errors, error => error.ToString().Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Load_Caches_AreReadWithAllTheirMembers()
    {
        var api = await LoadApiAsync("""
            "CacheMode": "exact",
            "Cache": { "SingleFlight": true, "DiagnosticHeader": "X-Cache" },
            "Stages": { "prod": {
              "CacheClusterEnabled": true, "CacheClusterSize": "1.6",
              "MethodSettings": { "*/*": {
                "CachingEnabled": true, "CacheTtlInSeconds": 60, "CacheDataEncrypted": true, "RequireAuthorizationForCacheControl": false,
                "UnauthorizedCacheControlHeaderStrategy": "FAIL_WITH_403" } },
              "Cache": {
                "StaleWhileRevalidateInSeconds": 1, "StaleIfErrorInSeconds": 2, "ConditionalRequests": true, "HonorCacheControl": true,
                "VaryByHeaders": ["Accept"], "VaryByQuery": false, "VaryByCaller": true, "TtlByStatus": { "404": 3 } } } }
            """);

        var stage = api.Stages["prod"];
        var setting = stage.MethodSettings["*/*"];
        Assert.Equal((CacheMode.Exact, true, "X-Cache"), (api.CacheMode, api.Cache!.SingleFlight, api.Cache.DiagnosticHeader));
        Assert.Equal((true, "1.6"), (stage.CacheClusterEnabled, stage.CacheClusterSize));
        Assert.Equal(
            (true, 60, true, false, UnauthorizedCacheControlStrategy.FailWith403),
            (setting.CachingEnabled, setting.CacheTtlInSeconds, setting.CacheDataEncrypted, setting.RequireAuthorizationForCacheControl, setting.UnauthorizedCacheControlHeaderStrategy));
        var cache = stage.Cache!;
        Assert.Equal((1, 2, true, true), (cache.StaleWhileRevalidateInSeconds, cache.StaleIfErrorInSeconds, cache.ConditionalRequests, cache.HonorCacheControl));
        Assert.Equal((false, true, 3), (cache.VaryByQuery, cache.VaryByCaller, cache.TtlByStatus["404"]));
        Assert.Equal(["Accept"], cache.VaryByHeaders);
    }

    private async Task<RestApiDefinition> LoadApiAsync(string members)
    {
        var (definition, errors) = await LoadAsync(members);
        Assert.Empty(errors.Errors);
        return Assert.IsType<RestApiDefinition>(Assert.Single(definition.Apis));
    }

    private async Task<(GatewayDefinition Definition, DefinitionErrors Errors)> LoadAsync(string members, string more = "")
    {
        await using var services = Services(members, more);
        var (definition, errors) = (new GatewayDefinition(), new DefinitionErrors());
        await services.GetRequiredService<IDefinitionProvider>().LoadAsync(definition, errors, CancellationToken.None);
        return (definition, errors);
    }

    private ServiceProvider Services(string members, string more = "")
    {
        var json = $$"""{ "ApiGateway": { "Apis": { "shop": { {{members}} } }{{more}} } }""";
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build());
        services.AddSingleton<IHostEnvironment>(new Root(_folder));
        services.AddApiGateway();
        return services.BuildServiceProvider();
    }

    private sealed class Root(string path) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Test";

        public string ApplicationName { get; set; } = "Test";

        public string ContentRootPath { get; set; } = path;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}

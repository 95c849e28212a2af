using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Export;
using ApiGateway.Middleware.OpenApi.Import;

namespace ApiGateway.Middleware.OpenApi.Tests;

/// <summary>Authorizers of type <c>JWT</c> in documents.</summary>
public sealed class JwtTests
{
    private const string Mock = "x-amazon-apigateway-integration: {type: mock}, responses: {\"200\": {description: a}}";

    private const string Issuers = """
        {defaultAlgorithms: [RS256, ES256], issuers: [
          {issuer: "https://a.example", audiences: [one, two], jwksUri: "https://a.example/keys",
           additionalClaims: [{claimName: org, expectedValues: [x], format: string-array, required: false}, {claimName: sub, format: single-string}]},
          {issuer: "https://b.example/", audiences: [three]}]}
        """;

    [Fact]
    public void Import_Authorizer_HasAllThatIsWritten()
    {
        var api = Import($"{{type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authorizer: {{type: jwt, authorizerResultTtlInSeconds: 60, jwtConfiguration: {Issuers}}}}}");

        var authorizer = api.Authorizers["a"];
        var jwt = authorizer.JwtConfiguration!;
        Assert.Equal(("JWT", "method.request.header.Authorization", 60), (authorizer.Type, authorizer.IdentitySource, authorizer.AuthorizerResultTtlInSeconds));
        Assert.Equal(["RS256", "ES256"], jwt.DefaultAlgorithms);
        Assert.Equal(["https://a.example:one two", "https://b.example/:three"], jwt.Issuers.Select(static issuer => $"{issuer.Issuer}:{string.Join(' ', issuer.Audiences)}"));
        Assert.Null(jwt.Issuers[0].JwksUri);
        var (org, sub) = (jwt.Issuers[0].AdditionalClaims[0], jwt.Issuers[0].AdditionalClaims[1]);
        Assert.Equal(("org", "x", "string-array", false), (org.ClaimName, string.Join(' ', org.ExpectedValues), org.Format, org.Required));
        Assert.Equal(("sub", 0, "single-string", true), (sub.ClaimName, sub.ExpectedValues.Count, sub.Format, sub.Required));
        Assert.Equal((AuthorizationType.Jwt, "a"), (api.Methods[0].AuthorizationType, api.Methods[0].AuthorizerId));
        Assert.Equal(["read"], api.Methods[0].AuthorizationScopes);
    }

    [Theory]
    [InlineData("type: oauth2, x-amazon-apigateway-authorizer: {type: jwt, identitySource: method.request.header.X, jwtConfiguration: {issuer: 'https://a.example', audience: [one]}}", "method.request.header.X")]
    [InlineData("type: openIdConnect, openIdConnectUrl: 'https://a.example/.well-known/openid-configuration', x-amazon-apigateway-authorizer: {type: jwt, jwtConfiguration: {audience: [one]}}", null)]
    public void Import_OneIssuer_IsTakenAsHttpApisWriteIt(string scheme, string? source)
    {
        var api = Import($"{{{scheme}}}");

        var issuer = Assert.Single(api.Authorizers["a"].JwtConfiguration!.Issuers);
        Assert.Equal(("https://a.example", "one", source), (issuer.Issuer, string.Join(' ', issuer.Audiences), api.Authorizers["a"].IdentitySource));
    }

    [Theory]
    [InlineData("https://a.example/.well-known/openid-configuration", "https://a.example")]
    [InlineData("https://a.example/t//.well-known/openid-configuration", "https://a.example/t/")]
    [InlineData("https://a.example/t", "https://a.example/t")]
    public void Import_OpenIdConnectWithAudiences_IsAnAuthorizer(string url, string issuer)
    {
        var api = Import($"{{type: openIdConnect, openIdConnectUrl: '{url}'}}", new() { Audiences = { "one", "two" } });

        var trusted = Assert.Single(api.Authorizers["a"].JwtConfiguration!.Issuers);
        Assert.Equal((issuer, "one two"), (trusted.Issuer, string.Join(' ', trusted.Audiences)));
        Assert.Equal((AuthorizationType.Jwt, "a"), (api.Methods[0].AuthorizationType, api.Methods[0].AuthorizerId));
        Assert.Equal(["read"], api.Methods[0].AuthorizationScopes);
    }

    [Fact]
    public void Import_OpenIdConnectWithoutAudiences_WarnsThatItHasNoEffect()
    {
        const string Scheme = "{type: openIdConnect, openIdConnectUrl: 'https://a.example/.well-known/openid-configuration'}";

        var api = Import(Scheme);
        var warning = Assert.Single(TestDocument.Errors(Document(Scheme)).Warnings);

        Assert.Equal(AuthorizationType.None, api.Methods[0].AuthorizationType);
        Assert.Contains("'a' has no effect: it does not say for whom tokens must be meant.", warning.Message, StringComparison.Ordinal);
        Assert.Contains("set 'Audiences' of the import", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OpenApiFormat.OpenApi30)]
    [InlineData(OpenApiFormat.Swagger20)]
    public void Export_EachKindOfAuthorizer_IsImportedAsItWas(OpenApiFormat format)
    {
        RestApiDefinition[] apis =
        [
            Import($"{{type: apiKey, name: X-Token, in: header, x-amazon-apigateway-authorizer: {{type: jwt, jwtConfiguration: {Issuers}}}}}"),
            Import("{type: openIdConnect, openIdConnectUrl: 'https://a.example/.well-known/openid-configuration'}", new() { Audiences = { "one" } }),
        ];

        foreach (var before in apis)
        {
            var export = new OpenApiExporter(new() { Format = format }).Export(before, "prod");
            var after = TestDocument.Import(export.Text, source: export.FileName);

            Assert.Equal(DefinitionText.Of(before), DefinitionText.Of(after));
        }
    }

    [Theory]
    [InlineData("{issuers: [x]}", "An item of 'issuers' must be an object, but is 'x'.")]
    [InlineData("{issuers: [{issuer: 'https://a.example', audiences: x}]}", "'audiences' must be a list, but is 'x'.")]
    [InlineData("{issuers: [{issuer: 'https://a.example', additionalClaims: [1]}]}", "An item of 'additionalClaims' must be an object, but is 1.")]
    [InlineData("[]", "'jwtConfiguration' must be an object, but is a list.")]
    public void Import_ConfigurationOfAnotherShape_IsAnError(string configuration, string message)
    {
        var errors = TestDocument.Errors(Document($"{{type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authorizer: {{type: jwt, jwtConfiguration: {configuration}}}}}"));

        Assert.Equal(message, Assert.Single(errors.Errors).Message);
    }

    private static RestApiDefinition Import(string scheme, OpenApiImportOptions? options = null) => TestDocument.Import(Document(scheme), options);

    private static string Document(string scheme) =>
        TestDocument.With($"{{security: [{{a: [read]}}], {Mock}}}", $"components: {{securitySchemes: {{a: {scheme}}}}}");
}

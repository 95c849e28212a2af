using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import.Http;

/// <summary>Reads the security schemes of an HTTP API: JWT and Lambda authorizers, and IAM.</summary>
/// <remarks>Source: "x-amazon-apigateway-authorizer object" in the Amazon API Gateway developer guide.</remarks>
internal sealed class HttpAuthorizerImporter(ImportContext context, HttpApiDefinition api)
{
    private const int MaxLifetime = 3600;

    private readonly JwtConfigurationImporter _tokens = new(context);

    /// <summary>Reads all schemes, used or not.</summary>
    public Dictionary<string, SecurityScheme> Import()
    {
        var schemes = new Dictionary<string, SecurityScheme>(StringComparer.Ordinal);
        if (context.Object(context.Root, "components") is not { } components || context.Object(components, "securitySchemes") is not { } definitions)
        {
            return schemes;
        }

        foreach (var (name, _) in definitions.Members)
        {
            if (context.Object(definitions, name) is { } node)
            {
                schemes[name] = Read(name, node);
            }
        }

        return schemes;
    }

    private SecurityScheme Read(string name, DocumentNode node)
    {
        if (context.Object(node, AuthorizerImporter.Extension) is { } extension)
        {
            var authorizer = ReadAuthorizer(name, node, extension);
            api.Authorizers[name] = authorizer;
            return new SecurityScheme(authorizer.Type == "JWT" ? AuthorizationType.Jwt : AuthorizationType.Custom, authorizer);
        }

        if (string.Equals(context.Text(node, AuthorizerImporter.AuthType), "awsSigv4", StringComparison.OrdinalIgnoreCase))
        {
            return new SecurityScheme(AuthorizationType.AwsIam);
        }

        if (_tokens.ReadScheme(name, node) is { } oidc)
        {
            api.Authorizers[name] = oidc;
            return new SecurityScheme(AuthorizationType.Jwt, oidc);
        }

        return context.Text(node, "type") == "openIdConnect" ? SecurityScheme.WithoutAudiences : SecurityScheme.Unchecked;
    }

    private AuthorizerDefinition ReadAuthorizer(string name, DocumentNode scheme, DocumentNode extension)
    {
        var type = context.Text(extension, "type")?.ToUpperInvariant();
        if (type is not ("JWT" or "REQUEST"))
        {
            context.Error(extension, $"'type' of an authorizer of an HTTP API must be jwt or request, but is '{type?.ToLowerInvariant()}'.");
        }

        var authorizer = new AuthorizerDefinition(name)
        {
            Origin = context.OriginOf(extension),
            Type = type ?? "REQUEST",
            AuthorizerUri = context.Text(extension, "authorizerUri"),
            AuthorizerCredentials = context.Text(extension, "authorizerCredentials"),
            AuthorizerPayloadFormatVersion = Versions.Of(context.Text(extension, "authorizerPayloadFormatVersion")),
            AuthorizerResultTtlInSeconds = context.Whole(extension, "authorizerResultTtlInSeconds"),
            EnableSimpleResponses = context.Flag(extension, "enableSimpleResponses") == true,
        };
        if (authorizer.AuthorizerResultTtlInSeconds is < 0 or > MaxLifetime)
        {
            context.Error(
                extension, $"'authorizerResultTtlInSeconds' must be from 0 to {MaxLifetime}, but is {authorizer.AuthorizerResultTtlInSeconds}.");
        }

        ReadSources(extension, authorizer);
        if (type == "JWT")
        {
            authorizer.JwtConfiguration = ReadJwt(scheme, extension);
        }

        TellOfOthers(extension);
        return authorizer;
    }

    private void ReadSources(DocumentNode extension, AuthorizerDefinition authorizer)
    {
        if (extension.Get("identitySource") is { IsArray: true })
        {
            context.Texts(extension, "identitySource", authorizer.IdentitySources);
            return;
        }

        foreach (var source in (context.Text(extension, "identitySource") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            authorizer.IdentitySources.Add(source);
        }
    }

    private JwtConfigurationDefinition? ReadJwt(DocumentNode scheme, DocumentNode extension)
    {
        var jwt = _tokens.Read(scheme, extension);
        if (jwt.Issuers.Count > 0)
        {
            return jwt;
        }

        context.Error(extension, "An authorizer of type jwt needs 'jwtConfiguration' with 'issuer' and 'audience', or 'openIdConnectUrl' in its scheme.");
        return null;
    }

    private void TellOfOthers(DocumentNode extension)
    {
        foreach (var (name, value) in extension.Members)
        {
            if (name is not ("type" or "jwtConfiguration" or "identitySource" or "authorizerUri" or "authorizerCredentials"
                or "authorizerPayloadFormatVersion" or "authorizerResultTtlInSeconds" or "enableSimpleResponses"))
            {
                context.Inform(value, $"Authorizers of HTTP APIs do not have '{name}'; it is left out.");
            }
        }
    }
}

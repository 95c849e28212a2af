using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import.Http;

/// <summary>Reads the security schemes of an HTTP API: JWT and Lambda authorizers, and IAM.</summary>
/// <remarks>Source: "x-amazon-apigateway-authorizer object" in the Amazon API Gateway developer guide.</remarks>
internal sealed class HttpAuthorizerImporter(ImportContext context, HttpApiDefinition api)
{
    private const string Discovery = "/.well-known/openid-configuration";
    private const int MaxLifetime = 3600;

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

        return string.Equals(context.Text(node, AuthorizerImporter.AuthType), "awsSigv4", StringComparison.OrdinalIgnoreCase)
            ? new SecurityScheme(AuthorizationType.AwsIam)
            : SecurityScheme.Unchecked;
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
        var node = context.Object(extension, "jwtConfiguration");
        var issuer = (node is null ? null : context.Text(node, "issuer")) ?? IssuerOf(context.Text(scheme, "openIdConnectUrl"));
        if (issuer is null)
        {
            context.Error(extension, "An authorizer of type jwt needs 'jwtConfiguration' with 'issuer' and 'audience', or 'openIdConnectUrl' in its scheme.");
            return null;
        }

        var read = new JwtIssuerDefinition(issuer) { Origin = context.OriginOf(node ?? extension) };
        if (node?.Get("audience") is { IsString: true } one)
        {
            read.Audiences.Add(one.Text);
        }
        else if (node is not null)
        {
            context.Texts(node, "audience", read.Audiences);
        }

        return new JwtConfigurationDefinition { Origin = read.Origin, Issuers = { read } };
    }

    private static string? IssuerOf(string? url) =>
        url?.EndsWith(Discovery, StringComparison.Ordinal) == true ? url[..^Discovery.Length] : url;

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

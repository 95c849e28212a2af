using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>Reads security schemes, and makes an authorizer of each that has <c>x-amazon-apigateway-authorizer</c>.</summary>
internal sealed class AuthorizerImporter(ImportContext context, RestApiDefinition api)
{
    public const string Extension = "x-amazon-apigateway-authorizer";
    public const string AuthType = "x-amazon-apigateway-authtype";
    public const string Auth = "x-amazon-apigateway-auth";

    /// <summary>Reads all schemes, used or not.</summary>
    public Dictionary<string, SecurityScheme> Import()
    {
        var schemes = new Dictionary<string, SecurityScheme>(StringComparer.Ordinal);
        var container = context.IsSwagger ? context.Root : context.Object(context.Root, "components");
        if (container is null || context.Object(container, context.IsSwagger ? "securityDefinitions" : "securitySchemes") is not { } definitions)
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

    /// <summary>Reads <c>x-amazon-apigateway-auth</c>.</summary>
    public static AuthorizationType? ReadAuth(ImportContext context, DocumentNode node)
    {
        if (context.Object(node, Auth) is not { } auth)
        {
            return null;
        }

        var type = context.Text(auth, "type");
        switch (type?.ToUpperInvariant())
        {
            case "NONE":
                return AuthorizationType.None;
            case "AWS_IAM":
                return AuthorizationType.AwsIam;
            default:
                context.Error(auth, $"'type' of {Auth} must be NONE or AWS_IAM, but is '{type}'.");
                return null;
        }
    }

    private SecurityScheme Read(string name, DocumentNode node)
    {
        var authType = context.Text(node, AuthType);
        if (context.Object(node, Extension) is { } extension)
        {
            var authorizer = ReadAuthorizer(name, node, extension);
            authorizer.AuthType = authType;
            api.Authorizers[name] = authorizer;
            return new SecurityScheme(
                authorizer.Type switch
                {
                    "COGNITO_USER_POOLS" => AuthorizationType.CognitoUserPools,
                    "JWT" => AuthorizationType.Jwt,
                    _ => AuthorizationType.Custom,
                },
                authorizer);
        }

        if (string.Equals(authType, "awsSigv4", StringComparison.OrdinalIgnoreCase))
        {
            return new SecurityScheme(AuthorizationType.AwsIam);
        }

        if (ReadAuth(context, node) is { } type)
        {
            return new SecurityScheme(type);
        }

        if (new JwtConfigurationImporter(context).ReadScheme(name, node) is { } oidc)
        {
            oidc.AuthType = authType;
            api.Authorizers[name] = oidc;
            return new SecurityScheme(AuthorizationType.Jwt, oidc);
        }

        var isApiKey = context.Text(node, "type") == "apiKey" && context.Text(node, "in") == "header"
            && string.Equals(context.Text(node, "name"), "x-api-key", StringComparison.OrdinalIgnoreCase);
        return isApiKey ? new SecurityScheme(AuthorizationType.None, IsApiKey: true)
            : context.Text(node, "type") == "openIdConnect" ? SecurityScheme.WithoutAudiences
            : SecurityScheme.Unchecked;
    }

    private AuthorizerDefinition ReadAuthorizer(string name, DocumentNode scheme, DocumentNode extension)
    {
        var type = context.Text(extension, "type")?.ToUpperInvariant();
        if (type is not ("TOKEN" or "REQUEST" or "COGNITO_USER_POOLS" or "JWT"))
        {
            context.Error(extension, $"'type' of an authorizer must be token, request, cognito_user_pools or jwt, but is '{type?.ToLowerInvariant()}'.");
        }

        var authorizer = new AuthorizerDefinition(name)
        {
            Origin = context.OriginOf(extension),
            Type = type ?? "TOKEN",
            AuthorizerUri = context.Text(extension, "authorizerUri"),
            AuthorizerCredentials = context.Text(extension, "authorizerCredentials"),
            IdentityValidationExpression = context.Text(extension, "identityValidationExpression"),
            AuthorizerResultTtlInSeconds = context.Whole(extension, "authorizerResultTtlInSeconds"),
            IdentitySource = IdentitySourceOf(type, scheme, extension),
        };
        if (authorizer.AuthorizerResultTtlInSeconds is < 0 or > 3600)
        {
            context.Error(
                extension, $"'authorizerResultTtlInSeconds' must be from 0 to 3600, but is {authorizer.AuthorizerResultTtlInSeconds}.");
        }

        authorizer.JwtConfiguration = type == "JWT" ? new JwtConfigurationImporter(context).Read(scheme, extension) : null;
        context.Texts(extension, "providerARNs", authorizer.ProviderArns);
        return authorizer;
    }

    // Recorded: the scheme's name counts for tokens and user pools; for requests, and so for JWT, the extension wins.
    private string? IdentitySourceOf(string? type, DocumentNode scheme, DocumentNode extension)
    {
        var written = context.Text(extension, "identitySource");
        var name = context.Text(scheme, "name");
        var location = context.Text(scheme, "in") == "query" ? "querystring" : "header";
        var isFirst = type is "REQUEST" or "JWT";
        var derived = name is null || (isFirst && name == "Unused") ? null : $"method.request.{location}.{name}";
        return isFirst ? written ?? derived : derived ?? written;
    }
}

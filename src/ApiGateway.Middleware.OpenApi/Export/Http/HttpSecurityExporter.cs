using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;
using ApiGateway.Middleware.OpenApi.Import;

namespace ApiGateway.Middleware.OpenApi.Export.Http;

/// <summary>Writes the authorizers of an HTTP API as security schemes, and the requirements of routes.</summary>
internal sealed class HttpSecurityExporter
{
    private readonly bool _isOn;
    private readonly string _signature = "sigv4";

    public HttpSecurityExporter(HttpApiDefinition api, OpenApiExportParts parts)
    {
        _isOn = parts.HasFlag(OpenApiExportParts.Authorizers);
        while (api.Authorizers.ContainsKey(_signature))
        {
            _signature += "_";
        }

        foreach (var authorizer in _isOn ? api.Authorizers.Values : [])
        {
            Schemes.With(authorizer.Name, WriteScheme(authorizer));
        }
    }

    public DocumentNode Schemes { get; } = DocumentNode.NewObject();

    /// <summary>Gets the <c>security</c> of a route, or nothing if everybody may call.</summary>
    public DocumentNode? Write(RouteDefinition route)
    {
        if (!_isOn || route.AuthorizationType == AuthorizationType.None)
        {
            return null;
        }

        var requirements = DocumentNode.NewArray();
        if (route.AuthorizationType == AuthorizationType.AwsIam)
        {
            Schemes.With(_signature, KeyScheme().With(AuthorizerImporter.AuthType, "awsSigv4"));
            requirements.Add(DocumentNode.NewObject().With(_signature, DocumentNode.NewArray()));
        }
        else if (route.AuthorizerId is { } authorizer)
        {
            requirements.Add(DocumentNode.NewObject().With(authorizer, NodeValues.List(route.AuthorizationScopes)));
        }

        return requirements.Items.Count == 0 ? null : requirements;
    }

    private static DocumentNode KeyScheme() =>
        DocumentNode.NewObject().With("type", "apiKey").With("name", "Authorization").With("in", "header");

    private static DocumentNode WriteScheme(AuthorizerDefinition authorizer)
    {
        var isJwt = authorizer.JwtConfiguration is not null;
        var scheme = isJwt
            ? DocumentNode.NewObject().With("type", "oauth2").With("flows", DocumentNode.NewObject())
            : KeyScheme();
        var extension = DocumentNode.NewObject()
            .With("identitySource", authorizer.IdentitySources.Count == 0 ? authorizer.IdentitySource : string.Join(",", authorizer.IdentitySources));
        if (authorizer.JwtConfiguration?.Issuers is [var issuer, ..])
        {
            extension.With("jwtConfiguration", DocumentNode.NewObject()
                .With("audience", NodeValues.List(issuer.Audiences)).With("issuer", issuer.Issuer));
        }

        extension.With("authorizerUri", authorizer.AuthorizerUri)
            .With("authorizerCredentials", authorizer.AuthorizerCredentials)
            .With("authorizerPayloadFormatVersion", authorizer.AuthorizerPayloadFormatVersion);
        if (authorizer.AuthorizerResultTtlInSeconds is { } seconds)
        {
            extension.With("authorizerResultTtlInSeconds", DocumentNode.OfNumber(seconds));
        }

        if (authorizer.EnableSimpleResponses)
        {
            extension.With("enableSimpleResponses", DocumentNode.OfFlag(true));
        }

        return scheme.With(AuthorizerImporter.Extension, extension.With("type", isJwt ? "jwt" : "request"));
    }
}

using System.Globalization;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;
using ApiGateway.Middleware.OpenApi.Import;

namespace ApiGateway.Middleware.OpenApi.Export;

/// <summary>Writes authorizers as security schemes, and the requirements of methods.</summary>
internal sealed class SecurityExporter
{
    private const string HeaderPrefix = "method.request.header.";
    private const string QueryPrefix = "method.request.querystring.";

    private readonly RestApiDefinition _api;
    private readonly bool _withAuthorizers;
    private readonly string _apiKey;
    private readonly string _signature;

    public SecurityExporter(RestApiDefinition api, OpenApiExportParts parts)
    {
        _api = api;
        _withAuthorizers = parts.HasFlag(OpenApiExportParts.Authorizers);
        _apiKey = FreeName("api_key");
        _signature = FreeName("sigv4");
        if (_withAuthorizers)
        {
            foreach (var authorizer in api.Authorizers.Values)
            {
                Schemes.With(authorizer.Name, WriteScheme(authorizer));
            }
        }
    }

    public DocumentNode Schemes { get; } = DocumentNode.NewObject();

    /// <summary>Gets the <c>security</c> of a method, or nothing if everybody may call.</summary>
    public DocumentNode? Write(MethodDefinition method)
    {
        var requirements = DocumentNode.NewArray();
        if (_withAuthorizers)
        {
            if (method.AuthorizationType == AuthorizationType.AwsIam)
            {
                Schemes.With(_signature, KeyScheme("Authorization").With(AuthorizerImporter.AuthType, "awsSigv4"));
                requirements.Add(DocumentNode.NewObject().With(_signature, DocumentNode.NewArray()));
            }
            else if (method.AuthorizationType != AuthorizationType.None && method.AuthorizerId is { } authorizer)
            {
                requirements.Add(DocumentNode.NewObject().With(authorizer, NodeValues.List(method.AuthorizationScopes)));
            }
        }

        if (method.ApiKeyRequired)
        {
            Schemes.With(_apiKey, KeyScheme("x-api-key"));
            requirements.Add(DocumentNode.NewObject().With(_apiKey, DocumentNode.NewArray()));
        }

        return requirements.Items.Count == 0 ? null : requirements;
    }

    private static DocumentNode KeyScheme(string name, string location = "header") =>
        DocumentNode.NewObject().With("type", "apiKey").With("name", name).With("in", location);

    private static DocumentNode WriteScheme(AuthorizerDefinition authorizer)
    {
        var source = authorizer.IdentitySource;
        var isWritten = authorizer.Type is "REQUEST" or "JWT";
        var scheme = isWritten || source is null ? KeyScheme("Unused")
            : source.StartsWith(QueryPrefix, StringComparison.Ordinal) ? KeyScheme(source[QueryPrefix.Length..], "query")
            : KeyScheme(source.StartsWith(HeaderPrefix, StringComparison.Ordinal) ? source[HeaderPrefix.Length..] : source);
        var extension = DocumentNode.NewObject()
            .With("type", authorizer.Type.ToLowerInvariant())
            .With("authorizerUri", authorizer.AuthorizerUri)
            .With("authorizerCredentials", authorizer.AuthorizerCredentials)
            .With("identityValidationExpression", authorizer.IdentityValidationExpression)
            .With("identitySource", isWritten ? source : null)
            .With("jwtConfiguration", JwtConfigurationExporter.Write(authorizer.JwtConfiguration));
        if (authorizer.AuthorizerResultTtlInSeconds is { } seconds)
        {
            extension.With("authorizerResultTtlInSeconds", DocumentNode.OfNumber(seconds.ToString(CultureInfo.InvariantCulture)));
        }

        if (authorizer.ProviderArns.Count > 0)
        {
            extension.With("providerARNs", NodeValues.List(authorizer.ProviderArns));
        }

        return scheme.With(AuthorizerImporter.AuthType, authorizer.AuthType).With(AuthorizerImporter.Extension, extension);
    }

    private string FreeName(string name)
    {
        while (_api.Authorizers.ContainsKey(name))
        {
            name += "_";
        }

        return name;
    }
}

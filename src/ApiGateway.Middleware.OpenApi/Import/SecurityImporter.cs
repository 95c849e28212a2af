using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>Applies <c>security</c> to methods: that of the operation, else that of the document.</summary>
internal sealed class SecurityImporter(ImportContext context, Dictionary<string, SecurityScheme> schemes)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    public void Apply(DocumentNode operation, MethodDefinition method)
    {
        // Recorded: the document's requirements hold for operations without their own; an empty list clears them.
        foreach (var requirement in context.Array(operation.Has("security") ? operation : context.Root, "security")?.Items ?? [])
        {
            if (!requirement.IsObject)
            {
                context.Error(requirement, $"A requirement of 'security' must be an object, but is {ImportContext.Describe(requirement)}.");
            }

            foreach (var (name, scopes) in requirement.Members)
            {
                Apply(name, scopes, method);
            }
        }

        if (AuthorizerImporter.ReadAuth(context, operation) is { } type)
        {
            method.AuthorizationType = type;
            method.AuthorizerId = null;
            method.AuthorizationScopes.Clear();
        }
    }

    private void Apply(string name, DocumentNode scopes, MethodDefinition method)
    {
        if (!schemes.TryGetValue(name, out var scheme))
        {
            context.Error(
                scopes, $"The security scheme '{name}' is not defined. Add it to '{(context.IsSwagger ? "securityDefinitions" : "components.securitySchemes")}'.");
            return;
        }

        method.ApiKeyRequired |= scheme.IsApiKey;
        if (!scheme.HasEffect)
        {
            if (_told.Add(name))
            {
                context.Warn(
                    scopes,
                    ReferenceEquals(scheme, SecurityScheme.WithoutAudiences)
                        ? $"The security scheme '{name}' has no effect: it does not say for whom tokens must be meant. Add {AuthorizerImporter.Extension}, or set '{nameof(OpenApiImportOptions.Audiences)}' of the import."
                        : $"The security scheme '{name}' has no effect: it has no {AuthorizerImporter.Extension}, and is neither awsSigv4 nor an x-api-key header.");
            }

            return;
        }

        if (scheme.Type == AuthorizationType.None)
        {
            return;
        }

        if (method.AuthorizationType != AuthorizationType.None)
        {
            context.Warn(scopes, $"A method has one authorizer; '{name}' is left out.");
            return;
        }

        method.AuthorizationType = scheme.Type;
        method.AuthorizerId = scheme.Authorizer?.Name;
        foreach (var scope in scheme.Type is AuthorizationType.CognitoUserPools or AuthorizationType.Jwt ? scopes.Items : [])
        {
            if (context.TextOf(scope, name) is { } text)
            {
                method.AuthorizationScopes.Add(text);
            }
        }
    }
}

using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import.Http;

/// <summary>Applies <c>security</c> to routes: that of the operation, else that of the document. A route has one authorizer.</summary>
internal sealed class HttpSecurityImporter(ImportContext context, Dictionary<string, SecurityScheme> schemes)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    public void Apply(DocumentNode operation, RouteDefinition route)
    {
        var owner = operation.Has("security") ? operation : context.Root;
        var named = new List<(string Name, DocumentNode Scopes)>();
        foreach (var requirement in context.Array(owner, "security")?.Items ?? [])
        {
            if (!requirement.IsObject)
            {
                context.Error(requirement, $"A requirement of 'security' must be an object, but is {ImportContext.Describe(requirement)}.");
            }

            foreach (var (name, scopes) in requirement.Members)
            {
                named.Add((name, scopes));
            }
        }

        if (named.Count > 1)
        {
            context.Error(
                owner.Get("security")!,
                $"A route of an HTTP API has one authorizer, but 'security' names {string.Join(" and ", named.Select(static item => $"'{item.Name}'"))}. Keep one.");
        }
        else if (named is [var (name, scopes)])
        {
            Apply(name, scopes, route);
        }
    }

    private void Apply(string name, DocumentNode scopes, RouteDefinition route)
    {
        if (!schemes.TryGetValue(name, out var scheme))
        {
            context.Error(scopes, $"The security scheme '{name}' is not defined. Add it to 'components.securitySchemes'.");
            return;
        }

        if (!scheme.HasEffect)
        {
            if (_told.Add(name))
            {
                context.Warn(
                    scopes,
                    ReferenceEquals(scheme, SecurityScheme.WithoutAudiences)
                        ? $"The security scheme '{name}' has no effect: it does not say for whom tokens must be meant. Everybody may call its routes. Add {AuthorizerImporter.Extension}, or set '{nameof(OpenApiImportOptions.Audiences)}' of the import."
                        : $"The security scheme '{name}' has no effect: it has no {AuthorizerImporter.Extension}, and is not awsSigv4. Everybody may call its routes.");
            }

            return;
        }

        route.AuthorizationType = scheme.Type;
        route.AuthorizerId = scheme.Authorizer?.Name;
        foreach (var scope in scopes.Items)
        {
            if (scheme.Type != AuthorizationType.Jwt)
            {
                context.Warn(scope, $"Scopes are for routes with a JWT authorizer; those of '{name}' are left out.");
                break;
            }

            if (context.TextOf(scope, name) is { } text)
            {
                route.AuthorizationScopes.Add(text);
            }
        }
    }
}

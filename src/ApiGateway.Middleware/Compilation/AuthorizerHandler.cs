using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Finds the handler of the application that an authorizer names.</summary>
internal static class AuthorizerHandler
{
    public static GatewayAuthorizer? Find(AuthorizerDefinition authorizer, DefinitionOrigin origin, HandlerTable handlers, DefinitionErrors errors)
    {
        if (authorizer.Handler is not { } name)
        {
            return null;
        }

        if (authorizer.AuthorizerUri is not null)
        {
            errors.Add(origin.Child("Handler"), "An authorizer has a 'Handler' or an 'AuthorizerUri', not both. Remove one.");
        }

        if (!handlers.Authorizers.TryGetValue(name, out var handler))
        {
            var known = handlers.Authorizers.Count == 0 ? "none" : string.Join(", ", handlers.Authorizers.Keys.Order(StringComparer.Ordinal));
            errors.Add(origin.Child("Handler"), $"There is no authorizer '{name}'. Register it with AddAuthorizer(\"{name}\", ...). Known: {known}.");
        }

        return handler;
    }
}

using System.Collections.Frozen;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles what is validated of messages: once per route, whatever the number of stages.</summary>
/// <remarks>Source: "Request validation for WebSocket APIs in API Gateway".</remarks>
internal sealed class MessageValidationCompiler(WebSocketApiDefinition api, DefinitionOrigin origin, DefinitionErrors errors)
{
    private readonly ValidationSchemaCompiler _schemas = new(api, api.Models, origin, errors);

    /// <summary>Makes a route's plan, or <see langword="null"/> if its messages are not validated.</summary>
    public ValidationPlan? Compile(RouteDefinition route, DefinitionOrigin at)
    {
        if (route.RequestModels.Count == 0 && route.ModelSelectionExpression is null)
        {
            return null;
        }

        var selection = SelectionCompiler.Compile(
            route.ModelSelectionExpression, SelectionRoots.RequestBody, at.Child("ModelSelectionExpression"), errors);
        var models = new Dictionary<string, ValidationModel?>(StringComparer.Ordinal);
        foreach (var (key, name) in route.RequestModels)
        {
            if (_schemas.Contains(name))
            {
                models[key] = _schemas.Find(name);
            }
            else
            {
                errors.Add(
                    at.Child("RequestModels").Child(key),
                    $"There is no model '{name}'. Known: {(api.Models.Count == 0 ? "none" : string.Join(", ", api.Models.Keys.Order(StringComparer.Ordinal)))}.");
            }
        }

        return api.DisableSchemaValidation
            ? null : new ValidationPlan([], null, explains: false) { Messages = new MessageModels(selection, models.ToFrozenDictionary(StringComparer.Ordinal)) };
    }
}

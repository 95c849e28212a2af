using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles which keys open the methods of a stage that require one.</summary>
internal sealed class ApiKeyPlanCompiler(
    RestApiDefinition api, StageDefinition stage, DefinitionOrigin stageOrigin, CompiledUsage usage, DefinitionErrors errors)
{
    /// <summary>Gets the plan that all such methods share, or <see langword="null"/> if there are none.</summary>
    public ApiKeyPlan? Compile()
    {
        if (api.Methods.FirstOrDefault(static method => method.ApiKeyRequired) is not { } first)
        {
            return null;
        }

        var keys = usage.KeysOf(api.Id ?? api.Name, stage.Name);
        if (keys.Count == 0)
        {
            errors.Warn(
                stageOrigin,
                $"'{first.RouteKey}' requires an API key, but no enabled key is in a usage plan with stage '{stage.Name}' of API '{api.Name}', so every request is refused. Add one under 'ApiKeys'.");
        }

        if (api.ApiKeySource == ApiKeySource.Authorizer
            && api.Methods.FirstOrDefault(static method => method.ApiKeyRequired && method.AuthorizationType != AuthorizationType.Custom) is { } closed)
        {
            errors.Warn(
                closed.Origin ?? stageOrigin,
                $"'{closed.RouteKey}' requires an API key from its authorizer ('ApiKeySource' is AUTHORIZER), but has no Lambda authorizer, so every request is refused.");
        }

        return new ApiKeyPlan(api.ApiKeySource, keys);
    }
}

using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Policies.Combination;
using ApiGateway.Middleware.Languages.Templates;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Turns definitions into a snapshot, or into the complete list of what is wrong with them.</summary>
internal sealed class GatewayCompiler(HandlerTable handlers)
{
    /// <summary>Compiles; there is no snapshot if <paramref name="errors"/> has any error in the end.</summary>
    public GatewaySnapshot? Compile(
        GatewayDefinition definition, GatewayIdentity identity, ClientAddressPlan clientAddress, DefinitionErrors errors,
        TemplateLimits? templateLimits = null, AccessDeniedDetail accessDenied = default)
    {
        var compiled = new List<CompiledApi>();
        var usage = new UsagePlanCompiler(definition, errors).Compile();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var api in definition.Apis)
        {
            var origin = api.Origin ?? new DefinitionOrigin("code", $"Apis:{api.Name}");
            CheckName(api.Name, origin, errors);
            if (!ids.Add(api.Id ?? api.Name))
            {
                errors.Add(origin, $"Another API has the id '{api.Id ?? api.Name}'. Give one of them another name or 'Id'.");
            }

            switch (api)
            {
                case RestApiDefinition rest:
                    compiled.Add(
                        new RestApiCompiler(rest, origin, identity, handlers, templateLimits ?? TemplateLimits.Default, usage, errors).Compile());
                    break;
                case HttpApiDefinition http:
                    compiled.Add(new HttpApiCompiler(http, origin, identity, handlers, usage, errors).Compile());
                    break;
                case WebSocketApiDefinition webSocket:
                    compiled.Add(
                        new WebSocketApiCompiler(webSocket, origin, identity, handlers, templateLimits ?? TemplateLimits.Default, usage, errors).Compile());
                    break;
                default:
                    throw new InvalidOperationException($"'{api.Kind}' is no kind of API.");
            }
        }

        var directory = new DirectoryCompiler(compiled, identity, errors).Compile(definition.DomainNames);
        if (errors.Errors.Count > 0)
        {
            return null;
        }

        var apis = compiled.ConvertAll(static api => api.Snapshot);
        var revision = StableId.Of(string.Join('\n', apis.Select(static api => $"{api.Id}={api.DeploymentId}")));
        return new GatewaySnapshot(revision, directory, apis, clientAddress)
        {
            Stages = [.. compiled.SelectMany(static api => api.Stages)],
            UsagePlans = usage.Plans,
            AccessDenied = accessDenied,
            ConditionKeys = handlers.ConditionKeys,
        };
    }

    private static void CheckName(string name, DefinitionOrigin origin, DefinitionErrors errors)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
            {
                errors.Add(origin, $"The name of an API has letters, digits, '_' and '-' only, but is '{name}'.");
                return;
            }
        }
    }
}
